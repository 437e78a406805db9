"""Progress: what is judged so far, sampling plans, the error rate, agreement and disagreements."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views.progress import agreement, disagreements, exports, new_plan, plans, rate, sections, so_far

view = page.head()
if not page.empty_notice(view) and (visit := sections.visit(view)) is not None:
    section, tab = sections.choose()
    with tab:
        if section == "so-far" and so_far.figures(visit):
            left, right = st.columns(2, gap="large")
            with left:
                so_far.by_source(visit)
                so_far.by_day(visit)
            with right:
                so_far.reasons(visit)
                so_far.times(visit)
            so_far.by_reviewer(visit)
            exports.downloads(visit)
        if section == "plans":
            left, right = st.columns([5, 4], gap="large")
            with left:
                plans.listed_plans(visit)
            with right:
                new_plan.form(visit)
        if section == "rate" and (plan := rate.choose(visit)) is not None:
            rate.figures(visit, plan)
            left, right = st.columns([6, 5], gap="large")
            with left:
                rate.by_group(visit, plan)
            with right:
                rate.more(visit, plan)
                rate.not_counted(visit, plan)
            rate.method()
        if section == "agreement" and (overlap := agreement.choose(visit)) is not None:
            agreement.figures(overlap)
            left, right = st.columns([6, 5], gap="large")
            with left:
                agreement.coefficients(visit, overlap)
            with right:
                agreement.meaning(overlap)
            disagreements.listed(visit, overlap)
