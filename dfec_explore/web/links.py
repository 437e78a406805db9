"""Addresses: of clips and pictures (signed, bound to a session), and of the app's own pages."""

import time
from typing import Literal

import streamlit as st

from dfec_explore.clips import ClipReference, expiry
from dfec_explore.query import Filters, to_params
from dfec_explore.query.samples import Sample
from dfec_explore.web.identity import session_of
from dfec_explore.web.services import Services
from dfec_explore.web.view import View

Kind = Literal["clip", "copy", "recoded", "thumbnail", "filmstrip", "motion"]
"""What of a clip: itself, a copy that browsers play, a copy whose picture was encoded anew in any case, a picture,
how much moves in it over time."""
ROUTES: dict[Kind, str] = {
    "clip": "clips",
    "copy": "clips",
    "recoded": "clips",
    "thumbnail": "pictures",
    "filmstrip": "pictures",
    "motion": "motion",
}


def media_link(services: Services, dataset: str, sample: Sample, kind: Kind, *, rate: float | None = None) -> str:
    """The address of a sample's clip or picture, relative to the server; the same for an hour, so browsers keep it.

    Args:
        services: the server's shared parts.
        dataset: its name.
        sample: whose clip.
        kind: what of it.
        rate: frames a second at which single frames are shown; of other clips it says nothing.
    """
    at = "" if rate is None else f"@{rate:g}"
    reference = ClipReference(sample.source, sample.video, f"{kind}{at}/{dataset}")
    token = services.signer.sign(
        reference,
        user="",
        session=session_cookie(),
        expires=expiry(time.time(), hours=services.settings.link_hours),
    )
    return f"/{ROUTES[kind]}/{token}"


def preparing_link(copy_link: str) -> str:
    """The address that tells how far a copy is, from the address of the copy."""
    return copy_link.replace("/clips/", "/preparing/", 1)


def session_cookie() -> str:
    """What ties a link to the browser that it was made for; empty where the browser sends no cookie."""
    return session_of(st.context.cookies)


def page_link(view: View, screen: str, text: str, *, icon: str | None = None, filters: Filters | None = None) -> None:
    """A link to another page of the app that keeps the dataset and sets filters."""
    st.page_link(
        view.pages[screen], label=text, icon=icon, query_params=link_params(view, filters or Filters()), width="content"
    )


def link_params(view: View, filters: Filters) -> dict[str, list[str]]:
    """The parameters of a link to a page that shows the captions of some filters."""
    params = to_params(filters)
    if len(view.services.datasets) > 1:
        params["dataset"] = [view.dataset.name]
    return params
