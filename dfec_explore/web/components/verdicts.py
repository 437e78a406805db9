"""The bar of verdicts: reasons, note, correction, the verdict, and the way to other samples."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dfec_explore.web.components.bundle import mount_verdicts
from dfec_explore.web.components.judged import region_colours
from dfec_explore.web.components.marking import EventLabel


def draft_name(dataset: str, part: str, id_: str, caption_hash: str) -> str:
    """Name what is entered for a caption and not yet saved; another caption of the same sample has another name."""
    return json.dumps([dataset, part, id_, caption_hash], ensure_ascii=False, separators=(",", ":"))


def verdict_bar(
    *,
    key: str,
    player: str,
    session: str,
    reviewer: str,
    sample: Mapping[str, Any] | None,
    reasons: Sequence[Mapping[str, str]],
    can: Mapping[str, str],
    labels: Mapping[str, EventLabel],
    compare_url: str,
    on_act: Callable[[], None],
    own: Mapping[str, str] | None = None,
    answer: Mapping[str, Any] | None = None,
    restore: Mapping[str, Any] | None = None,
    forget: Mapping[str, Any] | None = None,
    trouble: str = "",
) -> None:
    """Draw the bar; what the reviewer does arrives in the state of the widget as ``act``, as one message.

    Everything that is entered stays in the browser (also through a reload and a restart of the server) until an
    ``answer`` says that the row is in the store. The keys of the bar go through those of the player on the page.

    Args:
        key: of the widget.
        player: key of the ``clip_player`` on the page.
        session: names this session of the server; a verdict that was sent to another one may not have arrived.
        reviewer: name; without one nothing can be judged.
        sample: its ``key`` (dataset, part, id, caption hash) and ``caption``; None at the end of a queue.
        reasons: ``id``, ``title`` and ``explanation`` of each, in order.
        can: for ``previous``, ``next``, ``undo``, ``redo`` a sentence if that is possible, else empty text.
        labels: names and colours of facial actions.
        compare_url: takes ``{"before", "after"}`` by POST and says what changes.
        on_act: called when the reviewer acts.
        own: the reviewer's verdict that stands: ``verdict``, ``row``, ``at``.
        answer: to the last act: ``row``, ``name`` (of the draft), ``problem`` (empty: saved), ``count`` of answers.
        restore: ``row``, ``name`` and ``content`` of a draft that undo brings back.
        forget: the same of one that redo makes a verdict again.
        trouble: why the store could not be read, if so.
    """
    data = {
        "player": player,
        "session": session,
        "reviewer": reviewer,
        "sample": {
            "name": draft_name(*sample["key"]),
            "key": list(sample["key"]),
            "caption": sample["caption"],
            "compareUrl": compare_url,
        }
        if sample
        else None,
        "reasons": [dict(reason) for reason in reasons],
        "can": dict(can),
        "regions": region_colours(labels),
        "own": own,
        "answer": answer,
        "restore": restore,
        "forget": forget,
        "trouble": trouble,
    }
    mount_verdicts(data, key=key, on_act=on_act)
