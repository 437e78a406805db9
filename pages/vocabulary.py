"""Vocabulary: facial actions by share of captions, source and phase, how they are modified, and in context."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import concordance, contrast, vocabulary

view = page.head()
if not page.empty_notice(view):
    vocabulary.figures(view)
    left, right = st.columns([5, 6], gap="large")
    with left:
        vocabulary.actions(view)
    with right:
        contrast.against_rest(view)
    concordance.in_context(view)
    left, right = st.columns([6, 5], gap="large")
    with left:
        vocabulary.by_source(view)
    with right:
        contrast.never(view)
    left, right = st.columns([3, 2], gap="large")
    with left:
        vocabulary.by_phase(view)
    with right:
        contrast.balance(view)
    attribute = vocabulary.choose_modifier()
    left, right = st.columns([6, 5], gap="large")
    with left:
        vocabulary.profiles(view, attribute)
    with right:
        vocabulary.modifiers(view, attribute)
    vocabulary.definitions(view)
