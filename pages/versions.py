"""Versions: two annotation files side by side, what differs, and which verdicts went stale."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import versions

view = page.head()
found = versions.choose(view)
if found is not None and found.summary is not None:
    versions.figures(view, found, found.summary)
    left, right = st.columns([6, 5], gap="large")
    with left:
        versions.by_source(view, found.summary)
    with right:
        versions.by_action(view, found.summary)
    wanted = versions.filters(view, found, found.summary)
    if wanted.shows_verdicts:
        versions.verdicts(view, found, wanted)
    else:
        versions.listed(view, found, wanted)
