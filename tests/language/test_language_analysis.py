"""Clauses, persons, words and unknown verbs: what a caption says beside its events."""

import pytest
import spacy

from dfec_explore.language import analyse, make_pipeline
from dfec_explore.language.analysis import Analysis

CAPTION = (
    "The video shows a young woman with long brown hair and glasses.\n"
    "At the beginning of the video, she smiles. As the video progresses, she blinks.\n"
    "In the middle of the video, she nods. Towards the end of the video, she looks down."
)


def one(caption: str) -> Analysis:
    (analysis,) = analyse([caption])
    return analysis


def test_clauses_share_the_clip_evenly_in_order() -> None:
    clauses = one(CAPTION).clauses
    assert [(c.phase, c.share) for c in clauses] == [
        (None, None),
        ("begin", (0.0, 0.25)),
        ("progress", (0.25, 0.5)),
        ("middle", (0.5, 0.75)),
        ("end", (0.75, 1.0)),
    ]


def test_clauses_start_at_their_phase_words() -> None:
    starts = [CAPTION[c.start :].split(",")[0] for c in one(CAPTION).clauses[1:]]
    assert starts == [
        "At the beginning of the video",
        "As the video progresses",
        "In the middle of the video",
        "Towards the end of the video",
    ]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("She smiles.", [(None, (0.0, 1.0))]),
        ("A woman with brown hair.", [(None, None)]),
        ("", []),
        ("At first she smiles, finally she frowns.", [("begin", (0.0, 0.5)), ("end", (0.5, 1.0))]),
        (
            "At first he nods. In the end of the video, he blinks. Finally, he smiles.",
            [("begin", (0.0, 0.5)), ("end", (0.5, 1.0)), ("end", (0.5, 1.0))],
        ),
        ("She smiles at the end of the video.", [("end", (0.0, 1.0))]),
    ],
)
def test_clauses_of_captions_with_few_phases(caption: str, expected: list[tuple[object, object]]) -> None:
    assert [(c.phase, c.share) for c in one(caption).clauses] == expected


@pytest.mark.parametrize(
    ("sentence", "phase"),
    [
        ("Initially, she smiles.", "begin"),
        ("First half: nothing. In the first half of the video, she smiles.", "begin"),
        ("In the opening frames she smiles.", "begin"),
        ("As time goes by, she smiles.", "progress"),
        ("As the story unfolds, she smiles.", "progress"),
        ("Midway through the clip, she smiles.", "middle"),
        ("From the middle to the end of the video, she smiles.", "middle"),
        ("In the middle to later part of the video, she smiles.", "middle"),
        ("In the second half of the video, she smiles.", "end"),
        ("In the final few shots, she smiles.", "end"),
        ("Lastly, she smiles.", "end"),
        ("In the following footage, she smiles.", "rest"),
        ("Throughout the entire video, she smiles.", "rest"),
        ("At first he nods. Subsequently, she smiles.", "progress"),
        ("Finally he nods. Subsequently, she smiles.", "end"),
        ("At first he nods, then she smiles.", "begin"),
        ("With a vertical line in the middle of her forehead, she smiles.", None),
        ("Her hair is parted in the middle, revealing her forehead. She smiles.", None),
        ("The woman in the middle, who has black hair, smiles.", None),
        ("In the middle, she smiles.", "middle"),
    ],
)
def test_an_event_has_the_phase_of_the_marker_before_it(sentence: str, phase: str | None) -> None:
    assert one(sentence).events[-1].phase == phase


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "The video shows a middle-aged man. He has short, thick black hair, a beard and a brown hat.",
            {
                "gender": "male",
                "age_group": "middle-aged",
                "hair_colour": "black",
                "hair_length": "short",
                "facial_hair": "beard",
                "headwear": "hat",
                "people": "1",
            },
        ),
        (
            "An elderly woman with shoulder-length gray hair, wearing a pair of glasses.",
            {
                "gender": "female",
                "age_group": "elderly",
                "hair_colour": "grey",
                "hair_length": "medium",
                "glasses": "glasses",
                "people": "1",
            },
        ),
        (
            "He is around 30 years old and bald, without glasses.",
            {"gender": "male", "age_group": "young", "hair_length": "bald"},
        ),
        ("Her hair is dark and long.", {"gender": "female", "hair_colour": "dark", "hair_length": "long"}),
        (
            "A clean-shaven man is hugging another man.",
            {"gender": "male", "facial_hair": "none", "people": "2"},
        ),
        ("A girl with a black hair clip smiles.", {"gender": "female", "people": "1"}),
        ("Somebody in her thirties speaks.", {"gender": "female", "age_group": "young"}),
        ("The head nods.", {}),
    ],
)
def test_people_are_what_the_caption_states(caption: str, expected: dict[str, str]) -> None:
    assert {fact.attribute: fact.value for fact in one(caption).people} == expected


