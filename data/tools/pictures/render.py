"""Render the scenes of the demonstration: picture, gloss, masks and label coordinates, once for all products.

`python render.py [--spp 64] [scene …]` writes data/pictures/scenes/<scene>.webp, -gloss.webp and .npz.
DRJIT_LIBLLVM_PATH must name LLVM 17 or later.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import mitsuba as mi
import numpy as np

mi.set_variant("llvm_ad_rgb")

import drjit as dr  # noqa: E402 - the variant comes first
import scenes_crafts  # noqa: E402
import scenes_fresh  # noqa: E402
import scenes_jars  # noqa: E402
import scenes_packs  # noqa: E402
import scenes_places  # noqa: E402
from layers import SIDE, Layers, encode_light, quiet, write  # noqa: E402
from stage import ROLES  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from stage import Stage

FOLDER: Final = Path(__file__).resolve().parents[2] / "pictures" / "scenes"
ALL: Final = {
    one.__name__: one
    for book in (scenes_jars, scenes_packs, scenes_fresh, scenes_crafts, scenes_places)
    for one in book.SCENES
}
EACH_PASS: Final = 16


def light(stage: Stage, spp: int, *, gloss_only: bool) -> np.ndarray:
    """Follow the light; several passes keep the memory small."""
    side = SIDE // 2 if gloss_only else SIDE
    world = stage.lit(gloss_only=gloss_only, side=side)
    passes = max(1, spp // EACH_PASS)
    total = np.zeros((side, side, 3), dtype=np.float64)
    for seed in range(passes):
        total += np.array(mi.render(world, spp=min(spp, EACH_PASS), seed=seed))[:, :, :3]
    return (total / passes).astype(np.float32)


def calm(picture: np.ndarray, strength: float) -> np.ndarray:
    """Take the grain out."""
    if strength <= 0:
        return picture
    shown = encode_light(picture)
    quiet = cv2.fastNlMeansDenoisingColored(
        shown[:, :, ::-1].copy(), None, strength, strength, 5, 15
    )
    return quiet[:, :, ::-1]


def layers(stage: Stage) -> dict[str, np.ndarray]:
    """Cast plain rays to learn which role each pixel shows, and where in its drawing."""
    world = stage.lit(gloss_only=False)
    sensor = world.sensors()[0]
    names = [one.id().partition("_")[0] for one in world.shapes()]
    masks = np.zeros((len(ROLES), SIDE, SIDE), dtype=np.float32)
    uv = np.zeros((SIDE, SIDE, 2), dtype=np.float64)
    hits = np.zeros((SIDE, SIDE), dtype=np.float64)
    cells = 3
    rows, columns = np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij")
    for cell in range(cells * cells):
        x = (columns + (cell % cells + 0.5) / cells) / SIDE
        y = (rows + (cell // cells + 0.5) / cells) / SIDE
        at = mi.Point2f(
            mi.Float(x.ravel().astype(np.float32)), mi.Float(y.ravel().astype(np.float32))
        )
        ray, _ = sensor.sample_ray(0.0, 0.5, at, mi.Point2f(0.5))
        met = world.ray_intersect(ray)
        role = mi.Float(-1)
        for shape, name in zip(world.shapes(), names, strict=True):
            if name in ROLES:
                is_here = met.shape == mi.ShapePtr(shape)
                role = dr.select(is_here, mi.Float(ROLES.index(name)), role)
        place = mi.Point2f(met.uv)
        dr.eval(role, place)
        shown = np.array(role).reshape(SIDE, SIDE)
        for at, _ in enumerate(ROLES):
            masks[at] += shown == at
        drawn = (shown == ROLES.index("label")) | (shown == ROLES.index("side"))
        uv += np.array(place).T.reshape(SIDE, SIDE, 2) * drawn[:, :, None]
        hits += drawn
    uv = np.where(hits[:, :, None] > 0, uv / np.maximum(hits, 1)[:, :, None], 0)
    return {
        "masks": np.round(masks / cells**2 * 255).astype(np.uint8),
        "uv": np.clip(uv, 0, 1).astype(np.float32),
    }


def save(name: str, stage: Stage, spp: int, strength: float) -> None:
    """Render a scene and write its files."""
    began = time.monotonic()
    whole = calm(light(stage, spp, gloss_only=False), strength)
    gloss = calm(light(stage, spp, gloss_only=True), strength)
    lit = time.monotonic()
    said = layers(stage)
    used = [at for at in range(len(ROLES)) if said["masks"][at].any()]
    masks = {ROLES[at]: said["masks"][at].astype(np.float32) / 255 for at in used}
    FOLDER.mkdir(parents=True, exist_ok=True)
    shown = Layers(whole, gloss, masks, said["uv"], stage.ratio)
    write(FOLDER, name, quiet(_bytes(whole), masks), _bytes(gloss), shown)
    print(name, f"{lit - began:.0f} + {time.monotonic() - lit:.0f} s", flush=True)


def _bytes(picture: np.ndarray) -> np.ndarray:
    return picture if picture.dtype == np.uint8 else encode_light(picture)


def main() -> None:
    """Render the scenes named, or all."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("scenes", nargs="*")
    said.add_argument("--spp", type=int, default=32)
    said.add_argument("--calm", type=float, default=2.0)
    wanted = said.parse_args()
    chosen: dict[str, Callable[[], Any]] = {
        name: make for name, make in ALL.items() if not wanted.scenes or name in wanted.scenes
    }
    for name, make in chosen.items():
        save(name, make(), wanted.spp, wanted.calm)


if __name__ == "__main__":
    main()
