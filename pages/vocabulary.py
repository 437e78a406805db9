"""Vocabulary: facial actions by share of captions, by source, by phase, and how they are modified."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import vocabulary

view = page.head()
if not page.empty_notice(view):
    vocabulary.figures(view)
    left, right = st.columns([5, 6], gap="large")
    with left:
        vocabulary.actions(view)
    with right:
        vocabulary.by_source(view)
    left, right = st.columns([5, 6], gap="large")
    with left:
        vocabulary.by_phase(view)
    with right:
        vocabulary.modifiers(view)
    vocabulary.definitions(view)
