"""What a browser remembers for its user between visits, in its own storage; never sent anywhere else."""

from collections.abc import Collection, Mapping

from dfec_explore.web.components.bundle import mount_memory

LONGEST = 2000
"""Characters of a text that is taken from a browser."""


def remembered_in_browser(
    texts: Mapping[str, str | None], *, for_tab: Collection[str] = (), key: str = "memory"
) -> dict[str, str] | None:
    """Keep texts in the browser, and ask for those that are None.

    Args:
        texts: by name; an empty one is forgotten.
        for_tab: names of those that belong to this tab: they survive a reload of the page, but not the tab.
        key: of the widget.

    Returns:
        What the browser keeps under each name, empty where that is nothing; None as long as it has not answered.
    """
    data = {name: {"value": value, "isForTab": name in for_tab} for name, value in texts.items()}
    kept = mount_memory({"texts": data}, key=key).get("kept")
    if not isinstance(kept, Mapping):
        return None
    return {name: str(kept.get(name) or "")[:LONGEST] for name in texts}
