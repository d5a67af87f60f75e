"""What a rendered scene is made of, as it lies on disk."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SIDE: Final = 960
STEPS: Final = 2047  # a drawing is addressed in so many steps each way
HEADROOM: Final = 1.6  # light brighter than white is kept up to this


@dataclass(frozen=True)
class Layers:
    """A scene: its light as floats, its gloss, where each role shows, and label coordinates."""

    light: np.ndarray
    gloss: np.ndarray
    masks: dict[str, np.ndarray]
    uv: np.ndarray
    ratio: float


def encode_light(linear: np.ndarray) -> np.ndarray:
    """Write light in bytes, fine in the dark."""
    return np.round(np.clip(linear / HEADROOM, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def decode_light(data: np.ndarray) -> np.ndarray:
    """Read light from bytes."""
    return (data.astype(np.float32) / 255) ** 2.2 * HEADROOM


def quiet(data: np.ndarray, masks: dict[str, np.ndarray]) -> np.ndarray:
    """Take the last grain out: ground and paper are smooth, things keep their edges."""
    light = decode_light(cv2.bilateralFilter(data, 9, 26, 4))
    for role, reach in (("ground", 4.0), ("label", 2.5), ("side", 2.5)):
        if role not in masks:
            continue
        weight = masks[role][:, :, None] ** 2
        spread = cv2.GaussianBlur(weight, (0, 0), reach)[:, :, None]
        smooth = cv2.GaussianBlur(light * weight, (0, 0), reach) / np.maximum(spread, 1e-4)
        share = weight * np.clip(spread * 2 - 0.6, 0, 1)
        light = light * (1 - share) + smooth * share
    return encode_light(light)


def write(folder: Path, name: str, light: np.ndarray, gloss: np.ndarray, said: Layers) -> None:
    """Write a scene: its light and gloss as bytes, its masks and coordinates packed."""
    Image.fromarray(light).save(folder / f"{name}.webp", quality=80, method=6)
    Image.fromarray(gloss).save(folder / f"{name}-gloss.webp", quality=82, method=6)
    roles = list(said.masks)
    masks = np.round(np.stack(list(said.masks.values())) * 255).astype(np.uint8)
    at = np.round(said.uv.transpose(2, 0, 1) * STEPS).astype(np.int32)
    steps = np.diff(np.diff(at, axis=2, prepend=0), axis=2, prepend=0).astype(np.int16)
    np.savez(
        folder / f"{name}.npz",
        roles=np.array(roles),
        masks=np.frombuffer(lzma.compress(masks.tobytes()), dtype=np.uint8),
        uv=np.frombuffer(lzma.compress(steps.tobytes()), dtype=np.uint8),
        ratio=said.ratio,
    )


def read(folder: Path, name: str) -> Layers:
    """Read a scene."""
    with Image.open(folder / f"{name}.webp") as opened:
        light = decode_light(np.asarray(opened.convert("RGB")))
    with Image.open(folder / f"{name}-gloss.webp") as opened:
        large = opened.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        gloss = decode_light(np.asarray(large))
    with np.load(folder / f"{name}.npz") as said:
        roles = [str(one) for one in said["roles"]]
        masks = np.frombuffer(lzma.decompress(said["masks"].tobytes()), dtype=np.uint8)
        steps = np.frombuffer(lzma.decompress(said["uv"].tobytes()), dtype=np.int16)
        ratio = float(said["ratio"])
    masks = masks.reshape(len(roles), SIDE, SIDE).astype(np.float32) / 255
    shown = dict(zip(roles, masks, strict=True))
    gloss = np.minimum(gloss, light)
    uv = np.cumsum(np.cumsum(steps.reshape(2, SIDE, SIDE).astype(np.int32), axis=2), axis=2)
    return Layers(
        light,
        gloss,
        shown,
        uv.transpose(1, 2, 0).astype(np.float32) / STEPS,
        ratio,
    )
