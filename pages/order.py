"""Order: which action follows which, which ones go together, and when each is mentioned."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import order

view = page.head()
if not page.empty_notice(view):
    order.figures(view)
    order.transitions(view)
    left, right = st.columns([6, 5], gap="large")
    with left:
        order.together(view)
    with right:
        order.strongest(view)
    order.phases(view)
