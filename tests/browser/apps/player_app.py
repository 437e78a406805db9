"""A Streamlit app around the player, with what stands beside it in Review: verdict buttons, a note, a radio."""

import json
import os
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dfec_explore.clips import filmstrip
from dfec_explore.web.routes import component_routes

CLIPS = Path(os.environ["DFEC_TEST_DATA"]) / "clips"
FILES = {
    "first": "expressive_woman_h264.mp4",
    "second": "expressive_woman_h264.mp4",
    "hevc": "face_hevc.mov",
}
reports: dict[str, list[object]] = {}


async def clip(request: Request) -> Response:
    return FileResponse(CLIPS / FILES[request.path_params["name"]], media_type="video/mp4")


def strip(request: Request) -> Response:
    return Response(filmstrip(CLIPS / FILES[request.path_params["name"]]), media_type="image/jpeg")


async def take_report(request: Request) -> Response:
    reports.setdefault(request.path_params["viewing"], []).append(json.loads(await request.body()))
    return Response(status_code=204)


async def show_reports(request: Request) -> Response:
    return JSONResponse(reports.get(request.path_params["viewing"], []))


app = st.App(
    str(Path(__file__).with_name("player_page.py")),
    routes=[
        Route("/clips/{name}", clip),
        Route("/strips/{name}", strip),
        Route("/viewings/{viewing}", take_report, methods=["POST"]),
        Route("/viewings/{viewing}", show_reports, methods=["GET"]),
        *component_routes(),
    ],
)
