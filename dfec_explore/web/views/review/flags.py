"""What the checks noticed of the caption that is judged: folded away, and only where it can't lead the judgement."""

import streamlit as st

from dfec_explore.checks.registry import known_checks
from dfec_explore.errors import StoreError
from dfec_explore.query.flags import JudgedFlag, flags_of
from dfec_explore.query.samples import Sample
from dfec_explore.web.errors import literal
from dfec_explore.web.flagged_cards import BADGES, ICONS
from dfec_explore.web.flags import bring_flag_verdicts
from dfec_explore.web.view import View
from dfec_explore.web.views.review.desk import Desk

FOUND = "Found by rules in the text, before anybody watched the clip; judge for yourself."
NONE_FOUND = "The rules found nothing, or nothing that was not dismissed. That is no judgement of the clip."


def notes(desk: Desk, sample: Sample, *, is_held_back: bool) -> None:
    """Draw the notes of the checks, closed.

    They are drawn where there are none, too, and always under the same key: browsers keep each expander that goes.

    In blind mode they wait for the reviewer's own verdict. While the caption is held back they are hidden: the browser
    shows them with the caption.
    """
    if desk.modes.blind and desk.own is None:
        return
    flags = _flags(desk.view, sample)
    if flags is None:
        return
    found = [judged for judged in flags if judged.said != "dismissed"]
    if is_held_back:
        # A hash: nothing of it is text of a file.
        shown = f':root:not([data-caption-shown="{sample.caption_hash}-{sample.sample_no}"])'
        st.html(f"<style>{shown} .st-key-review-flags {{ display: none; }}</style>")
    label = f"Notes of the checks ({len(found) or 'none'})"
    with st.container(key="review-flags"), st.expander(label, icon=":material/rule:", key="review-flags-opened"):
        st.caption(FOUND if found else NONE_FOUND)
        for judged in found:
            check = known_checks().get(judged.flag.check)
            title = check.title if check else judged.flag.check
            badge = f":{BADGES[judged.flag.severity]}-badge[{ICONS[judged.flag.severity]} {literal(title)}]"
            st.markdown(f"{badge} {literal(judged.flag.message)}")


def _flags(view: View, sample: Sample) -> tuple[JudgedFlag, ...] | None:
    """The flags of a sample; None where it is not known what was said of them."""
    try:
        bring_flag_verdicts(view.services, view.dataset, view.explorer)
    except StoreError:
        return None  # The store's trouble is told by the bar of verdicts; notes are worth no second notice.
    return view.ask_one(flags_of, (sample.sample_no,)).get(sample.sample_no, ())
