"""The guidelines beside the item: the ones that come with the project, or a team's own."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from dfec_explore.web.errors import literal
from dfec_explore.web.modes import set_mode
from dfec_explore.web.view import View

OWN = Path(__file__).parents[3] / "reviews" / "data" / "guidelines.md"
CONVENTION = {
    "person": "In this dataset **left and right are the person's own**: the left eye of somebody who faces the camera "
    "is on the right of the picture.",
    "viewer": "In this dataset **left and right are the viewer's**: as seen on screen.",
    "unknown": "Whose left and right the captions mean is **not known** for this dataset: judge as seen on screen.",
}


def guidelines(view: View) -> None:
    """Draw the guidelines."""
    path = view.services.settings.guidelines_file or OWN
    with st.container(key="guidelines", border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("#### Guidelines", width="stretch")
            st.button(
                "Close",
                key="guidelines.close",
                type="tertiary",
                icon=":material/close:",
                help="Close (g)",
                on_click=set_mode,
                args=("guidelines", False),
            )
        st.info(CONVENTION.get(view.dataset.left_right, CONVENTION["unknown"]), icon=":material/swap_horiz:")
        try:
            st.markdown(_read(path, path.stat().st_mtime_ns))
        except (OSError, UnicodeDecodeError) as error:
            st.error(
                f"The guidelines in {literal(str(path))} can't be read: {literal(str(error))}. "
                "Mend the file, or the setting guidelines_file.",
                icon=":material/error:",
            )


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> str:
    return path.read_text(encoding="utf-8")
