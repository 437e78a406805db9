"""Checks: captions that are probably wrong, by check, severity and source, with the evidence."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.modes import recall
from dfec_explore.web.views import checks

view = page.head()
recall(view.services.settings.reviewer)
if not page.empty_notice(checks.without_flags(view)):
    checks.against_clips(view)
    checks.figures(view)
    left, right = st.columns([6, 5], gap="large")
    with left:
        checks.by_check(view)
    with right:
        checks.by_source(view)
        checks.explanation(view)
        checks.precision(view)
    checks.flagged(view)
