"""What `streamlit run app.py` starts: the frame around the pages, the clip routes, and the background work."""

import streamlit as st
from starlette.middleware import Middleware

from dfec_explore.web.errors import unexpected
from dfec_explore.web.lifespan import lifespan
from dfec_explore.web.preload import Preload
from dfec_explore.web.routes import routes

app = st.App(
    "dfec_explore/web/shell/main.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=[Middleware(Preload)],
    on_script_error=unexpected,
)
