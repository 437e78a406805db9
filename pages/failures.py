"""Failures: what a model misses, over-says and turns round, down to the clip."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views.models import adding, caption, failing

view = page.head()
adding.work(view)
found = failing.choose(view)
if found is not None:
    entry, chosen = found
    caption.panel(view, (entry,))
    failing.figures(entry, chosen)
    failing.worst(view, entry, chosen)
    left, right = st.columns([6, 5], gap="large")
    with left:
        failing.by_action(view, entry, chosen)
    with right:
        failing.by_region(view, entry, chosen)
        failing.habits(entry, chosen)
        failing.directions(view, entry, chosen)
