"""Compare: two models on the same captions, how far they are apart, and where."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views.models import adding, caption, comparing

view = page.head()
adding.work(view)
chosen = comparing.choose(view)
if chosen is not None:
    first, second, metric = chosen
    counted = comparing.chosen(first, second)
    caption.panel(view, (first, second))
    left, right = st.columns(2, gap="large")
    with left:
        comparing.overall(view, first, second, counted)
    with right:
        comparing.scatter(view, first, second, metric)
    left, right = st.columns(2, gap="large")
    with left:
        comparing.groups(view, first, second, metric, counted)
    with right:
        comparing.wins(view, first, second, metric, losses=False)
        comparing.wins(view, first, second, metric, losses=True)
