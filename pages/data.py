"""Files and clips: files and rejected records, clips on disk, jobs, settings in force."""

import streamlit as st

from dfec_explore.web import page
from dfec_explore.web.views import clips_on_disk, data

view = page.head()
data.files(view)
data.rejects(view)
clips_on_disk.clips(view)
left, right = st.columns(2, gap="large")
with left:
    data.jobs(view)
with right:
    data.settings(view)
