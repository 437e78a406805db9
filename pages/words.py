"""Words: content words as a cloud and as numbers, wordings of an action, unknown verbs, growth and diversity."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import concordance, wording, words

view = page.head()
if not page.empty_notice(view):
    left, right = st.columns([3, 2], gap="large")
    with left:
        words.cloud(view)
        wording.growing(view)
    with right:
        words.counts(view)
    action = concordance.choose_action(view)
    left, right = st.columns(2, gap="large")
    with left:
        wording.one_action(view, action)
    with right:
        wording.varied(view)
    wording.unknown(view)
