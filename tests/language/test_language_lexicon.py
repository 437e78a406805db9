"""The lexicon as data: every entry fires, wrong data is refused with its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from dfec_explore.errors import LexiconError
from dfec_explore.language import extract_events, lexicon, lexicon_hash, load_lexicon, related_au
from dfec_explore.language.actions import Action
from dfec_explore.language.inflection import inflect
from dfec_explore.language.rules import load_rules
from dfec_explore.language.tables import parse_table
from dfec_explore.language.vocabulary import Cue, _Cues


def actions_in(sentence: str) -> list[str]:
    (events,) = extract_events([sentence])
    return [event.action for event in events]


def examples_of(cue: Cue) -> Iterator[tuple[str, str]]:
    """Each spelling of a cue in its example: the third person, -ing form and past of verbs, nouns, adjectives."""
    for entry in cue.verbs:
        forms = inflect(entry)
        for form in (forms.third, forms.past):
            yield cue.verb_example.format(form), cue.action
        if cue.verb_example.startswith("She"):
            yield cue.verb_example.replace("She", "She is").format(forms.ing), cue.action
        else:
            yield cue.verb_example.replace(" {}", " keep {}").format(forms.ing), cue.action
    yield from ((cue.noun_example.format(noun), cue.action) for noun in cue.nouns)
    yield from ((cue.adjective_example.format(adjective), cue.action) for adjective in cue.adjectives)


CUE_EXAMPLES = [example for cue in load_lexicon().cues for example in examples_of(cue)]
PART_EXAMPLES = [(part.example.format(word), part.action) for part in load_lexicon().parts for word in part.words]


@pytest.mark.parametrize("action", load_lexicon().actions.values(), ids=lambda action: action.label)
def test_every_action_is_found_in_its_own_example(action: Action) -> None:
    assert action.label in actions_in(action.example)


@pytest.mark.parametrize(("sentence", "action"), CUE_EXAMPLES)
def test_every_cue_fires_on_its_example(sentence: str, action: str) -> None:
    assert action in actions_in(sentence)


@pytest.mark.parametrize(("sentence", "action"), PART_EXAMPLES)
def test_every_part_fires_on_its_example(sentence: str, action: str) -> None:
    assert action in actions_in(sentence)


def test_every_action_can_be_reached_by_a_rule() -> None:
    rules = load_rules()
    reached = {
        name
        for row in rules.cells.values()
        for cells in row.values()
        for _, (action, _) in cells
        for name in action.split()
    }
    reached |= {*rules.free.values(), *rules.bare.values(), *rules.stopped.values(), "no_change"}
    reached |= {name for pair in rules.wrinkles.values() for name in pair}
    assert reached - {""} == set(load_lexicon().actions)


def test_bits_are_distinct_and_fit_a_64_bit_set() -> None:
    bits = [action.bit for action in load_lexicon().actions.values()]
    assert len(set(bits)) == len(bits)
    assert set(bits) <= set(range(64))


def test_regions_stand_in_display_order() -> None:
    titles = [region.title for region in load_lexicon().regions]
    assert titles == ["Brow", "Eye", "Gaze", "Nose, cheek", "Mouth, jaw", "Head", "Voice", "Whole face"]


@pytest.mark.parametrize(
    ("action", "direction", "units"),
    [
        ("head_tilt", "up", ("AU53",)),
        ("head_tilt", "left", ("AU55",)),
        ("head_tilt", "down-right", ("AU54", "AU56")),
        ("gaze", "forward", ()),
        ("gaze", "up", ("AU63",)),
        ("brow_raise", None, ("AU1", "AU2")),
        ("blink", None, ("AU45",)),
        ("speak", None, ()),
    ],
)
def test_related_units_follow_action_and_direction(action: str, direction: str | None, units: tuple[str, ...]) -> None:
    assert related_au(action, direction) == units


def test_an_unknown_key_in_the_data_is_refused_with_its_place() -> None:
    content = b'[[cue]]\nid = "raise"\naction = "brow_raise"\nverb = ["lift"]\n'
    with pytest.raises(LexiconError, match=r"cues\.toml, cue\.0\.verb"):
        parse_table("cues.toml", content, _Cues)


def test_broken_toml_is_refused_with_the_file_name() -> None:
    class Anything(BaseModel):
        model_config = ConfigDict(extra="allow")

    with pytest.raises(LexiconError, match=r"parts\.toml.*not readable as TOML"):
        parse_table("parts.toml", b"[part\n", Anything)


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("lift", "lift lifts lifting lifted lifted"),
        ("drop*", "drop drops dropping dropped dropped"),
        ("purse", "purse purses pursing pursed pursed"),
        ("press", "press presses pressing pressed pressed"),
        ("cry", "cry cries crying cried cried"),
        ("rise | rises | rising | rose | risen", "rise rises rising rose risen"),
        ("say | says | saying | said", "say says saying said said"),
    ],
)
def test_a_verb_entry_is_spelled_out(entry: str, forms: str) -> None:
    verb = inflect(entry)
    assert " ".join((verb.base, verb.third, verb.ing, verb.past, verb.participle)) == forms


def test_a_verb_entry_with_missing_forms_is_refused() -> None:
    with pytest.raises(ValueError, match="four or five"):
        inflect("go | goes")


def test_the_hash_names_data_and_rules_and_is_stable_in_a_process() -> None:
    assert lexicon_hash() == lexicon_hash()
    assert len(lexicon_hash()) == 32


def test_the_hash_covers_every_module_and_data_file_of_the_room() -> None:
    folder = Path(lexicon.__file__).parent
    plumbing = {"__init__", "actions", "analysis", "comparing", "component", "lexicon", "tables"}
    assert {path.stem for path in folder.glob("*.py")} == {*lexicon.RULE_MODULES} | plumbing
    assert {path.name for path in (folder / "data").glob("*.toml")} == set(lexicon.DATA_FILES)
