"""What `streamlit run app.py` starts: the frame around the pages, the clip routes, and the background work."""

import streamlit as st

from dfec_explore.web.errors import unexpected
from dfec_explore.web.lifespan import lifespan
from dfec_explore.web.routes import routes

app = st.App("dfec_explore/web/shell/main.py", lifespan=lifespan, routes=routes(), on_script_error=unexpected)