def test_words_sentences_and_opening_are_counted() -> None:
    analysis = one("She smiles -- twice! Then 3 nods;\n\nthe end...")
    assert (analysis.words, analysis.sentences) == (8, 3)
    assert analysis.opening == "she smiles twice then 3"


def test_terms_are_lemmas_of_content_words_with_counts() -> None:
    assert dict(one("She raises her eyebrows, then the left eyebrow is raised.").terms) == {
        "raise": 2,
        "eyebrow": 2,
        "left": 1,
    }


def test_an_unknown_verb_beside_a_part_is_reported_with_its_place() -> None:
    caption = "His eyebrows slightly crinkumed, and his mouth opens."
    (verb,) = one(caption).unmatched
    assert (verb.verb, verb.part, caption[verb.start : verb.end]) == ("crinkumed", "brow", "crinkumed")


def test_the_component_works_in_any_english_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("facial_actions")
    doc = nlp("Finally she slightly raises her left eyebrow and turns her head to the right.")
    spans = doc.spans["facial_actions"]
    assert [(s.text, s.label_, s._.side, s._.intensity, s._.direction, s._.phase, s._.rule) for s in spans] == [
        ("raises her left eyebrow", "brow_raise", "left", "slight", None, "end", "brow.raise"),
        ("turns her head", "head_turn", None, None, "right", "end", "head.turn"),
    ]


def test_the_pipeline_also_states_the_person() -> None:
    doc = make_pipeline()("An elderly man nods.")
    assert [event.action for event in doc._.facial_events] == ["head_nod"]
    assert [fact.value for fact in doc._.person_facts] == ["male", "elderly", "1"]


@pytest.mark.parametrize(
    ("caption", "hair"),
    [
        ("She has medium-length hair that is fluffy and brown in color, and thin brows.", {"medium", "brown"}),
        ("Her long hair is slightly curled and black.", {"long", "black"}),
        ("She has long hair and brown eyes.", {"long"}),
        ("Her long hair covers her black eyebrows.", {"long"}),
        ("Her black hair is short, her white teeth show.", {"black", "short"}),
    ],
)
def test_people_hair_is_also_what_is_said_of_it_behind_the_word(caption: str, hair: set[str]) -> None:
    (analysis,) = analyse([caption])
    assert {fact.value for fact in analysis.people if fact.attribute.startswith("hair_")} == hair


@pytest.mark.parametrize(
    ("caption", "headwear"),
    [
        ("He has short black hair, a balding crown, and thick eyebrows.", []),
        ("He is bald on the crown, with hair combed up on both sides.", []),
        ("His hair is thin at the crown of his head.", []),
        ("She is wearing a gorgeous crown.", ["crown"]),
        ("He has black hair and wears an exquisite gold crown on his head.", ["crown"]),
        ("A young king with a golden crown on his head smiles.", ["crown"]),
        ("A woman smiles under the crown worn by her mother.", ["crown"]),
    ],
)
def test_a_crown_is_headwear_where_it_is_worn_and_else_the_top_of_a_head(caption: str, headwear: list[str]) -> None:
    (analysis,) = analyse([caption])
    assert [fact.value for fact in analysis.people if fact.attribute == "headwear"] == headwear


def test_people_can_be_left_out_of_the_pipeline() -> None:
    assert make_pipeline(people=False).pipe_names == ["facial_actions"]
