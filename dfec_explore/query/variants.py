"""In how many ways captions word one action, how often left and right are said, and which verbs nobody knows yet."""

from collections import Counter
from functools import lru_cache

import pandas as pd

from dfec_explore.language import load_lexicon
from dfec_explore.language.terms import content_terms
from dfec_explore.query.concordance import captions_of, context_line
from dfec_explore.query.database import selected_numbers
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.mentions import mention_counts
from dfec_explore.query.statistics import wilson

SIDED: dict[str, str] = {"gaze": "Gaze", "head_turn": "Head turn", "head_tilt": "Head tilt"}
"""Actions that mostly go to one side, by their direction."""


def variants(explorer: Explorer, filters: Filters, *, action: str) -> pd.DataFrame:
    """The words that captions use for one action: ``wording, events, share, quotes, example``, most frequent first.

    ``wording`` is what is left of a quote without names of body parts, function words and adverbs in -ly, in base
    form: "corners of his mouth slightly lifting" is "lift". A quote that names nothing else is its first word.
    ``quotes`` counts the different quotes, ``example`` is the most frequent one.
    """
    condition = selected_numbers(filters, explorer.vocabulary)
    quotes = explorer.database.rows(
        "SELECT lower(quote) AS said, count(*) AS n FROM events "  # noqa: S608
        f"WHERE action = ? AND {condition.sql} GROUP BY said ORDER BY n DESC, said",
        [action, *condition.values],
    )
    events, kinds, examples = Counter[str](), Counter[str](), dict[str, str]()
    for quote, number in quotes:
        wording = wording_of(quote)
        events[wording] += number
        kinds[wording] += 1
        examples.setdefault(wording, " ".join(quote.split()))
    total = max(sum(events.values()), 1)
    return pd.DataFrame(
        [(wording, n, n / total, kinds[wording], examples[wording]) for wording, n in events.most_common()],
        columns=["wording", "events", "share", "quotes", "example"],
    )


def wording_of(quote: str) -> str:
    """What a quote says beside the part of the face; the quote itself where nothing else is said.

    Args:
        quote: in lower case.
    """
    words = [word.strip(".,;:'\"()") for word in quote.split()]
    terms = [term for term, _ in content_terms(words)]
    telling = [term for term in terms if term not in _silent_words() and not term.endswith("ly")]
    return " ".join(telling or terms[:1] or words)


@lru_cache(maxsize=1)
def _silent_words() -> frozenset[str]:
    """Words that tell which part and side is meant, and not what it does."""
    lexicon = load_lexicon()
    names = [words.split() for part in lexicon.parts for words in part.words]
    alone = {word for words in names if len(words) == 1 for word in words}
    # "Arch" is a word of "dental arch", and what eyebrows do.
    done = {verb.split()[0].strip("*!") for cue in lexicon.cues for verb in cue.verbs}
    first = {words[0] for words in names}  # "lower" of "lower lip"
    later = {word for words in names for word in words[1:]}
    return frozenset((*alone, *first, *(later - done), "left", "right"))


def balance(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """How often captions say left, and how often right.

    Returns:
        ``what, title, left, right, share, low, high``: ``share`` is of left among both, with its 95 % interval after
        Wilson (NaN where neither is said). A row for the direction of gaze, head turn and head tilt, and one for the
        side of any action (``side``). "Down-left" counts as left; "left-right" (to and fro) as neither.
    """
    counts = mention_counts(explorer, filters, "action", "direction", "side")
    found: Counter[tuple[str, str]] = Counter()
    columns = (counts[name].tolist() for name in ("action", "direction", "side", "events"))
    for action, direction, side, events in zip(*columns, strict=True):
        found["side", side] += events
        if action in SIDED and (way := _way(direction)):
            found[action, way] += events
    titles = SIDED | {"side": "Side of any action"}
    rows = [(what, title, found[what, "left"], found[what, "right"]) for what, title in titles.items()]
    frame = pd.DataFrame(rows, columns=["what", "title", "left", "right"])
    for name, values in _shares([(left, right) for _, _, left, right in rows]).items():
        frame[name] = values
    return frame


def _way(direction: str) -> str | None:
    ways = {"left", "right"}.intersection(direction.split("-"))
    return ways.pop() if len(ways) == 1 else None


def _shares(pairs: list[tuple[int, int]]) -> dict[str, list[float]]:
    intervals = [wilson(left, left + right) if left + right else None for left, right in pairs]
    unknown = float("nan")
    return {
        "share": [interval.value if interval else unknown for interval in intervals],
        "low": [interval.low if interval else unknown for interval in intervals],
        "high": [interval.high if interval else unknown for interval in intervals],
    }


def unknown_verbs(explorer: Explorer, filters: Filters, *, limit: int = 30) -> pd.DataFrame:
    """Verbs right after a part of the face that the lexicon does not know, so that it can grow.

    Returns:
        ``verb, body_part, times, captions, part, id, source, left, quote, right``: how often the verb stands there,
        and its first place with the words around it; most frequent first.
    """
    condition = selected_numbers(filters, explorer.vocabulary)
    rows = explorer.database.rows(
        f"""SELECT verb, body_part, count(*) AS times, count(DISTINCT sample_no) AS captions, min(sample_no),
            arg_min(start, sample_no), arg_min("end", sample_no)
        FROM unmatched WHERE {condition.sql} GROUP BY verb, body_part
        ORDER BY captions DESC, times DESC, verb, body_part LIMIT ?""",  # noqa: S608
        [*condition.values, limit],
    )
    samples = captions_of(explorer, [number for *_, number, _, _ in rows])
    lines = [context_line(*samples[number], start, end) for *_, number, start, end in rows]
    return pd.DataFrame(
        [
            (verb, body_part, times, captions, line.part, line.id, line.source, line.left, line.quote, line.right)
            for (verb, body_part, times, captions, *_), line in zip(rows, lines, strict=True)
        ],
        columns=["verb", "body_part", "times", "captions", "part", "id", "source", "left", "quote", "right"],
    )
