"""Leaderboard: own models and baselines, scored here; apart from them the published figures."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views.models import adding, board, published

view = page.head()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    adding.upload(view)
    answered = board.controls(view)
board.how_to_add(view)
adding.work(view)
board.table(view, answered=answered)
adding.files(view)
board.scale(view)
left, right = st.columns(2, gap="large")
with left:
    board.one_metric(view)
with right:
    board.two_metrics(view)
st.divider()
published.figures(view)
left, right = st.columns(2, gap="large")
with left:
    published.one_metric(view)
with right:
    published.two_metrics(view)
published.provenance()
