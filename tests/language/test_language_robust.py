"""Any text gives a result: one for each input, offsets right, work linear in length."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfec_explore.language import Analysis, analyse, extract_events, load_lexicon
from dfec_explore.language.linking import Linker
from dfec_explore.language.phases import load_phases

WORDS = re.findall(
    r"\S+",
    """
    his her the a of on between at and then , . ; : ( ) as with while to in no not without stops slightly wide tightly
    left right up down lower upper corners mouth lips eyes eyebrows head it them one wrinkles forehead smile gaze opens
    open closed raises raised looks turning tilts deepen disappear speaking move AU12 AU1+2 half - é 微笑 😀 beginning
    video middle end finally progresses hair shows change
    """,
)
ODD = [
    "",
    " ",
    "\n",
    "smiles",
    "她微笑着,闭上眼睛。 She smiles.",
    "תנועה של הראש She nods. ابتسامة",
    "<b>He smiles</b> & <script>alert(1)</script> blinks",
    "She\x00 blinks\x07 and\x1b[31m smiles\x85 and\u2028nods.",
    "😀 smiles 👩‍👩‍👧 blinks 👍🏽.",
    "She smiles \ud800 and blinks \udfff.",
    "İstanbul: she smiles and her eyebrows rise, ẞ.",
    "a\u0301\u0301\u0301 smiles",
    "," * 500,
    "eyes " * 500,
    "and " * 500 + "blinks",
]


def check(caption: str, analysis: Analysis) -> None:
    for event in analysis.events:
        assert caption[event.start : event.end] == event.quote != ""
        assert event.action in load_lexicon().actions
    for fact in analysis.people:
        assert caption[fact.start : fact.end] == fact.quote
    for verb in analysis.unmatched:
        assert caption[verb.start : verb.end].lower() == verb.verb
    pieces = "".join(caption[clause.start : clause.end] for clause in analysis.clauses)
    assert pieces == caption


@pytest.mark.parametrize("caption", ODD, ids=range(len(ODD)))
def test_odd_text_gives_a_result_with_right_offsets(caption: str) -> None:
    (analysis,) = analyse([caption])
    check(caption, analysis)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_result_with_right_offsets(caption: str) -> None:
    (analysis,) = analyse([caption])
    check(caption, analysis)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_words_of_the_lexicon_in_any_order_give_a_result(caption: str) -> None:
    (analysis,) = analyse([caption])
    check(caption, analysis)
    assert list(extract_events([caption])) == [analysis.events]


def test_one_output_for_each_input_in_order() -> None:
    captions = ["", "She blinks.", "nothing here", "She nods.", ""]
    found = [[event.action for event in events] for events in extract_events(captions, batch_size=2)]
    assert found == [[], ["blink"], [], ["head_nod"], []]


def test_a_surrogate_inside_a_quote_stays_in_the_quote() -> None:
    (events,) = extract_events(["her mouth \ud800 opens"])
    assert [event.quote for event in events] == ["mouth \ud800 opens"]


@pytest.mark.parametrize("run", [",", "(", "'", "eye-", "ab'", "\U0001f600", "a"], ids=range(7))
def test_a_run_without_spaces_is_cut_into_tokens_piece_by_piece(run: str) -> None:
    """One piece of 50,000 characters takes the tokenizer minutes: its work grows with the square."""
    caption = f"She blinks. {run * (50_000 // len(run))} He smiles."
    (analysis,) = analyse([caption])
    check(caption, analysis)
    assert [event.action for event in analysis.events] == ["blink", "lip_corner_pull"]


@given(st.text(alphabet="a,'(-+ 1\n", min_size=100, max_size=600))
@settings(max_examples=60, deadline=None)
def test_long_runs_of_signs_keep_their_offsets(caption: str) -> None:
    (analysis,) = analyse([caption])
    check(caption, analysis)


def steps(monkeypatch: pytest.MonkeyPatch, caption: str) -> int:
    """Count the nodes that linking looks at, as a measure of its work that no clock disturbs."""
    count = 0

    class Counted(list[object]):
        def __getitem__(self, index: object) -> object:
            nonlocal count
            found = super().__getitem__(index)  # type: ignore[index]
            count += len(found) if isinstance(index, slice) else 1
            return found

    start = Linker.__init__

    def counting(self: Linker, rules: object, nodes: list[object], intro: object, *, mixed: bool) -> None:
        start(self, rules, Counted(nodes), intro, mixed=mixed)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Linker, "__init__", counting)
        list(extract_events([caption]))
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "her mouth opens and his head tilts slightly to the left ",
        "eyes and mouth and head, ",
        "opens slightly to the left and to the right and down ",
        "lips move as he speaks ",
        "wrinkles deepen, looks up, then down, ",
        "AU12 and AU4 ",
        "left ",
        "lines on ",
        "left, right, ",
        "speaks, stops, ",
        "eyes and mouth and ",
        "opens closes raises lowers ",
        "heavy ",
        "lips into a thin, line ",
        "small, rhythmic nods ",
    ],
)
def test_work_grows_in_step_with_length(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    short, long = (steps(monkeypatch, unit * n) for n in (100, 400))
    assert long <= 5 * short  # none at all where nothing can be found


class CountedTokens(list[str]):
    """Counts the tokens that are looked at."""

    looked = 0

    def __getitem__(self, index: object) -> str:  # type: ignore[override]
        found = super().__getitem__(index)  # type: ignore[index]
        self.looked += len(found) if isinstance(index, slice) else 1
        return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("unit", ["at the end –", "as the video progresses –", "start mouth /", "he nods throughout ;"])
def test_looking_for_phases_grows_in_step_with_length(unit: str) -> None:
    short, long = (CountedTokens(unit.split() * n) for n in (100, 400))
    for tokens in (short, long):
        load_phases().find(tokens)
    assert long.looked <= 5 * short.looked
