"""Errors planted into captions with a seed, to measure what the checks find: each kind one function.

The plants know nothing of the checks. A plant takes a caption and gives it back with one error, or None where it has no
place for it.
"""

import random
import re
from collections.abc import Callable, Sequence

from dfec_explore.model import Annotation

SENTENCE = re.compile(r"(?<=[.!?])\s+")
FOREIGN = (
    "Au début de la vidéo, ses sourcils se froncent et il regarde vers la gauche.",
    "Am Anfang des Videos sind ihre Augen geschlossen und der Mund ist leicht geöffnet.",
    "Al principio del video, sus ojos están abiertos y mira hacia adelante.",
    "All'inizio del video, le sopracciglia sono aggrottate e la bocca è chiusa.",
    "No início do vídeo, os olhos estão fechados e a boca ligeiramente aberta.",
    "Aan het begin van de video kijkt hij naar rechts en knippert hij met zijn ogen.",
    "在视频的开头，她的眼睛微微睁开，嘴巴紧闭。",
    "ビデオの冒頭で、彼は目を閉じて口を少し開けています。",
    "В начале видео его глаза закрыты, а брови подняты.",
    "Ở đầu video, mắt cô ấy nhắm lại và miệng hơi mở.",
    "Videonun başında gözleri kapalı ve ağzı hafifçe açık.",
    "Na początku filmu jego oczy są zamknięte, a usta lekko otwarte.",
    "في بداية الفيديو، عيناه مغلقتان وفمه مفتوح قليلا.",
    "영상의 시작 부분에서 그녀는 눈을 감고 입을 약간 벌리고 있습니다.",
    "I början av videon är hennes ögon stängda och munnen lite öppen.",
)
CONTRARY = (
    "{His} mouth is closed and wide open.",
    "{He} opens {his} mouth while closing it tightly, {his} mouth closed and open at the same time.",
    "{His} eyes are closed, looking straight ahead.",
    "With {his} eyes tightly shut, {he} stares forward.",
    "{His} lips are pressed together, revealing {his} upper teeth.",
    "{His} head is tilted to the left while it is tilted to the right.",
    "{His} eyebrows are raised while {his} eyebrows are lowered.",
    "The corners of {his} mouth are turned up and the corners of {his} mouth are turned down.",
)
Plant = Callable[[random.Random, Annotation, Sequence[Annotation]], Annotation | None]


def _sentences(caption: str) -> list[str]:
    return [piece for piece in SENTENCE.split(caption.strip()) if piece]


def _with(annotation: Annotation, caption: str) -> Annotation | None:
    if caption == annotation.caption:
        return None
    return Annotation(annotation.id, annotation.video, caption, annotation.extra)


def _joined(annotation: Annotation, sentences: Sequence[str]) -> Annotation | None:
    return _with(annotation, " ".join(sentences))


def _is_female(caption: str) -> bool:
    return len(re.findall(r"\b(?:she|her)\b", caption, re.IGNORECASE)) > len(
        re.findall(r"\b(?:he|his)\b", caption, re.IGNORECASE)
    )


