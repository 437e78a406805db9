"""What a drawn person looks like: the choices, and the colours that they stand for."""

from dataclasses import dataclass
from random import Random
from typing import Literal

Rgb = tuple[int, int, int]
Gender = Literal["woman", "man"]
Age = Literal["young", "middle-aged", "elderly"]

SKINS: dict[str, Rgb] = {
    "fair": (250, 221, 203),
    "light": (244, 205, 178),
    "olive": (222, 178, 142),
    "tan": (201, 150, 112),
    "brown": (158, 107, 75),
    "dark": (112, 74, 54),
}
HAIR_COLOURS: dict[str, Rgb] = {
    "black": (43, 38, 44),
    "dark brown": (74, 50, 42),
    "brown": (116, 76, 52),
    "auburn": (142, 66, 44),
    "blonde": (222, 180, 108),
    "grey": (164, 164, 170),
    "white": (226, 226, 228),
}
EYE_COLOURS: dict[str, Rgb] = {
    "dark": (66, 42, 34),
    "brown": (112, 70, 42),
    "blue": (72, 122, 168),
    "green": (86, 128, 92),
    "grey": (104, 118, 130),
}
CLOTHES_COLOURS: dict[str, Rgb] = {
    "navy": (46, 62, 98),
    "teal": (42, 118, 120),
    "mustard": (212, 160, 58),
    "coral": (222, 104, 88),
    "plum": (112, 66, 104),
    "forest": (56, 96, 74),
    "charcoal": (62, 66, 76),
    "cream": (232, 222, 204),
    "sky": (122, 168, 208),
}
WOMEN_HAIR = ("long", "wavy", "bob", "bun", "ponytail", "curly", "fringe", "headscarf")
MEN_HAIR = ("side parting", "crop", "curly top", "swept back", "bald", "receding", "medium", "cap")
BEARDS = ("none", "stubble", "moustache", "short beard", "full beard")
CLOTHES = ("crew neck", "shirt", "blazer", "hoodie", "v-neck")


@dataclass(frozen=True, slots=True)
class FaceLook:
    """One drawn person."""

    gender: Gender
    age: Age
    skin: str
    hair: str
    hair_colour: str
    eyes: str
    brows: Literal["thin", "straight", "thick"]
    beard: str
    glasses: Literal["none", "round", "rectangular"]
    earrings: bool
    clothes: str
    clothes_colour: str
    width: float
    """Of the face, about 1."""
    jaw: float
    """Width of the jaw, about 1."""


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour that lies ``share`` (0..1) of the way from ``a`` to ``b``."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def tinted(colour: Rgb, light: Rgb, strength: float) -> Rgb:
    """A colour as seen under coloured light: multiplied by it, ``strength`` of the way."""
    red, green, blue = (
        round(c * (1 - strength + strength * tone / 255)) for c, tone in zip(colour, light, strict=True)
    )
    return red, green, blue


def _hair_colour(rng: Random, age: Age, skin: str) -> str:
    if age == "elderly":
        return rng.choice(("grey", "white"))
    if skin in ("brown", "dark"):
        return "black"
    if skin == "tan":
        return rng.choice(("black", "dark brown", "brown"))
    if age == "middle-aged":
        return rng.choice(("black", "dark brown", "brown", "grey", "blonde"))
    return rng.choice(("black", "dark brown", "brown", "auburn", "blonde"))


def _eye_colour(rng: Random, skin: str) -> str:
    if skin in ("fair", "light"):
        return rng.choice(tuple(EYE_COLOURS))
    return rng.choice(("dark", "brown"))


def choose_look(rng: Random, *, gender: Gender, age: Age, skin: str, hair: str, plain: bool = False) -> FaceLook:
    """Fill in a person whose gender, age, skin and hair style are given; ``plain`` is a studio's: no extras."""
    beard = "none" if gender == "woman" else rng.choice(BEARDS[:2] if plain else BEARDS)
    glasses_odds = {"young": 0.2, "middle-aged": 0.35, "elderly": 0.5}[age]
    glasses: Literal["none", "round", "rectangular"] = "none"
    if not plain and rng.random() < glasses_odds:
        glasses = "round" if rng.random() < 0.5 else "rectangular"
    return FaceLook(
        gender=gender,
        age=age,
        skin=skin,
        hair=hair,
        hair_colour=_hair_colour(rng, age, skin),
        eyes=_eye_colour(rng, skin),
        brows=rng.choice(("thin", "straight")) if gender == "woman" else rng.choice(("straight", "thick")),
        beard=beard,
        glasses=glasses,
        earrings=gender == "woman" and not plain and hair in ("bob", "bun", "ponytail", "curly") and rng.random() < 0.6,
        clothes="crew neck" if plain or hair == "headscarf" else rng.choice(CLOTHES),
        clothes_colour="charcoal" if plain else rng.choice(tuple(CLOTHES_COLOURS)),
        width=rng.uniform(0.95, 1.03),
        jaw=rng.uniform(0.9, 0.98) if gender == "woman" else rng.uniform(0.98, 1.08),
    )
