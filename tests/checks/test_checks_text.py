"""Each check by itself: its own example, what it finds with the words concerned, and what it must leave alone."""

import pytest

from dfec_explore.checks import Kind, check_annotations, check_caption, load_checks
from dfec_explore.checks.registry import known_checks
from dfec_explore.language import analyse
from dfec_explore.model import Annotation, Flag

START = "The video shows a young man with short hair. At the beginning of the video, his mouth is closed. "
END = "Towards the end of the video, he turns his head to the left and blinks."


def flags(caption: str, video: str = "DFEW/videos/1.mp4") -> tuple[Flag, ...]:
    return check_caption(Annotation("1", video, caption), next(iter(analyse([caption]))))


def found(caption: str, video: str = "DFEW/videos/1.mp4") -> dict[str, str | None]:
    """Words concerned by check; None where a flag is about all of the caption."""
    return {f.check: None if f.start is None else caption[f.start : f.end] for f in flags(caption, video)}


def grave(caption: str, video: str = "DFEW/videos/1.mp4") -> set[str]:
    return {f.check for f in flags(caption, video) if f.severity != "info"}


def test_checks_a_clean_caption_has_no_error_and_no_warning() -> None:
    assert grave(START + "As the video progresses, his mouth opens and he speaks. " + END) == set()


@pytest.mark.parametrize(
    ("said", "check", "words"),
    [
        ("His woman\u00e2\u20ac\u2122s eyes open.", "encoding", None),
        ("The caf\u00c3\u00a9 light falls on him.", "encoding", None),
        ("His eyes \ufffd\ufffd open.", "encoding", None),
        ("His eyes\u0007 open.", "control-characters", None),
        ("His eyes\u200b open.", "control-characters", None),
        ("His <b>eyes</b> open.", "markup", "<b>"),
        ("His eyes &amp; brows rise.", "markup", "&amp;"),
        ("His **eyes** open wide.", "markup", "**eyes**"),
        ("His eyes open.\\n He blinks.", "markup", None),
        ("His {part} opens wide.", "template-slot", "{part}"),
        ("[INSERT ACTION] and he blinks.", "template-slot", "[INSERT ACTION]"),
        (
            "Puis il ferme les yeux et tourne la t\u00eate.",
            "not-english",
            "Puis il ferme les yeux et tourne la t\u00eate.",
        ),
        ("Dann schlie\u00dft er die Augen und dreht den Kopf.", "not-english", None),
        ("\u7136\u540e\u4ed6\u95ed\u4e0a\u4e86\u773c\u775b\u3002", "not-english", None),
        ("His eyes eyes open wide.", "repeated-word", "eyes"),
        ("Then he raises the. After that he nods.", "open-sentence", "the"),
        ("Then her eyes open wide.", "pronoun-gender", "her"),
        ("His eybrows rise.", "spelling", "eybrows"),
        ("His eyes are closed, looking straight ahead.", "contradiction", "eyes are closed, looking"),
        ("He speaks with his mouth closed.", "closed-mouth-speech", "speaks with his mouth closed"),
    ],
)
def test_checks_find_it_and_name_the_words(said: str, check: str, words: str | None) -> None:
    caption = START + said + " " + END
    assert check in found(caption)
    if words is not None:
        assert found(caption)[check] == words


@pytest.mark.parametrize(
    "said",
    [
        "His eyes close, and then he looks ahead.",
        "He opens and closes his mouth as he speaks.",
        "His eyebrows are raised and furrowed, his eyes wide open.",
        "His half-closed eyes look down.",
        "His head tilts to the left and then to the right.",
        "His left eye is closed while his right eye is open.",
        "His mouth is open but his teeth are closed.",
        "The corners of his mouth are raised, his lips pressed.",
        "There is no other change in his expression but a smile.",
    ],
)
def test_checks_what_the_text_orders_or_allows_is_no_contradiction(said: str) -> None:
    assert grave(START + "As the video progresses, his mouth opens. " + said + " " + END) == set()


@pytest.mark.parametrize("cut", ["his head to the", "his head,", "his head slig", "(his head) and then the"])
def test_checks_a_caption_that_stops_in_the_middle_is_cut_off(cut: str) -> None:
    assert "cut-off" in grave(START + "Towards the end of the video, he turns " + cut)


def test_checks_phases_in_the_wrong_order_and_told_twice() -> None:
    assert "phase-order" in grave(END + " At the beginning of the video, his mouth is closed.")
    assert "phase-twice" in grave(START + "At the beginning of the video, he looks to the right. " + END)


def test_checks_speech_that_ends_needs_one_that_began() -> None:
    assert "speech-order" in grave(START + "Towards the end of the video, he stops speaking.")
    spoken = START + "As the video progresses, he speaks. Towards the end of the video, he stops speaking."
    assert "speech-order" not in grave(spoken)


def test_checks_the_sex_of_a_ravdess_actor_comes_from_the_number() -> None:
    caption = START + END
    assert "actor-sex" in grave(caption, "RAVDESS/data/Actor_02/01-01-04-01-01-01-02.mp4")
    assert "actor-sex" not in grave(caption, "RAVDESS/data/Actor_01/01-01-04-01-01-01-01.mp4")


def test_checks_every_caption_check_finds_something_in_its_example() -> None:
    where = "RAVDESS/data/Actor_02/01-01-04-01-01-01-02.mp4"
    tried = [c for c in known_checks().values() if c.kind is Kind.CAPTION]
    placed = {"actor-sex": where, "channel": where}
    placed["emotion-actions"] = "CAER_mp4/train/Happy/0001.mp4"
    long = {
        "no-phases": "His brows rise, his mouth opens, he turns his head to the left, he blinks"
        + " and so on" * 12
        + "."
    }
    for check in tried:
        example = long.get(check.id, check.example.rpartition("...: ")[2])
        assert check.id in found(example, placed.get(check.id, "DFEW/videos/1.mp4")), check.id


def test_checks_duplicates_are_found_among_all_captions_with_what_differs() -> None:
    middle = "As the video progresses, he lifts his brows, opens his mouth and shows some of his upper teeth. "
    first, second = START + middle + END, START + middle + END.replace("left", "right")
    records = [Annotation(str(n), f"DFEW/videos/{n}.mp4", c) for n, c in enumerate([first, second, first, "A " + END])]
    records.append(Annotation("9", "DFEW/videos/3.mp4", "A woman. At the beginning of it, she smiles broadly."))
    checked = {a.id: {f.check: f.message for f in fs} for a, fs in check_annotations(records)}
    assert "identical-caption" in checked["0"]
    assert "2" in checked["0"]["identical-caption"]
    assert "“left” → “right”" in checked["1"]["near-duplicate"]
    assert "clip-twice" in checked["9"]
    assert "near-duplicate" not in checked["9"]


def test_checks_titles_and_explanations_are_sentences() -> None:
    for check in load_checks().checks:
        assert check.title
        assert check.explanation.endswith(".")
        assert check.example
