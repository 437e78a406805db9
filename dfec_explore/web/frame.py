"""The frame around every page: navigation, dataset, filters, the demo's badge, and the wait for an index."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from dfec_explore.errors import DfecError, StoreError
from dfec_explore.model import Dataset
from dfec_explore.web import coverage, filter_bar, identity, state
from dfec_explore.web.errors import show_error
from dfec_explore.web.opening import Opened, asker, open_dataset
from dfec_explore.web.screens import SCREENS, Screen
from dfec_explore.web.services import Services, services
from dfec_explore.web.style import STYLE
from dfec_explore.web.verdicts import refresh
from dfec_explore.web.view import View, set_current
from dfec_explore.web.waiting import building_notice, cannot_open, wait_for_index

NO_LABELS = "No labels of the datasets have been read here yet; Files and clips reads them, from clips on disk."
ICON = Path(__file__).parent / "icon.png"
LOGO = Path(__file__).parent / "logo.svg"


def run() -> None:
    """Draw one page for one session."""
    st.set_page_config(page_title="DFEC Explore", page_icon=str(ICON), layout="wide")
    st.logo(str(LOGO), icon_image=str(ICON), size="large")
    st.html(STYLE)
    if identity.logins_are_set_up() and identity.signed_in() is None:
        identity.sign_in_page()
        return
    pages = {
        entry.name: st.Page(entry.file, title=entry.title, icon=entry.icon, url_path=entry.name) for entry in SCREENS
    }
    groups: dict[str, list[Any]] = {}
    for entry in SCREENS:
        groups.setdefault(entry.group, []).append(pages[entry.name])
    page = st.navigation(groups, expanded=True)
    screen = next(entry for entry in SCREENS if pages[entry.name] == page or entry.title == page.title)
    try:
        _draw(page, screen, services(), pages)
    except DfecError as error:
        show_error(error)


def _draw(page: Any, screen: Screen, shared: Services, pages: Mapping[str, Any]) -> None:
    dataset = _dataset(shared)
    try:
        opened = open_dataset(shared, dataset)
    except DfecError as error:
        _sidebar_head(dataset, "")
        cannot_open(screen, error)
        return
    if opened.explorer is None:
        _sidebar_head(dataset, "")
        wait_for_index(opened)
        return
    if dataset.is_demo:
        # After the captions, so that the first page does not wait for the clips.
        shared.draw_demo()
    parsed = filter_bar.read_filters(opened.explorer, screen)
    verdicts = _verdicts(shared, opened, screen, judgements=screen.name == "progress" or bool(parsed.filters.review))
    view = View(screen, shared, opened, parsed.filters, parsed.problems, pages, asker(opened, verdicts))
    if view.filters.label and not coverage.bring_labels(view):
        view = replace(view, problems=(*view.problems, NO_LABELS))
    _sidebar_head(dataset, _parts(opened))
    if screen.has_filters:
        filter_bar.sidebar(view)
    with st.container():
        # Of its own, so that the page keeps its place when the notice goes: browsers draw anew what has moved.
        building_notice(opened)
    set_current(view)
    page.run()
    if (user := identity.signed_in(shared.settings.login_claim)) is not None:
        identity.sidebar_entry(user)
    shared.warm_up()


def _verdicts(shared: Services, opened: Opened, screen: Screen, *, judgements: bool) -> int:
    """Bring the newest verdicts; where the store can't be read, the page stays, with those that were read last.

    Review asks the store itself, of one sample, and has no time to lose.
    """
    assert opened.explorer is not None
    if screen.name != "review":
        try:
            return refresh(shared, opened, judgements=judgements)
        except StoreError as error:
            show_error(error)
    return opened.explorer.database.verdicts_sequence


def _dataset(shared: Services) -> Dataset:
    """The dataset that the address names; the first one where it names none or one that is not declared."""
    wanted = state.param("dataset") or state.get("dataset", "")
    chosen = shared.dataset(wanted)
    if wanted and chosen is None:
        names = ", ".join(dataset.name for dataset in shared.datasets)
        st.warning(
            f"The link names a dataset that is not declared here. Declared: {names}.", icon=":material/link_off:"
        )
    chosen = chosen or shared.datasets[0]
    state.put("dataset", chosen.name)
    if len(shared.datasets) > 1:
        state.set_param("dataset", chosen.name)
        state.set_widget("dataset", chosen.name)
        with st.sidebar:
            st.selectbox(
                "Dataset",
                [dataset.name for dataset in shared.datasets],
                key=state.widget_key("dataset"),
                on_change=_dataset_changed,
            )
    return chosen


def _dataset_changed() -> None:
    name = str(state.widget_value("dataset"))
    state.put("dataset", name)
    state.drop("filters")
    state.drop("undo")
    state.replace_params({"dataset": [name]})


def _parts(opened: Opened) -> str:
    if opened.folder is None or opened.folder.manifest is None:
        return ""
    return " · ".join(f"{part.name} {part.accepted:,}" for part in opened.folder.manifest.parts)


def _sidebar_head(dataset: Dataset, parts: str) -> None:
    with st.sidebar, st.container(key="dataset-head", gap=None):
        st.text(f"{dataset.name} · {parts}" if parts else dataset.name)
        if dataset.is_demo:
            st.badge("Demo: drawn faces", icon=":material/draw:", color="orange")
