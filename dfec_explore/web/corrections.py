"""What a corrected caption changes, as a browser asks for it and shows it."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from dfec_explore import language
from dfec_explore.language.comparing import EventChange, compare_events, compare_words


class Correction(BaseModel):
    """A caption and its correction, as a browser posts them."""

    model_config = ConfigDict(extra="ignore")
    before: str = Field(max_length=50_000)
    after: str = Field(max_length=50_000)


def compare(before: str, after: str, titles: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    """Compare a caption with its correction, JSON-ready.

    Args:
        before: the caption.
        after: its correction.
        titles: title and region of actions by their label.
    """
    old, new = language.extract_events([before, after])
    return {
        "words": compare_words(before, after),
        "actions": {
            "before": len(old),
            "after": len(new),
            "changes": [_described(change, titles) for change in compare_events(old, new)],
        },
    }


def _described(change: EventChange, titles: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    title, region = titles.get(change.action, (change.action, ""))
    return {"kind": change.kind, "title": title, "region": region, "before": change.before, "after": change.after}
