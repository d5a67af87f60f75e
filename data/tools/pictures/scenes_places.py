"""Small models of places: terraces, a stilt house, a coast, a river, and the shelf of a showroom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from geometry import Shape, ball, block, box, grid, join, lathe, leaf, quad, smooth, tube
from scenes_packs import STRAW
from stage import Colour, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

BARK: Final = (0.24, 0.15, 0.08)
THATCH: Final = (0.40, 0.28, 0.15)
WALL: Final = (0.52, 0.34, 0.18)
PAPER: Final = (0.84, 0.79, 0.66)
GREEN: Final = (0.13, 0.25, 0.08)


def _land(
    height: Callable[[np.ndarray, np.ndarray], np.ndarray],
    *,
    fine: int = 260,
    far: float = 6.5,
    near: float = -2.2,
) -> Shape:
    x, y = np.meshgrid(np.linspace(-4.2, 4.2, fine), np.linspace(near, far, fine))
    return grid(np.stack([x, y, height(x, y)], -1))


def _slope(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    hill = 0.36 * (y + 1.2) + 0.34 * np.sin(0.9 * x + 0.5 * y) + 0.2 * np.sin(1.7 * x - 0.8 * y + 1)
    valley = -0.5 * np.exp(-((x + 0.3 - 0.25 * y) ** 2) / 0.5)
    return np.maximum(hill + valley * 0.6, -0.2)


def _stepped(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    h = _slope(x, y) / 0.13
    whole = np.floor(h)
    rest = np.clip((h - whole - 0.8) / 0.2, 0, 1)
    return (whole + rest) * 0.13


def stilt_house(size: float = 1.0) -> dict[str, Shape]:
    """A house on posts with a steep thatched roof."""
    posts = [
        tube([(x, y, 0), (x, y, 0.42)], 0.03)
        for x in (-0.55, -0.18, 0.18, 0.55)
        for y in (-0.32, 0.32)
    ]
    floor = block(1.34, 0.86, 0.06, round_off=0.01).moved(0, 0, 0.4)
    body = join(list(box(1.16, 0.66, 0.4).values())).moved(0, 0, 0.46)
    ridge, low, wide, deep = 1.38, 0.78, 0.86, 0.6
    slope = []
    for side in (-1, 1):
        rows = np.linspace(0, 1, 16)[:, None]
        cols = np.linspace(-1, 1, 50)[None, :]
        spread = 0.5 + 0.5 * rows
        px = cols * wide * (0.62 + 0.38 * spread)
        py = side * rows * deep + 0 * cols
        pz = (
            ridge
            - (ridge - low) * rows**1.12
            + 0.012 * np.sin(cols * 70)
            + 0.02 * np.cos(cols * 3) * (1 - rows)
        )
        slope.append(grid(np.stack([px, py, pz], -1)))
    ends = [
        grid(
            np.array(
                [
                    [(side * 0.56, -0.34, 0.84), (side * 0.56, 0.34, 0.84)],
                    [(side * 0.56, 0, 1.34), (side * 0.56, 0, 1.34)],
                ]
            )
        )
        for side in (-1, 1)
    ]
    door = quad((-0.12, -0.337, 0.47), (0.24, 0, 0), (0, 0, 0.33))
    windows = [quad((x, -0.337, 0.58), (0.2, 0, 0), (0, 0, 0.18)) for x in (-0.46, 0.26)]
    stairs = [block(0.24, 0.05, 0.02).moved(0, -0.48 - 0.07 * k, 0.4 - 0.085 * k) for k in range(5)]
    rails = [tube([(x, -0.46, 0.46), (x, -0.82, 0.02)], 0.014) for x in (-0.12, 0.12)]
    rail = [tube([(-0.66, -0.42, z), (-0.2, -0.42, z)], 0.012) for z in (0.53, 0.6)] + [
        tube([(0.2, -0.42, z), (0.66, -0.42, z)], 0.012) for z in (0.53, 0.6)
    ]
    said = {
        "wood": join([*posts, floor, *stairs, *rails, *rail]),
        "wall": join([body, *ends]),
        "roof": join(slope),
        "dark": join([door, *windows]),
    }
    return {name: shape.scaled(size) for name, shape in said.items()}


def _set_house(s: Stage, x: float, y: float, z: float, size: float, turn: float) -> None:
    looks = {
        "wood": ("satin", BARK),
        "wall": ("matte", WALL),
        "roof": ("matte", THATCH),
        "dark": ("matte", (0.05, 0.035, 0.025)),
    }
    for name, shape in stilt_house(size).items():
        kind, colour = looks[name]
        role = "c" if name == "roof" else ""
        s.add(shape.turned(turn).moved(x, y, z), kind, colour, role=role)


def _palm(x: float, y: float, z: float, height: float, seed: int) -> tuple[Shape, Shape]:
    rng = np.random.default_rng(seed)
    lean = rng.uniform(-0.18, 0.18)
    trunk = tube(
        [(x, y, z), (x + lean * 0.4, y, z + height * 0.5), (x + lean, y, z + height)],
        lambda t: 0.04 - 0.015 * t,
    )
    crown = [
        leaf(0.55, 0.12, 0.55, fold=0.4)
        .turned(24, "x")
        .turned(a + rng.uniform(-8, 8))
        .moved(x + lean, y, z + height)
        for a in range(0, 360, 36)
    ]
    return trunk, join(crown)


def _trees(spots: list[tuple[float, float, float, float]], seed: int) -> Shape:
    rng = np.random.default_rng(seed)
    out = []
    for x, y, z, size in spots:
        for _ in range(5):
            d = rng.uniform(-0.5, 0.5, 3) * size
            out.append(
                ball(size * rng.uniform(0.4, 0.62), flat=0.85, steps=14).moved(
                    x + d[0], y + d[1], z + size * 0.7 + d[2] * 0.6
                )
            )
    return join(out)


def _far_hills(s: Stage, role: str) -> None:
    hills = []
    for x, y, r, h in (
        (-2.4, 6.2, 1.9, 2.7),
        (-0.4, 6.8, 2.2, 2.2),
        (1.7, 6.4, 1.7, 3.1),
        (3.4, 6.6, 1.6, 2.3),
    ):
        cone = lathe(
            smooth(
                [
                    (r, 0),
                    (r * 0.72, h * 0.42),
                    (r * 0.4, h * 0.82),
                    (r * 0.14, h * 0.98),
                    (0.001, h),
                ]
            )
        )
        hills.append(cone.moved(x, y + 1.5))
    s.add(join(hills), "matte", role=role)


def _sky(s: Stage, slant: tuple[float, float, float] = (0.75, 1.0, -0.85)) -> None:
    s.cove = False
    s.add(quad((-16, 11, -2), (32, 0, 0), (0, 0, 18)), "matte", role="ground")
    s.extra["sun"] = {
        "type": "directional",
        "direction": list(slant),
        "irradiance": {"type": "rgb", "value": [1.7, 1.55, 1.3]},
    }
    s.extra["around"] = {
        "type": "constant",
        "radiance": {"type": "rgb", "value": [0.62, 0.64, 0.66]},
    }


def _terrace_parts() -> tuple[Shape, Shape, Shape]:
    """Part the terraced land into its steps, lighter and darker fields in turn, and the banks between."""
    land = _land(_stepped, fine=460)
    corners = land.points[land.faces]
    up = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    is_flat = np.abs(up[:, 2]) > 0.86 * np.linalg.norm(up, axis=1)
    level = np.round(corners[:, :, 2].mean(axis=1) / 0.13).astype(int)
    kinds = (is_flat & (level % 3 != 0), is_flat & (level % 3 == 0), ~is_flat)
    first, second, bank = (Shape(land.points, land.faces[one], land.uv) for one in kinds)
    return first, second, bank


def terraces() -> Stage:
    """Terraced fields with a house on stilts."""
    s = Stage(height=2.5, target=1.0, distance=6.4, angle=26)
    _sky(s, slant=(0.95, 0.5, -0.62))
    first, second, bank = _terrace_parts()
    s.add(first, "matte", role="a")
    s.add(second, "matte", role="side")
    s.add(bank, "matte", (0.16, 0.13, 0.05), flat=True)
    _far_hills(s, "b")
    x, y = 0.62, 0.55
    _set_house(s, x, y, float(_stepped(np.array(x), np.array(y))) - 0.02, 0.66, -18)
    spots = [
        (x, y, float(_stepped(np.array(x), np.array(y))), r)
        for x, y, r in (
            (1.45, 1.0, 0.26),
            (0.1, 1.3, 0.2),
            (-1.3, 1.6, 0.28),
            (-1.6, 2.1, 0.24),
            (1.5, 0.2, 0.2),
        )
    ]
    s.add(_trees(spots, 2), "matte", GREEN)
    return s


def homestay() -> Stage:
    """A house on stilts in its garden."""
    s = Stage(height=1.3, target=0.82, distance=5.9, angle=26)
    _sky(s)
    s.add(
        _land(lambda x, y: 0.05 * np.sin(1.3 * x) * np.cos(1.1 * y) + 0.06 * np.maximum(y - 1, 0)),
        "matte",
        role="a",
    )
    _far_hills(s, "b")
    _set_house(s, -0.05, 0.35, 0.0, 1.22, 16)
    palms = [_palm(-1.35, 0.9, 0, 1.7, 1), _palm(1.35, 1.2, 0, 1.9, 2), _palm(1.7, 0.5, 0, 1.3, 5)]
    s.add([one[0] for one in palms], "matte", BARK)
    s.add([one[1] for one in palms], "satin", GREEN)
    s.add(
        _trees(
            [
                (-1.1, -0.3, 0, 0.16),
                (1.05, -0.45, 0, 0.14),
                (0.75, -0.6, 0, 0.1),
                (-0.85, -0.6, 0, 0.1),
            ],
            4,
        ),
        "matte",
        (0.18, 0.3, 0.09),
    )
    fence = [
        tube(
            [(x, -1.1 + 0.05 * math.sin(x * 3), 0), (x, -1.1 + 0.05 * math.sin(x * 3), 0.26)], 0.018
        )
        for x in np.linspace(-1.8, 1.8, 30)
        if abs(x - 0.3) > 0.28
    ]
    s.add(fence, "matte", STRAW)
    return s


def coast() -> Stage:
    """A bay with boats."""
    s = Stage(height=1.9, target=0.72, distance=6.2, angle=26)
    _sky(s)
    s.add(
        _land(lambda x, y: 0.02 * np.sin(9 * x + 3 * y) * np.sin(7 * y - 2 * x) - 0.02, far=11),
        "gloss",
        role="a",
    )
    s.add(
        _land(
            lambda x, y: np.minimum(0.3, 0.24 - 0.36 * (y + 2.1 + 0.35 * np.sin(x * 1.1))), near=-5
        ),
        "matte",
        (0.80, 0.68, 0.47),
    )
    _far_hills(s, "b")
    for x, y, turn, size in ((-0.6, 0.35, 24, 1.0), (0.85, 1.5, -35, 0.8), (-1.5, 2.6, 60, 0.7)):
        rows, cols = np.linspace(-1, 1, 40)[:, None], np.linspace(-1, 1, 14)[None, :]
        wide = 0.24 * (1 - rows**4)
        hull = grid(
            np.stack(
                [
                    rows * 0.72 + 0 * cols,
                    wide * cols,
                    -0.02
                    + 0.26 * np.abs(cols) ** 2.5 * (1 - 0.3 * rows**2)
                    + 0.2 * rows**4
                    + 0 * cols,
                ],
                -1,
            )
        )
        deck = block(0.34, 0.26, 0.24, round_off=0.03).moved(0.28, 0, 0.12)
        mast = tube([(-0.1, 0, 0.05), (-0.1, 0, 0.95)], 0.016)
        for shape, kind, role, colour in (
            (hull, "satin", "c", WALL),
            (deck, "satin", "", (0.75, 0.70, 0.6)),
            (mast, "matte", "", BARK),
        ):
            s.add(shape.scaled(size).turned(turn).moved(x, y, 0), kind, colour, role=role)
    palms = [_palm(1.35, -0.7, 0.05, 1.75, 3), _palm(1.65, -0.35, 0.0, 1.45, 8)]
    s.add([one[0] for one in palms], "matte", BARK)
    s.add([one[1] for one in palms], "satin", GREEN)
    return s


def river() -> Stage:
    """A river between orchards, with sampans of fruit."""
    s = Stage(height=2.0, target=0.72, distance=6.2, angle=26)
    _sky(s)

    def banks(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        middle = 0.5 * np.sin(0.55 * y + 0.4)
        return 0.24 * np.tanh(5 * (np.abs(x - middle) - 0.95 - 0.06 * np.sin(4 * y))) - 0.06

    s.add(_land(banks, fine=320, far=10), "matte", role="a")
    s.add(quad((-5, -2.3, -0.02), (10, 0, 0), (0, 13, 0)), "gloss", role="b")
    _set_house(s, -1.25, 1.5, 0.15, 0.6, 28)
    palms = [
        _palm(x, y, 0.1, h, at)
        for at, (x, y, h) in enumerate(
            (
                (1.55, 0.2, 1.5),
                (1.5, 1.4, 1.7),
                (-1.5, 0.3, 1.4),
                (1.9, 2.6, 1.7),
                (-0.9, 3.2, 1.6),
                (1.6, 4.2, 1.8),
                (-1.9, 2.6, 1.9),
            )
        )
    ]
    s.add([one[0] for one in palms], "matte", BARK)
    s.add([one[1] for one in palms], "satin", GREEN)
    for x, y, turn, size in ((0.05, -0.35, 66, 1.0), (0.5, 1.4, 100, 0.85)):
        rows, cols = np.linspace(-1, 1, 40)[:, None], np.linspace(-1, 1, 12)[None, :]
        wide = 0.19 * (1 - rows**4)
        hull = grid(
            np.stack(
                [
                    rows * 0.8 + 0 * cols,
                    wide * cols,
                    0.02 + 0.16 * np.abs(cols) ** 2.2 + 0.12 * rows**4 + 0 * cols,
                ],
                -1,
            )
        )
        s.add(hull.scaled(size).turned(turn).moved(x, y, 0), "satin", BARK)
        load = [
            ball(0.075, steps=12).moved(-0.4 + 0.14 * (k % 6), -0.06 + 0.12 * (k // 6), 0.14)
            for k in range(12)
        ]
        s.add(join(load).scaled(size).turned(turn).moved(x, y, 0), "satin", role="c")
    return s


def shelf() -> Stage:
    """The shelf of a showroom: jars, tins, bags and baskets."""
    s = Stage(ratio=4.2, height=1.5, target=1.36, distance=7.6, angle=23)
    s.add(quad((-3, 1.0, 0), (6, 0, 0), (0, 0, 4)), "matte", role="a")
    for z in (0.12, 0.86, 1.6):
        s.add(block(2.7, 0.7, 0.07, round_off=0.01).moved(0, 0.5, z), "satin", (0.50, 0.32, 0.16))
    s.add(
        [block(0.08, 0.7, 2.3, round_off=0.01).moved(x, 0.5, 0) for x in (-1.32, 1.32)],
        "satin",
        (0.50, 0.32, 0.16),
    )
    jar = lathe(
        smooth([(0.001, 0), (0.17, 0), (0.2, 0.03), (0.2, 0.32), (0.16, 0.39), (0.001, 0.39)])
    )
    cap = lathe(smooth([(0.17, 0.37), (0.175, 0.39), (0.17, 0.46), (0.001, 0.47)]))
    tin_ = lathe(
        smooth([(0.001, 0), (0.17, 0), (0.18, 0.02), (0.18, 0.42), (0.16, 0.45), (0.001, 0.45)])
    )
    bottle = lathe(
        smooth(
            [
                (0.001, 0),
                (0.1, 0),
                (0.12, 0.03),
                (0.12, 0.34),
                (0.06, 0.46),
                (0.045, 0.58),
                (0.001, 0.58),
            ]
        )
    )
    sack = block(0.36, 0.2, 0.5, round_off=0.07)
    pot = lathe(
        smooth([(0.1, 0), (0.19, 0.12), (0.21, 0.24), (0.1, 0.4), (0.08, 0.47), (0.11, 0.52)])
    )
    looks: dict[int, tuple[str, Colour, str]] = {
        id(jar): ("gloss", (0.52, 0.22, 0.03), ""),
        id(tin_): ("satin", (0.5, 0.5, 0.5), "b"),
        id(bottle): ("gloss", (0.16, 0.05, 0.02), ""),
        id(sack): ("paper", (0.5, 0.5, 0.5), "c"),
        id(pot): ("gloss", (0.80, 0.82, 0.80), ""),
    }
    belts = {id(jar): (0.206, 0.27), id(tin_): (0.186, 0.3), id(bottle): (0.126, 0.24)}
    rows = (
        (0.19, (jar, jar, tin_, sack, sack, pot)),
        (0.93, (tin_, bottle, bottle, sack, jar, jar)),
        (1.67, (pot, sack, tin_, bottle, jar, tin_)),
    )
    for z, things in rows:
        for at, thing in enumerate(things):
            x = -1.06 + at * 0.424
            if thing is jar:
                s.add(cap.moved(x, 0.38, z), "metal", (0.72, 0.52, 0.20))
            kind, colour, role = looks[id(thing)]
            s.add(thing.moved(x, 0.38, z), kind, colour, role=role)
            if thing is sack:
                s.add(quad((x - 0.12, 0.276, z + 0.14), (0.24, 0, 0), (0, 0, 0.22)), "paper", PAPER)
            elif thing is not pot:
                radius, high = belts[id(thing)]
                belt = lathe([(radius, 0.08), (radius, high)], (-75, 75), 24)
                s.add(belt.moved(x, 0.38, z), "paper", PAPER)
    s.add(quad((-0.85, 0.12, 2.3), (1.7, 0, 0), (0, 0, 0.4)), "paper", role="label")
    s.add(block(1.8, 0.04, 0.5, round_off=0.01).moved(0, 0.16, 2.25), "satin", (0.42, 0.25, 0.10))
    return s


SCENES: Final = (terraces, homestay, coast, river, shelf)
