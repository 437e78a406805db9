"""The script that Streamlit runs for every session; alone in its folder, which Streamlit puts on the import path."""

from dfec_explore.web.ahead import wait_for_imports

wait_for_imports()

from dfec_explore.web.frame import run  # noqa: E402 - not while another thread imports it

run()
