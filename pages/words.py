"""Words: the content words of the captions as a cloud and as numbers."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import words

view = page.head()
if not page.empty_notice(view):
    left, right = st.columns([3, 2], gap="large")
    with left:
        words.cloud(view)
    with right:
        words.counts(view)
