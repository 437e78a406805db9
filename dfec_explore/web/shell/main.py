"""The script that Streamlit runs for every session; alone in its folder, which Streamlit puts on the import path."""

from dfec_explore.web.frame import run

run()
