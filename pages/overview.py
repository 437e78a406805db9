"""Overview: what is loaded, how whole it is, what needs attention, how to cite it."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import overview

view = page.head()
overview.figures(view)
if not page.empty_notice(view):
    left, right = st.columns(2, gap="large")
    with left:
        overview.by_source(view)
    with right:
        overview.most_mentioned(view)
left, right = st.columns(2, gap="large")
with left:
    overview.attention(view)
with right:
    overview.parts(view)
    overview.citation(view)
