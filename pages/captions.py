"""Captions: length by source, unusual lengths, openings and phrases."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import captions

view = page.head()
if not page.empty_notice(view):
    measure = captions.choose_measure(view)
    captions.figures(view, measure)
    left, right = st.columns([3, 2], gap="large")
    with left:
        captions.histogram(view, measure)
    with right:
        captions.cumulative(view, measure)
    captions.boxes(view, measure)
    left, right = st.columns(2, gap="large")
    with left:
        captions.openings(view)
    with right:
        captions.phrases(view)
    captions.outliers(view, measure)
