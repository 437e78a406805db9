"""Sources: counts against the plan, what the paths say, access and licence."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import clip_health, sources

view = page.head()
if not page.empty_notice(view):
    left, right = st.columns(2, gap="large")
    with left:
        sources.by_source(view)
        sources.against_plan(view)
        sources.splits(view)
        sources.scenarios(view)
    with right:
        sources.emotions(view)
        sources.actors(view)
    clip_health.labels(view)
    clip_health.health(view)
sources.registry_cards(view)
