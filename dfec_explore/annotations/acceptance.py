"""The rules that a record has to meet to be an annotation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dfec_explore.annotations.conversations import FIELD, answers, is_conversation
from dfec_explore.annotations.raw import Raw
from dfec_explore.annotations.reasons import Reason, shortened, shown
from dfec_explore.annotations.repair import TooDeepError, is_broken, repaired, repaired_text
from dfec_explore.model import Annotation, Rejected

OUT_OF_BOUNDS = re.compile(r"\A/|\A[A-Za-z]:|\A[A-Za-z][A-Za-z0-9+.-]*://|\\|\0|(?:\A|/)\s*\.\.\s*(?:/|\Z)")
"""Video paths that might name something outside the folder of clips, on any system."""

OFFENDER = {
    Reason.EMPTY_ID: "id",
    Reason.ID_TYPE: "id",
    Reason.EMPTY_CAPTION: "caption",
    Reason.CAPTION_TYPE: "caption",
    Reason.EMPTY_VIDEO: "video",
    Reason.VIDEO_TYPE: "video",
    Reason.ABSOLUTE_VIDEO: "video",
    Reason.CLIMBING_VIDEO: "video",
    Reason.VIDEO_CHARACTERS: "video",
    Reason.CONVERSATION_TYPE: FIELD,
    Reason.NO_ANSWER: FIELD,
}
"""The field that a report shows for a reason; for the others it shows the whole record."""


class Acceptance:
    """Turns the records of one file into annotations and rejects.

    Ids are kept as they are, to find duplicates: with what the warnings need, some 0.2 GB for a million records.
    """

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._answered: dict[str, int] = {}
        """Answers so far for a clip whose records have no id, where there is more than one."""
        self.was_repaired = False
        """Whether text of the last record had to be repaired."""

    def judged(self, index: int, raw: Raw) -> Iterator[Annotation | Rejected]:
        """What becomes of one record: one annotation or reject, or one for each answer of a conversation."""
        self.was_repaired = False
        if raw.fault is not None:
            yield _rejected(index, raw, raw.fault, raw.what, _written_id(raw, raw.value))
            return
        if not isinstance(raw.value, dict):
            yield _rejected(index, raw, Reason.NOT_AN_OBJECT, raw.value, _written_id(raw, None))
            return
        try:
            fields, was_repaired = repaired(raw.value)
        except TooDeepError:
            yield _rejected(index, raw, Reason.TOO_DEEP, raw.value, _written_id(raw, raw.value))
            return
        self.was_repaired = was_repaired or (raw.key is not None and is_broken(raw.key))
        if is_conversation(fields):
            yield from self._conversation(index, raw, fields)
        else:
            yield self._record(index, raw, fields)

    def _record(self, index: int, raw: Raw, fields: dict[str, Any]) -> Annotation | Rejected:
        name = _checked_id(raw, fields)
        if isinstance(name, Reason):
            return _rejected(index, raw, name, _offending(name, fields))
        return self._annotation(index, raw, fields, name, fields.get("caption"))

    def _conversation(self, index: int, raw: Raw, fields: dict[str, Any]) -> Iterator[Annotation | Rejected]:
        """One outcome for each answer; without an id of its own the record is called by its video."""
        has_id = raw.key is not None or fields.get("id") is not None
        base = _checked_id(raw, fields) if has_id else _video_problem(fields.get("video")) or str(fields["video"])
        if isinstance(base, Reason):
            yield _rejected(index, raw, base, _offending(base, fields))
            return
        captions = answers(fields)
        if isinstance(captions, Reason):
            yield _rejected(index, raw, captions, _offending(captions, fields), base)
            return
        for number, caption in enumerate(captions, start=1):
            name = self._answer_id(base, number, has_id=has_id)
            yield self._annotation(index, raw, fields, name, caption)

    def _answer_id(self, base: str, number: int, *, has_id: bool) -> str:
        """The id of an answer: the first has the record's, the others ``#2`` and so on behind it."""
        if not has_id and base in self._ids:
            number = self._answered[base] = self._answered.get(base, 1) + 1
        return base if number == 1 else f"{base}#{number}"

    def _annotation(
        self, index: int, raw: Raw, fields: dict[str, Any], name: str, caption: Any
    ) -> Annotation | Rejected:
        if name in self._ids:
            return _rejected(index, raw, Reason.DUPLICATE_ID, name, name)
        if problem := _caption_problem(caption):
            return _rejected(index, raw, problem, fields if caption is None else caption, name)
        if problem := _video_problem(fields.get("video")):
            return _rejected(index, raw, problem, _offending(problem, fields), name)
        self._ids.add(name)
        return Annotation(name, fields["video"], caption, _extra(raw, fields))


def _checked_id(raw: Raw, fields: Mapping[str, Any]) -> str | Reason:
    written = repaired_text(raw.key) if raw.key is not None else fields.get("id")
    if written is None:
        return Reason.NO_ID
    if isinstance(written, int) and not isinstance(written, bool):
        return str(written)
    if not isinstance(written, str):
        return Reason.ID_TYPE
    return written if written.strip() else Reason.EMPTY_ID


def _caption_problem(caption: Any) -> Reason | None:
    if caption is None:
        return Reason.NO_CAPTION
    if not isinstance(caption, str):
        return Reason.CAPTION_TYPE
    return None if caption.strip() else Reason.EMPTY_CAPTION


def _video_problem(video: Any) -> Reason | None:
    if video is None:
        return Reason.NO_VIDEO
    if not isinstance(video, str):
        return Reason.VIDEO_TYPE
    if not video.strip():
        return Reason.EMPTY_VIDEO
    # Nearly every path has none of these, and to look for them costs a tenth of the search.
    suspect = video[0] == "/" or ".." in video or ":" in video or "\\" in video or "\0" in video
    found = OUT_OF_BOUNDS.search(video) if suspect else None
    if found is None:
        return None
    if ".." in found[0]:
        return Reason.CLIMBING_VIDEO
    return Reason.VIDEO_CHARACTERS if found[0] in ("\\", "\0") else Reason.ABSOLUTE_VIDEO


def _extra(raw: Raw, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are exported again beside id, video and caption; an id under a key is one of them."""
    own = {"video", "caption"} if raw.key is not None else {"id", "video", "caption"}
    return {name: value for name, value in fields.items() if name not in own}


def _written_id(raw: Raw, value: Any) -> str | None:
    """The id of a record that is rejected as a whole, where there is one."""
    if raw.key is None and not isinstance(value, dict):
        return None
    found = _checked_id(raw, value if isinstance(value, dict) else {})
    return None if isinstance(found, Reason) else repaired_text(found)


def _offending(reason: Reason, fields: Mapping[str, Any]) -> Any:
    return fields.get(OFFENDER.get(reason, ""), fields)


def _rejected(index: int, raw: Raw, reason: Reason, value: Any, name: str | None = None) -> Rejected:
    return Rejected(index, shortened(name) if name else name, reason.value, repaired_text(shown(value)), raw.line)
