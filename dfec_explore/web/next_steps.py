"""What to do next for the clips of a source, in words: from its counts and from what the survey advises."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dfec_explore.clips.advising import Advice
from dfec_explore.sources import Source

Colour = Literal["green", "blue", "orange", "red", "gray"]
MOST_NAMED = 6
"""Archives or folders that a sentence names."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do for one source."""

    state: str
    """A few words: how it stands."""
    colour: Colour
    sentences: tuple[str, ...]
    config: str = ""
    """Lines for ``dfec.toml`` that would help."""
    is_done: bool = False
    """Whether every clip can be shown."""


def next_step(source: str, counts: Mapping[str, int], advice: Advice | None, known: Source | None) -> NextStep:
    """Say what to do for a source.

    Args:
        source: id.
        counts: samples by status, as ``query.clip_facts.coverage`` has them, and ``samples``.
        advice: what the survey found out; None where there was none yet.
        known: what the registry says of the source; None where it is not among the seven.
    """
    playable, samples = counts["found"] + counts["substitute"], counts["samples"]
    rest = tuple(_leftovers(counts))
    if playable == samples:
        return NextStep("Complete", "green", rest or ("Every clip is there.",), is_done=True)
    advice = advice or Advice()
    if not advice.root:
        words = ("No folder is configured for it.", *_download(advice, known, samples))
        return NextStep("No folder", "gray", words, _config(source, "/path/to/" + _folder_name(source, known)))
    if not advice.root_exists and advice.suggested:
        words = (f"The folder {advice.root} does not exist.", _suggestion(advice))
        return NextStep("Folder not found", "red", words, _config(source, advice.suggested))
    if not advice.root_exists:
        words = (f"The folder {advice.root} does not exist.", *_download(advice, known, samples))
        return NextStep("Folder not found", "red", words, _config(source, "/path/to/" + _folder_name(source, known)))
    state = f"{playable:,} of {samples:,}"
    if advice.suggested:
        return NextStep(state, "orange", (_suggestion(advice), *rest), _config(source, advice.suggested))
    if counts["packed"]:
        return NextStep(state, "orange", (_unpack(advice), *rest, *_missing(counts, advice)))
    return NextStep(state, "red" if not playable else "orange", (*_missing(counts, advice, known), *rest))


def _suggestion(advice: Advice) -> str:
    where = f", in {advice.clips_in}" if advice.clips_in and advice.clips_in != advice.suggested else ""
    under = f"Under {advice.root}, {advice.found:,} of {advice.total:,} clips are found. " if advice.root_exists else ""
    return (
        f"{under}This looks like "
        f"{advice.suggested}: {advice.suggested_found:,} of the {advice.suggested_of:,} that were looked for lie "
        f"there{where}."
    )


def _unpack(advice: Advice) -> str:
    return f"Unpack, each where it lies: {_named(advice.archives)}."


def _missing(counts: Mapping[str, int], advice: Advice, known: Source | None = None) -> tuple[str, ...]:
    if not counts["missing"]:
        return ()
    found = f"{counts['missing']:,} clips are missing under {advice.root}."
    return (found, *_download(advice, known, counts["missing"]))


def _download(advice: Advice, known: Source | None, missing: int) -> tuple[str, ...]:
    words = []
    if advice.obtain:
        words.append(f"Obtain and unpack: {_named(advice.obtain)}.")
    if advice.expected:
        words.append(f"In the dataset's own layout they lie in {_named(advice.expected)}.")
    if not words and known is not None:
        words.append(f"Obtain the dataset from its official page; {missing:,} of its {known.clips:,} clips are needed.")
    return tuple(words)


def _leftovers(counts: Mapping[str, int]) -> list[str]:
    words = []
    if counts["substitute"]:
        words.append(
            f"{counts['substitute']:,} are shown by substitutes (face crops, another take of the sound): the player "
            "says so. The original clips take their place as soon as they are there."
        )
    if counts["ambiguous"]:
        words.append(
            f"{counts['ambiguous']:,} have several files that fit equally well: remove the copies that are not meant."
        )
    if counts["unreadable"]:
        words.append(f"{counts['unreadable']:,} cannot be read: obtain them anew. The list below says why.")
    return words


def _named(numbers: Mapping[str, int]) -> str:
    shown = [f"{name or 'its own folder'} ({number:,})" for name, number in list(numbers.items())[:MOST_NAMED]]
    more = len(numbers) - len(shown)
    return ", ".join([*shown, f"{more:,} more"] if more else shown)


def _folder_name(source: str, known: Source | None) -> str:
    return known.root_hints[0] if known and known.root_hints else source


def _config(source: str, folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'[clips]\n"{source}" = "{escaped}"'
