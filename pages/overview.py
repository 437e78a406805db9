"""Overview: what is loaded, how whole it is, what needs attention, how to cite it."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import overview

view = page.head()
overview.figures(view)
filled = not page.empty_notice(view)
left, right = st.columns(2, gap="large")
with left:
    if filled:
        overview.by_source(view)
    overview.attention(view)
    overview.parts(view)
with right:
    if filled:
        overview.most_mentioned(view)
    overview.citation(view)
