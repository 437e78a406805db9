"""A click on a mark of a chart, as a person does it: the mouse goes there, the chart says what is under it, a click."""

from playwright.sync_api import Error, Locator, expect

TRIES = 12
ANSWERS_WITHIN = 5_000
"""Milliseconds for the words beside the mouse; a chart that is being drawn anew gives none, or moves away."""


def click_mark(mark: Locator) -> None:
    """Click a mark once its chart has said what is under the mouse.

    Plotly's own layer lies over the marks, so that the browser's usual wait for what is to be clicked does not hold.
    """
    page = mark.page
    words = page.locator(".hoverlayer .hovertext")
    for tried in range(1, TRIES + 1):
        try:
            mark.scroll_into_view_if_needed(timeout=ANSWERS_WITHIN)
            mark.hover(force=True, timeout=ANSWERS_WITHIN)
            expect(words.first).to_be_visible(timeout=ANSWERS_WITHIN)
            break
        except (Error, AssertionError):
            if tried == TRIES:
                raise
            page.mouse.move(0, 0)
    page.mouse.down()
    page.mouse.up()
