"""Pictures of one person in one scene, a pose at a time."""

import math
from collections.abc import Sequence
from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from dfec_explore.demo.body import Area, neck, neck_shadow, shoulders
from dfec_explore.demo.face import CHIN, ears, features, outline, over_hair
from dfec_explore.demo.geometry import Points, Shape, View, place
from dfec_explore.demo.hair import around_neck, behind, on_head
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.motion import Pose
from dfec_explore.demo.palette import Palette, make_palette
from dfec_explore.demo.scene import Scene, backdrop

DETAIL = 3
"""Everything is drawn this many times larger and averaged down: smooth edges."""
# A full turn, nod and tilt of the head, in radians.
TURN, NOD, TILT = math.radians(30), math.radians(17), math.radians(15)
FACE_REACH, SWING = 1.2, 0.5
"""Half the width of a head without hair, and how far turns and tilts take it to a side; in face units."""
BLUSH = 0.33
"""Radius of the red on a cheek, in face units."""


class Stage:
    """One person in one scene; ``frame(pose)`` is a picture of them.

    What stands still is drawn once; of each frame only the part around the head is drawn anew.
    """

    def __init__(self, look: FaceLook, scene: Scene, *, seed: int) -> None:
        self.look, self.scene = look, scene
        self.colours = make_palette(look, light=scene.light, strength=scene.light_strength)
        self._unit = scene.unit * DETAIL
        self._behind = behind(look, self.colours)
        self._box = self._moving_part()
        self._body = [*shoulders(look, self.colours), (neck(look), self.colours.skin)]
        empty = backdrop(scene, Random(seed))
        self._still = self._with_body(empty)
        self._ground = _enlarged(empty.crop(self._box))
        self._beside = [*around_neck(look, self.colours), *ears(look, self.colours)]
        self._on_head = on_head(look, self.colours)
        self._skin = _skin_picture(self.colours, round(3.4 * self._unit))
        self._blush = _soft_spot(round(BLUSH * self._unit))

    def frame(self, pose: Pose) -> Image.Image:
        """The whole picture, in its final size."""
        image, view = self._ground.copy(), self._view(pose)
        edge = outline(pose, self.look)
        back = [*self._behind, *self._beside]
        front = [*features(pose, self.look, self.colours, edge), *self._on_head]
        front += over_hair(pose, self.look, self.colours)
        places = place([*back, Shape(edge, self.colours.skin), *front], view)
        head = np.array(places[len(back)]).reshape(-1, 2)
        _draw(image, self._behind, places)
        self._draw_body(image, head)
        _draw(image, self._beside, places[len(self._behind) :])
        self._draw_skin(image, head, view, lift=0.05 * pose.cheek)
        _draw(image, front, places[len(back) + 1 :])
        picture = self._still.copy()
        picture.paste(image.reduce(DETAIL), self._box[:2])
        return picture

    def _centre(self, *, within: tuple[int, ...] = (0, 0)) -> Points:
        """Where the middle of a face at rest lies, in enlarged pixels from the corner ``within`` the picture."""
        middle = np.array(self.scene.place) * self.scene.size
        centre: Points = (middle - within[:2]) * DETAIL
        return centre

    def _view(self, pose: Pose) -> View:
        # A turning or nodding head moves as a whole, too: the neck bends.
        x, y = self._centre(within=self._box) + np.array([0.16 * pose.yaw, -0.10 * pose.pitch]) * self._unit
        return View(
            yaw=pose.yaw * TURN,
            pitch=pose.pitch * NOD,
            roll=pose.roll * TILT,
            centre=(float(x), float(y)),
            unit=self._unit,
        )

    def _moving_part(self) -> tuple[int, int, int, int]:
        width, height = self.scene.size
        widest = max([FACE_REACH, *(float(np.abs(shape.points[:, 0]).max()) for shape in self._behind)])
        middle, reach = self.scene.place[0] * width, (widest + SWING) * self.scene.unit
        return max(0, round(middle - reach)), 0, min(width, round(middle + reach)), height

    def _with_body(self, picture: Image.Image) -> Image.Image:
        large = _enlarged(picture)
        self._paint(large, self._body, self._centre())
        return large.reduce(DETAIL)

    def _paint(self, image: Image.Image, areas: Sequence[Area], centre: Points) -> None:
        pen = ImageDraw.Draw(image)
        for points, fill in areas:
            pen.polygon((points * self._unit + centre).ravel().tolist(), fill=fill)

    def _draw_body(self, image: Image.Image, head: Points) -> None:
        """The body once more, over the hair that falls behind it, and the head's shadow on the neck."""
        centre = self._centre(within=self._box)
        chin_x, chin_y = ((head[CHIN] - centre) / self._unit).tolist()
        shadow = neck_shadow(self.look, chin_x=chin_x, chin_y=chin_y)
        self._paint(image, [*self._body, (shadow, self.colours.skin_shade)], centre)

    def _draw_skin(self, image: Image.Image, head: Points, view: View, *, lift: float) -> None:
        """The face's skin, softly shaded, with red cheeks that ``lift`` raises."""
        low, high = head.min(axis=0).astype(int), head.max(axis=0).astype(int) + 2
        mask = Image.new("L", tuple((high - low).tolist()), 0)
        ImageDraw.Draw(mask).polygon((head - low).ravel().tolist(), fill=255)
        shaded = np.round(low - view.centre + np.array(self._skin.size) / 2).astype(int)
        image.paste(_cut(self._skin, shaded, mask.size), tuple(low.tolist()), mask)
        cheeks = Shape(np.array([[-0.56, 0.36 - lift], [0.56, 0.36 - lift]]), self.colours.blush)
        for cheek in np.array(place([cheeks], view)).reshape(-1, 2):
            corner = np.round(cheek - np.array(self._blush.size) / 2).astype(int)
            red = ImageChops.multiply(_cut(mask, corner - low, self._blush.size), self._blush)
            image.paste(self.colours.blush, tuple(corner.tolist()), red)


