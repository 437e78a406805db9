"""The colours of one drawn person under the light of one scene."""

from dataclasses import dataclass

from dfec_explore.demo.look import CLOTHES_COLOURS, EYE_COLOURS, HAIR_COLOURS, SKINS, FaceLook, Rgb, mix, tinted


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour that a face is drawn with, as red, green, blue 0..255."""

    skin: Rgb
    skin_light: Rgb
    skin_shade: Rgb
    skin_side: Rgb
    """Of the side of the head."""
    skin_deep: Rgb
    """Wrinkles, nostrils, lid creases."""
    blush: Rgb
    lip: Rgb
    lip_shade: Rgb
    mouth: Rgb
    tongue: Rgb
    teeth: Rgb
    eye_white: Rgb
    eye_shade: Rgb
    iris: Rgb
    iris_rim: Rgb
    pupil: Rgb
    lash: Rgb
    hair: Rgb
    hair_shade: Rgb
    hair_light: Rgb
    brow: Rgb
    clothes: Rgb
    clothes_shade: Rgb
    clothes_light: Rgb
    frame: Rgb
    """Of the glasses."""
    gold: Rgb


SHADOW: Rgb = (92, 40, 52)
WHITE: Rgb = (255, 255, 255)


def make_palette(look: FaceLook, *, light: Rgb, strength: float) -> Palette:
    """Colours of a person in a scene's light; ``strength`` 0..1 is how far the light colours them."""

    def lit(colour: Rgb) -> Rgb:
        return tinted(colour, light, strength)

    skin, hair = SKINS[look.skin], HAIR_COLOURS[look.hair_colour]
    clothes, iris = CLOTHES_COLOURS[look.clothes_colour], EYE_COLOURS[look.eyes]
    lip_tone: Rgb = (196, 74, 82) if look.gender == "woman" else (176, 92, 84)
    lip = mix(skin, lip_tone, 0.62 if look.gender == "woman" else 0.36)
    brow = mix(hair, (60, 46, 44), 0.35 if look.hair_colour in ("blonde", "white", "grey") else 0.1)
    return Palette(
        skin=lit(skin),
        skin_light=lit(mix(skin, (255, 244, 228), 0.35)),
        skin_shade=lit(mix(skin, SHADOW, 0.17)),
        skin_side=lit(mix(skin, SHADOW, 0.1)),
        skin_deep=lit(mix(skin, SHADOW, 0.5)),
        blush=lit(mix(skin, (226, 82, 80), 0.26)),
        lip=lit(lip),
        lip_shade=lit(mix(lip, (90, 20, 40), 0.32)),
        mouth=lit((88, 26, 36)),
        tongue=lit((206, 96, 100)),
        teeth=lit((252, 249, 243)),
        eye_white=lit((250, 248, 246)),
        eye_shade=lit((206, 204, 214)),
        iris=lit(iris),
        iris_rim=lit(mix(iris, (20, 16, 24), 0.5)),
        pupil=lit((22, 18, 24)),
        lash=lit(mix((40, 28, 30), hair, 0.15)),
        hair=lit(hair),
        hair_shade=lit(mix(hair, (18, 12, 28), 0.34)),
        hair_light=lit(mix(hair, (255, 226, 190), 0.22)),
        brow=lit(brow),
        clothes=lit(clothes),
        clothes_shade=lit(mix(clothes, (16, 14, 34), 0.26)),
        clothes_light=lit(mix(clothes, WHITE, 0.16)),
        frame=lit((44, 38, 42) if look.glasses == "rectangular" else (150, 104, 60)),
        gold=lit((232, 190, 96)),
    )