def swap_left_right(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Turn one left into right, or the other way round."""
    places = list(re.finditer(r"\b(left|right)\b", annotation.caption))
    if not places:
        return None
    at = rng.choice(places)
    other = "right" if at.group() == "left" else "left"
    return _with(annotation, annotation.caption[: at.start()] + other + annotation.caption[at.end() :])


def drop_sentence(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Leave one sentence out."""
    sentences = _sentences(annotation.caption)
    if len(sentences) < 3:
        return None
    del sentences[rng.randrange(1, len(sentences))]
    return _joined(annotation, sentences)


def double_sentence(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Say one sentence twice."""
    sentences = _sentences(annotation.caption)
    at = rng.randrange(len(sentences))
    sentences.insert(rng.randrange(at + 1, len(sentences) + 1), sentences[at])
    return _joined(annotation, sentences)


def swap_phases(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Change the places of two sentences that open phases."""
    sentences = _sentences(annotation.caption)
    opens = [i for i, s in enumerate(sentences) if re.match(r"(?:At|In|As|Towards|Toward)\b.*\b(?:video|end)\b", s)]
    if len(opens) < 2:
        return None
    one, other = rng.sample(opens, 2)
    sentences[one], sentences[other] = sentences[other], sentences[one]
    return _joined(annotation, sentences)


def mix_pronouns(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Give one pronoun the other gender."""
    swap = {"he": "she", "his": "her", "him": "her", "she": "he", "her": "his"}
    places = list(re.finditer(r"\b(?:he|his|him|she|her)\b", annotation.caption, re.IGNORECASE))
    if not places:
        return None
    at = rng.choice(places)
    word = swap[at.group().lower()]
    word = word.capitalize() if at.group()[0].isupper() else word
    return _with(annotation, annotation.caption[: at.start()] + word + annotation.caption[at.end() :])


def contradict(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Put in a sentence in which two actions exclude each other."""
    sentences = _sentences(annotation.caption)
    female = _is_female(annotation.caption)
    words = {"his": "her", "he": "she", "His": "Her", "He": "She"} if female else {}
    said = rng.choice(CONTRARY).format(**{w: words.get(w, w) for w in ("his", "he", "His", "He")})
    # After the first phase is opened: before it, the person is described and nothing happens yet.
    opened = next((i for i, s in enumerate(sentences) if re.match(r"(?:At|In|As|Initially)\b", s) and i), 0)
    sentences.insert(rng.randrange(opened + 1, len(sentences) + 1), said)
    return _joined(annotation, sentences)


def wrong_actor(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Give a RAVDESS clip a number of an actor of the other sex."""
    match = re.match(r"RAVDESS/data/Actor_(\d+)/(.*)-(\d\d)\.(\w+)$", annotation.video)
    if not match:
        return None
    number = int(match.group(1)) + rng.choice((-1, 1))
    number = number if 1 <= number <= 24 else int(match.group(1)) + (1 if number < 1 else -1)
    video = f"RAVDESS/data/Actor_{number:02d}/{match.group(2)}-{number:02d}.{match.group(4)}"
    return Annotation(annotation.id, video, annotation.caption)


def mojibake(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Put in a character of another script of English and decode it wrongly, as often happens."""
    words = annotation.caption.split(" ")
    at = rng.randrange(3, len(words))
    piece = rng.choice(("woman’s", "“neutral”", "café", "naïve", "—", "…", "façade", "50 °C"))
    encoding = rng.choice(("cp1252", "latin-1", "double", "replace"))
    if encoding == "replace":
        piece = piece.encode("utf-8").decode("ascii", "replace")
    elif encoding == "double":
        once = piece.encode("utf-8").decode("latin-1")
        piece = once.encode("utf-8").decode("latin-1")
    else:
        piece = piece.encode("utf-8").decode(encoding, "replace")
    words.insert(at, piece)
    return _with(annotation, " ".join(words))


def html(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Wrap words into a tag, or put in an entity, a line break or Markdown."""
    words = annotation.caption.split(" ")
    at = rng.randrange(1, len(words))
    shapes = (
        "<b>{}</b>",
        "{}<br/>",
        "<p>{}",
        "{}&nbsp;",
        "&quot;{}&quot;",
        "**{}**",
        "`{}`",
        "<span class='x'>{}</span>",
    )
    words[at] = rng.choice(shapes).format(words[at])
    return _with(annotation, " ".join(words))


def near_duplicate(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Give the clip another clip's caption with a few words changed."""
    other = rng.choice([each for each in others if each.video != annotation.video])
    words = other.caption.split(" ")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(words))
        words[at] = rng.choice(("slightly", "gently", "again", "somewhat", words[rng.randrange(len(words))]))
    return _with(annotation, " ".join(words))


def other_language(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Put a sentence of another language in a sentence's place."""
    sentences = _sentences(annotation.caption)
    sentences[rng.randrange(len(sentences))] = rng.choice(FOREIGN)
    return _joined(annotation, sentences)


def cut_off(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Cut the caption off at any character of its last half that ends no sentence."""
    at = rng.randrange(len(annotation.caption) // 2, len(annotation.caption) - 2)
    cut = annotation.caption[:at].rstrip()
    return None if cut.endswith((".", "!", "?")) else _with(annotation, cut)


def other_sentence(rng: random.Random, annotation: Annotation, others: Sequence[Annotation]) -> Annotation | None:
    """Put in a sentence of another caption."""
    sentences = _sentences(annotation.caption)
    given = _sentences(rng.choice(others).caption)
    if len(given) < 3:
        return None
    sentences.insert(rng.randrange(2, len(sentences) + 1) if len(sentences) > 2 else 1, rng.choice(given[1:]))
    return _joined(annotation, sentences)


PLANTS: dict[str, tuple[Plant, frozenset[str]]] = {
    "swap left and right": (swap_left_right, frozenset(("left-right", "contradiction"))),
    "drop a sentence": (
        drop_sentence,
        frozenset(("missing-phase", "speech-order", "no-phases", "already-so", "odd-length", "length")),
    ),
    "double a sentence": (double_sentence, frozenset(("repeated-sentence", "phase-twice"))),
    "swap two phases": (swap_phases, frozenset(("phase-order",))),
    "mix pronouns": (mix_pronouns, frozenset(("pronoun-gender",))),
    "contradict an action": (contradict, frozenset(("contradiction",))),
    "wrong actor": (wrong_actor, frozenset(("actor-sex",))),
    "mojibake": (mojibake, frozenset(("encoding", "control-characters"))),
    "HTML and Markdown": (html, frozenset(("markup",))),
    "near-duplicate": (near_duplicate, frozenset(("near-duplicate", "identical-caption"))),
    "another language": (other_language, frozenset(("not-english",))),
    "cut off": (cut_off, frozenset(("cut-off",))),
    "sentence of another": (
        other_sentence,
        frozenset(("pronoun-gender", "phase-twice", "phase-order", "speech-order", "already-so", "repeated-sentence")),
    ),
}
"""By title: the plant, and the checks that are meant to find it."""
UNDECIDABLE = frozenset(("swap left and right", "drop a sentence", "sentence of another"))
"""Where the text alone often tells nothing: only the clip does."""
