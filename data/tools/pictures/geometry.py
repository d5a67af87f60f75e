"""Shapes for the demonstration scenes: meshes of numpy arrays, moved and joined before they are rendered.

Up is z, the camera looks along +y, so what faces the camera faces -y. `uv` runs from 0 to 1, to the right and
downwards, as in a picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Profile = Sequence[tuple[float, float]]

FULL_TURN: Final = (-180.0, 180.0)


@dataclass(frozen=True)
class Shape:
    """A mesh: points, triangles, and where each point lies in a picture."""

    points: np.ndarray
    faces: np.ndarray
    uv: np.ndarray

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> Shape:
        """Move it."""
        return Shape(self.points + np.array([x, y, z]), self.faces, self.uv)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Shape:
        """Scale it, by one factor or one for each axis."""
        factors = np.array([x, x if y is None else y, x if z is None else z])
        return Shape(self.points * factors, self.faces, self.uv)

    def turned(self, degrees: float, axis: str = "z") -> Shape:
        """Turn it about an axis through the origin."""
        a = math.radians(degrees)
        c, s = math.cos(a), math.sin(a)
        matrix = {
            "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
            "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
            "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
        }[axis]
        return Shape(self.points @ np.array(matrix).T, self.faces, self.uv)

    def bent(self, rule: Callable[[np.ndarray], np.ndarray]) -> Shape:
        """Move every point by a rule of one's own."""
        return Shape(rule(self.points.copy()), self.faces, self.uv)


def join(shapes: Sequence[Shape]) -> Shape:
    """Make one mesh of many."""
    faces, at = [], 0
    for one in shapes:
        faces.append(one.faces + at)
        at += len(one.points)
    return Shape(
        np.concatenate([one.points for one in shapes]),
        np.concatenate(faces),
        np.concatenate([one.uv for one in shapes]),
    )


def grid(points: np.ndarray, uv: np.ndarray | None = None) -> Shape:
    """Make a surface of rows × columns of points."""
    rows, columns = points.shape[:2]
    if uv is None:
        across, down = np.meshgrid(np.linspace(0, 1, columns), np.linspace(1, 0, rows))
        uv = np.stack([across, down], axis=-1)
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate(
        [np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)]
    )
    return Shape(points.reshape(-1, 3).astype(float), faces, uv.reshape(-1, 2).astype(float))


def smooth(profile: Profile, steps: int = 8) -> list[tuple[float, float]]:
    """Draw a Catmull-Rom curve through the points of a profile."""
    p = np.array(profile, dtype=float)
    out = []
    for at in range(len(p) - 1):
        p0, p1, p2 = p[max(at - 1, 0)], p[at], p[at + 1]
        p3 = p[min(at + 2, len(p) - 1)]
        for step in range(steps):
            t = step / steps
            out.append(
                0.5
                * (
                    2 * p1
                    + (p2 - p0) * t
                    + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                    + (3 * p1 - p0 - 3 * p2 + p3) * t**3
                )
            )
    out.append(p[-1])
    return [(max(float(r), 0.0), float(z)) for r, z in out]


def lathe(profile: Profile, arc: tuple[float, float] = FULL_TURN, steps: int = 96) -> Shape:
    """Turn a profile of (radius, height), from below, about the upright axis; 0 degrees face the camera."""
    p = np.array(profile, dtype=float)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    angles = np.radians(np.linspace(*arc, steps + 1))
    radius, height = p[:, :1], p[:, 1:]
    points = np.stack(
        [
            radius * np.sin(angles),
            -radius * np.cos(angles),
            np.broadcast_to(height, (len(p), steps + 1)),
        ],
        axis=-1,
    )
    across = np.broadcast_to(np.linspace(0, 1, steps + 1), (len(p), steps + 1))
    down = np.broadcast_to((1 - run / run[-1])[:, None], (len(p), steps + 1))
    return grid(points, np.stack([across, down], -1))