def _enlarged(image: Image.Image) -> Image.Image:
    return image.resize((image.width * DETAIL, image.height * DETAIL), Image.Resampling.NEAREST)


def _cut(image: Image.Image, corner: Points, size: tuple[int, int]) -> Image.Image:
    x, y = corner.tolist()
    return image.crop((x, y, x + size[0], y + size[1]))


def _draw(image: Image.Image, shapes: Sequence[Shape], places: Sequence[list[float]]) -> None:
    # Pillow blends see-through colours only with an "RGBA" pen, which is slower.
    solid, clear = ImageDraw.Draw(image), ImageDraw.Draw(image, "RGBA")
    for shape, points in zip(shapes, places, strict=False):
        (solid if len(shape.fill) == 3 else clear).polygon(points, fill=shape.fill)


def _skin_picture(colours: Palette, size: int) -> Image.Image:
    """Skin as it is shaded over a head: light from the upper left. ``size`` pixels are 3.4 face units."""
    x, y = np.meshgrid(np.linspace(-1.7, 1.7, 112), np.linspace(-1.7, 1.7, 112))
    shade = np.clip((x * 0.8 + y * 0.25 - 0.25) / 0.95, 0, 1)[..., None] ** 1.5
    glow = np.exp(-(((x + 0.3) / 0.75) ** 2) - ((y + 0.5) / 0.65) ** 2)[..., None]
    skin, dark, light = (np.array(c, float) for c in (colours.skin, colours.skin_shade, colours.skin_light))
    picture = skin + (dark - skin) * shade
    picture = picture + (light - picture) * 0.55 * glow
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")
    return image.resize((size, size), Image.Resampling.BICUBIC)


def _soft_spot(radius: int) -> Image.Image:
    across = np.linspace(-1, 1, 2 * radius)
    x, y = np.meshgrid(across, across)
    strength = 125 * np.clip(1 - x**2 - (1.25 * y) ** 2, 0, 1) ** 1.4
    return Image.fromarray(strength.astype(np.uint8), "L")
