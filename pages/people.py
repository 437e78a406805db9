"""People: what captions state of the persons, by source and beside facial actions."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import people

view = page.head()
if not page.empty_notice(view):
    people.figures(view)
    attribute = people.choose_attribute(view)
    left, right = st.columns(2, gap="large")
    with left:
        people.by_source(view, attribute)
    with right:
        people.actions(view, attribute)