def ball(radius: float = 1.0, *, flat: float = 1.0, steps: int = 28) -> Shape:
    """A sphere, or an ellipsoid flattened in height."""
    bends = np.radians(np.linspace(-90, 90, steps // 2 + 1))
    return lathe([(radius * math.cos(a), radius * flat * math.sin(a)) for a in bends], steps=steps)


def disc(radius: float, height: float = 0.0) -> Shape:
    """A flat round, whose picture is seen from above."""
    rings = np.linspace(0, radius, 12)
    shape = lathe([(r, height) for r in rings[::-1]], steps=64)
    return Shape(shape.points, shape.faces, shape.points[:, :2] / radius * [0.5, -0.5] + 0.5)


def quad(corner: Sequence[float], right: Sequence[float], up: Sequence[float]) -> Shape:
    """A rectangle from its lower left corner and two edges."""
    c, r, u = (np.array(one, dtype=float) for one in (corner, right, up))
    return grid(np.array([[c, c + r], [c + u, c + u + r]]))


def box(width: float, depth: float, height: float) -> dict[str, Shape]:
    """The five faces of a box on the ground, its middle over the origin."""
    w, d, h = width / 2, depth / 2, height
    return {
        "front": quad((-w, -d, 0), (width, 0, 0), (0, 0, h)),
        "right": quad((w, -d, 0), (0, depth, 0), (0, 0, h)),
        "back": quad((w, d, 0), (-width, 0, 0), (0, 0, h)),
        "left": quad((-w, d, 0), (0, -depth, 0), (0, 0, h)),
        "top": quad((-w, -d, h), (width, 0, 0), (0, depth, 0)),
    }


def block(width: float, depth: float, height: float, *, round_off: float = 0.03) -> Shape:
    """A solid block with softened edges, standing on the ground."""
    n = 9
    side = []
    turns = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    steps = np.linspace(-1, 1, n)
    faces = [(t, 1) for t in turns]
    for (cx, cy), _ in faces:
        side.append(np.array([[(cx - cy * a, cy + cx * a, b) for a in steps] for b in steps]))
    side.append(np.array([[(a, b, 1) for a in steps] for b in steps]))
    side.append(np.array([[(a, -b, -1) for a in steps] for b in steps]))
    half = np.array([width, depth, height]) / 2
    r = min(round_off, *half)
    inner = half - r

    def soften(points: np.ndarray) -> np.ndarray:
        stretched = points * half
        core = np.clip(stretched, -inner, inner)
        out = stretched - core
        length = np.linalg.norm(out, axis=-1, keepdims=True)
        return core + np.where(length > 0, out / np.maximum(length, 1e-9) * r, 0)

    # rows of points must lie close to the edge for the softening to show
    def near_edges(points: np.ndarray) -> np.ndarray:
        share = 1 - r / half * 1.2
        return np.where(
            np.abs(points) < 0.99, np.sign(points) * np.abs(points) ** 0.25 * share, points
        )

    shapes = [grid(soften(near_edges(one))) for one in side]
    return join(shapes).moved(0, 0, half[2])


def tube(
    path: Sequence[Sequence[float]],
    radius: float | Callable[[float], float],
    *,
    steps: int = 14,
    fine: int = 8,
) -> Shape:
    """A round rod along a curve through some points; the radius may change from 0 to 1 along it."""
    p = np.array(path, dtype=float)
    if len(p) > 2:
        lines = [smooth_line(p[:, axis], fine) for axis in range(3)]
        p = np.stack(lines, axis=-1)
    way = np.gradient(p, axis=0)
    way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    helper = np.where(np.abs(way[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]])
    side = np.cross(way, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(way, side)
    along = np.linspace(0, 1, len(p))
    widths = np.array([radius(t) if callable(radius) else radius for t in along])[:, None, None]
    angles = np.linspace(0, 2 * math.pi, steps + 1)[None, :, None]
    points = p[:, None] + widths * (
        np.cos(angles) * side[:, None] + np.sin(angles) * other[:, None]
    )
    return grid(points)


def smooth_line(values: np.ndarray, steps: int) -> np.ndarray:
    """Refine one coordinate of a curve."""
    return np.array([z for _, z in _free([(0.0, float(one)) for one in values], steps)])


def _free(profile: Profile, steps: int) -> list[tuple[float, float]]:
    return smooth(profile, steps)


def bag(width: float, depth: float, height: float, *, crimp: float = 0.55) -> Shape:
    """A filled standing pouch, its top pressed flat; the picture lies on its front."""
    rows, columns = 60, 120
    t = np.linspace(0, 1, rows + 1)[:, None]
    a = np.linspace(0, 2 * math.pi, columns + 1)[None, :]
    thick = depth / 2 * (1 - np.maximum(0, (t - crimp) / (1 - crimp)) ** 1.4 * 0.94)
    thick = thick * (1 - 0.15 * np.exp(-t * 14))
    wide = width / 2 * (1 + 0.02 * np.sin(t * 6))
    power = 2 / 3.4
    x = wide * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** power
    y = -thick * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** power
    y = y + 0.008 * np.sin(21 * t + 6 * x / width) * np.sin(14 * x / width + 3 * t)
    z = np.broadcast_to(t * height, x.shape)
    uv = np.stack([(x / wide + 1) / 2, np.broadcast_to(1 - t, x.shape)], -1)
    return grid(np.stack([x, y, z], -1), uv)


def pillow(width: float, height: float, thick: float) -> Shape:
    """A sealed flat pack, upright, facing the camera; its front bulges and its seams are flat."""
    n = 70
    across, up = np.meshgrid(np.linspace(-1, 1, n), np.linspace(-1, 1, n))
    bulge = np.clip((1 - np.abs(across) ** 3.2) * (1 - np.abs(up / 0.88) ** 3.6), 0, 1)
    crease = 0.012 * np.sin(9 * up + 4 * across) * np.cos(7 * across) * bulge**0.5
    seam = np.where(np.abs(up) > 0.9, 0.006 * np.sin(across * 90), 0)
    narrow = 1 - 0.03 * (1 - up**2)
    x = across * width / 2 * narrow
    y = -(thick / 2 * bulge**0.75 + crease * (bulge > 0.02) + seam)
    z = (up + 1) / 2 * height
    return grid(np.stack([x, y, z], -1))


def leaf(length: float, width: float, droop: float = 0.3, *, fold: float = 0.25) -> Shape:
    """A leaf that grows from the origin along +y and hangs down towards its tip."""
    t = np.linspace(0, 1, 18)[:, None]
    s = np.linspace(-1, 1, 9)[None, :]
    wide = width / 2 * np.sin(np.pi * t**0.8) ** 0.9
    x = wide * s
    y = np.broadcast_to(t * length, x.shape)
    z = -droop * length * t**2 + fold * np.abs(x)
    return grid(np.stack([x, y, z], -1))
