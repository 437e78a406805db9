"""Scenes: what stands behind the face, its light and its framing."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from dfec_explore.demo.look import Rgb


@dataclass(frozen=True, slots=True)
class Scene:
    """One source's kind of picture."""

    size: tuple[int, int]
    """Width and height in pixels; even."""
    unit: float
    """Half the width of a face, in pixels."""
    place: tuple[float, float]
    """Centre of the face, as a share of the width and height."""
    backdrop: Rgb
    backdrop_low: Rgb
    lamp: Rgb
    """Colour of what glows behind the person."""
    light: Rgb
    light_strength: float
    kind: str
    """``plain``, ``bokeh``, ``window``, ``shelves``, ``sky`` or ``wall``."""
    vignette: float


@lru_cache(maxsize=1)
def read_scenes() -> dict[str, tuple[Scene, ...]]:
    """The scenes of every source, as written in ``scenes.toml``."""
    text = files("dfec_explore.demo").joinpath("scenes.toml").read_text(encoding="utf-8")
    return {
        source: tuple(Scene(**{name: _frozen(value) for name, value in scene.items()}) for scene in scenes)
        for source, scenes in tomllib.loads(text).items()
    }


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def backdrop(scene: Scene, rng: Random) -> Image.Image:
    """The still picture behind the person, in its final size."""
    width, height = scene.size
    top, low = np.array(scene.backdrop, float), np.array(scene.backdrop_low, float)
    down = np.linspace(0, 1, height)[:, None, None]
    picture = np.broadcast_to(top + (low - top) * down, (height, width, 3))
    image = Image.fromarray(picture.astype(np.uint8), "RGB")
    DECORATORS[scene.kind](image, scene, rng)
    return _vignetted(image, scene.vignette)


def _vignetted(image: Image.Image, strength: float) -> Image.Image:
    width, height = image.size
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    dark = 1 - strength * np.clip((x**2 + y**2) / 1.7, 0, 1) ** 1.3
    # Half a step of noise, so that soft gradients do not band.
    noise = np.random.default_rng(0).uniform(-0.9, 0.9, (height, width, 1))
    picture = np.asarray(image, float) * dark[..., None] + noise
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")


def _blurred_over(image: Image.Image, draw: Callable[[ImageDraw.ImageDraw], None], blur: float) -> None:
    layer = image.copy()
    # Pillow blends see-through colours only with an "RGBA" pen on an RGB picture.
    draw(ImageDraw.Draw(layer, "RGBA"))
    image.paste(layer.filter(ImageFilter.GaussianBlur(blur)), (0, 0))


def _plain(image: Image.Image, scene: Scene, rng: Random) -> None:
    del image, scene, rng


def _bokeh(image: Image.Image, scene: Scene, rng: Random) -> None:
    width, height = image.size
    for blur, count, alpha in ((9, 9, 110), (2.2, 9, 62)):

        def lights(pen: ImageDraw.ImageDraw, count: int = count, alpha: int = alpha) -> None:
            for _ in range(count):
                x, y, r = rng.uniform(0, width), rng.uniform(0, height * 0.8), rng.uniform(9, 27)
                tone = scene.lamp if rng.random() < 0.7 else (255, 255, 255)
                pen.ellipse((x - r, y - r, x + r, y + r), fill=(*tone, round(alpha * rng.uniform(0.4, 1))))

        _blurred_over(image, lights, blur)


def _window(image: Image.Image, scene: Scene, rng: Random) -> None:
    width, height = image.size
    left = rng.choice((0.02, 0.66)) * width

    def panes(pen: ImageDraw.ImageDraw) -> None:
        for column in range(2):
            for row in range(3):
                x, y = left + column * 0.16 * width, -0.1 * height + row * 0.32 * height
                pen.rectangle((x, y, x + 0.145 * width, y + 0.29 * height), fill=(*scene.lamp, 120))

    _blurred_over(image, panes, 9)


def _shelves(image: Image.Image, scene: Scene, rng: Random) -> None:
    width, height = image.size

    def books(pen: ImageDraw.ImageDraw) -> None:
        for row in range(3):
            base = height * (0.26 + 0.3 * row)
            x = 0.0
            while x < width:
                w, h = rng.uniform(9, 24), rng.uniform(0.12, 0.22) * height
                tone = rng.choice(((150, 60, 50), (60, 90, 110), (190, 150, 90), (90, 110, 80), (210, 196, 170)))
                if rng.random() < 0.8:
                    pen.rectangle((x, base - h, x + w, base), fill=(*tone, 110))
                x += w + rng.uniform(0, 5)
            pen.rectangle((0, base, width, base + 8), fill=(20, 12, 10, 110))

    _blurred_over(image, books, 7)

    def lamp(pen: ImageDraw.ImageDraw) -> None:
        x, y = width * (0.12 if scene.place[0] > 0.5 else 0.86), height * 0.3
        pen.ellipse((x - 46, y - 46, x + 46, y + 46), fill=(*scene.lamp, 190))

    _blurred_over(image, lamp, 24)


def _sky(image: Image.Image, scene: Scene, rng: Random) -> None:
    width, height = image.size

    def clouds(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(7):
            x, y, r = rng.uniform(0, width), rng.uniform(0, height * 0.5), rng.uniform(24, 64)
            pen.ellipse((x - 1.8 * r, y - 0.5 * r, x + 1.8 * r, y + 0.5 * r), fill=(*scene.lamp, 120))
        for _ in range(9):
            x, r = rng.uniform(0, width), rng.uniform(40, 90)
            pen.ellipse((x - r, height - r, x + r, height + r), fill=(86, 126, 86, 150))

    _blurred_over(image, clouds, 12)


def _wall(image: Image.Image, scene: Scene, rng: Random) -> None:
    width, height = image.size
    x = width * rng.choice((0.1, 0.9))

    def glow(pen: ImageDraw.ImageDraw) -> None:
        pen.ellipse((x - 130, -80, x + 130, 210), fill=(*scene.lamp, 110))
        pen.rectangle((0, height * 0.78, width, height), fill=(0, 0, 0, 60))

    _blurred_over(image, glow, 40)


DECORATORS: dict[str, Callable[[Image.Image, Scene, Random], None]] = {
    "plain": _plain,
    "bokeh": _bokeh,
    "window": _window,
    "shelves": _shelves,
    "sky": _sky,
    "wall": _wall,
}
