"""Jars, bottles and tins."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from geometry import Shape, ball, disc, join, lathe, smooth, tube
from stage import Stage

WOOD: Final = (0.42, 0.25, 0.10)
GOLD: Final = (0.72, 0.52, 0.20)
CHINA: Final = (0.84, 0.83, 0.79)


def _beans(
    count: int, seed: int, *, size: tuple[float, float, float], area: tuple[float, ...]
) -> Shape:
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(count):
        x, y = rng.uniform(area[0], area[1]), rng.uniform(area[2], area[3])
        seed_shape = ball(steps=16).scaled(*size).turned(rng.uniform(0, 360))
        out.append(seed_shape.moved(x, y, size[2] * 0.9))
    return join(out)


def honey_jar() -> Stage:
    """A squat jar of honey with a golden lid and a dipper before it."""
    s = Stage(ratio=1.62, height=1.4, target=0.74, distance=5.7)
    body = smooth(
        [
            (0.001, 0),
            (0.52, 0),
            (0.62, 0.03),
            (0.66, 0.13),
            (0.66, 0.58),
            (0.66, 0.9),
            (0.655, 1.0),
            (0.6, 1.13),
            (0.49, 1.2),
            (0.48, 1.27),
        ]
    )
    s.add(lathe(body), "gloss", role="a")
    lid = smooth(
        [(0.53, 1.2), (0.545, 1.22), (0.54, 1.36), (0.52, 1.43), (0.44, 1.45), (0.001, 1.45)]
    )
    s.add(lathe(lid), "metal", GOLD)
    s.add(lathe([(0.668, 0.2), (0.668, 0.9)], (-68, 68)), "paper", role="label")
    rings = [
        (0.001, 0),
        (0.05, 0.01),
        (0.1, 0.06),
        (0.07, 0.09),
        (0.11, 0.13),
        (0.07, 0.17),
        (0.11, 0.21),
        (0.07, 0.25),
        (0.09, 0.3),
        (0.035, 0.36),
        (0.03, 0.9),
        (0.04, 1.2),
        (0.001, 1.22),
    ]
    dipper = lathe(smooth(rings, 5), steps=32).turned(90, "x").turned(52).moved(0.5, -0.72, 0.11)
    s.add(dipper, "satin", WOOD)
    return s


def low_jar() -> Stage:
    """A wide glass jar of something spooned: paste, pickle, jam; a dish of it beside."""
    s = Stage(ratio=1.9, height=1.75, target=0.56, distance=5.6)
    body = smooth(
        [
            (0.001, 0),
            (0.55, 0),
            (0.66, 0.03),
            (0.69, 0.12),
            (0.69, 0.5),
            (0.69, 0.74),
            (0.68, 0.82),
            (0.62, 0.9),
            (0.6, 0.96),
        ]
    )
    s.add(lathe(body).moved(-0.14), "gloss", role="a")
    s.add(
        lathe(smooth([(0.63, 0.92), (0.65, 0.94), (0.65, 1.1), (0.62, 1.15), (0.001, 1.16)])).moved(
            -0.14
        ),
        "satin",
        role="b",
    )
    s.add(lathe([(0.7, 0.15), (0.7, 0.73)], (-70, 70)).moved(-0.14), "paper", role="label")
    dish = smooth(
        [
            (0.001, 0.03),
            (0.16, 0.03),
            (0.2, 0.06),
            (0.33, 0.15),
            (0.35, 0.165),
            (0.32, 0.16),
            (0.2, 0.1),
            (0.001, 0.08),
        ]
    )
    s.add(lathe(dish).moved(0.7, -0.8, 0), "gloss", CHINA)
    heap = smooth([(0.27, 0.13), (0.2, 0.2), (0.1, 0.235), (0.001, 0.25)])
    lump = lathe(heap).bent(lambda p: p + 0.012 * np.sin(p[:, [1, 2, 0]] * 40))
    s.add(lump.moved(0.7, -0.8, 0), "gloss", role="a")
    return s


def spice_jar() -> Stage:
    """A small jar with a cork, a wooden spoon and a little of what is in it."""
    s = Stage(ratio=1.25, height=1.6, target=0.66, distance=4.9)
    body = smooth(
        [
            (0.001, 0),
            (0.4, 0),
            (0.47, 0.03),
            (0.48, 0.1),
            (0.48, 0.6),
            (0.48, 0.95),
            (0.43, 1.06),
            (0.4, 1.1),
        ]
    )
    s.add(lathe(body).moved(-0.16), "gloss", role="a")
    s.add(
        lathe(smooth([(0.37, 1.08), (0.4, 1.1), (0.43, 1.3), (0.41, 1.33), (0.001, 1.335)])).moved(
            -0.16
        ),
        "matte",
        (0.62, 0.43, 0.24),
    )
    s.add(lathe([(0.484, 0.18), (0.484, 0.86)], (-80, 80)).moved(-0.16), "paper", role="label")
    bowl = lathe(
        smooth(
            [(0.001, 0.02), (0.13, 0.03), (0.2, 0.1), (0.215, 0.14), (0.19, 0.12), (0.001, 0.07)]
        )
    ).scaled(1, 1.25, 1)
    handle = tube([(0, 0.2, 0.12), (0, 0.6, 0.13), (0, 1.0, 0.1)], lambda t: 0.035 + 0.02 * t)
    s.add(join([bowl, handle]).turned(-62).moved(0.42, -0.78, 0), "satin", WOOD)
    s.add(
        _beans(60, 2, size=(0.028, 0.028, 0.026), area=(0.25, 0.95, -1.0, -0.6)), "satin", role="a"
    )
    pile = _beans(70, 5, size=(0.026, 0.026, 0.026), area=(-0.11, 0.11, -0.14, 0.14)).moved(
        0.42, -0.78, 0.1
    )
    s.add(pile, "satin", role="a")
    return s


def nest_jars() -> Stage:
    """Three small jars of drink, as bird's nest and tonics are sold."""
    s = Stage(ratio=1.5, height=1.5, target=0.5, distance=5.1)
    body = smooth(
        [(0.001, 0), (0.29, 0), (0.35, 0.03), (0.36, 0.1), (0.36, 0.5), (0.34, 0.6), (0.29, 0.66)]
    )
    lid = smooth([(0.3, 0.64), (0.335, 0.66), (0.335, 0.8), (0.31, 0.83), (0.001, 0.835)])
    spots = ((-0.74, 0.22, 8), (0.74, 0.22, -8), (0.0, -0.3, 0))
    for x, y, turn in spots:
        s.add(lathe(body).moved(x, y), "gloss", role="a")
        s.add(lathe(lid).moved(x, y), "metal", GOLD)
        s.add(
            lathe([(0.364, 0.1), (0.364, 0.52)], (-78, 78)).turned(turn).moved(x, y),
            "paper",
            role="label",
        )
    return s


def capsule_jar() -> Stage:
    """A white bottle of capsules with a few of them before it."""
    s = Stage(ratio=1.5, height=1.5, target=0.78, distance=5.3)
    body = smooth(
        [
            (0.001, 0),
            (0.46, 0),
            (0.53, 0.03),
            (0.54, 0.1),
            (0.54, 0.7),
            (0.54, 1.02),
            (0.47, 1.17),
            (0.4, 1.22),
        ]
    )
    s.add(lathe(body).moved(-0.1), "satin", role="a")
    ridge = lathe(
        smooth([(0.41, 1.2), (0.45, 1.22), (0.45, 1.5), (0.43, 1.54), (0.001, 1.55)]), steps=180
    )
    s.add(ridge.moved(-0.1), "satin", role="b")
    s.add(lathe([(0.55, 0.16), (0.55, 0.92)], (-82, 82)).moved(-0.1), "paper", role="label")
    rng = np.random.default_rng(3)
    pills = []
    for _ in range(9):
        pill = tube(
            [(-0.07, 0, 0), (-0.03, 0, 0), (0.03, 0, 0), (0.07, 0, 0)],
            lambda t: 0.045 * math.sqrt(max(0.0, 1 - (2 * t - 1) ** 6)),
        )
        pills.append(
            pill.turned(rng.uniform(0, 180)).moved(
                rng.uniform(0.3, 1.0), rng.uniform(-0.95, -0.45), 0.045
            )
        )
    s.add(pills, "gloss", role="c")
    return s


def tin() -> Stage:
    """A tea tin, its drawing all around, and a cup of tea."""
    s = Stage(ratio=3.3, height=1.5, target=0.72, distance=5.2)
    s.add(lathe([(0.56, 0.04), (0.56, 1.06)]), "satin", role="label")
    s.add(lathe(smooth([(0.001, 0), (0.53, 0), (0.565, 0.015), (0.567, 0.05)], 6)), "metal", GOLD)
    s.add(
        lathe(
            smooth(
                [
                    (0.565, 1.04),
                    (0.575, 1.06),
                    (0.575, 1.28),
                    (0.55, 1.34),
                    (0.47, 1.37),
                    (0.001, 1.37),
                ]
            )
        ),
        "satin",
        role="a",
    )
    s.add(
        lathe(smooth([(0.566, 1.02), (0.582, 1.04), (0.582, 1.08), (0.57, 1.1)], 4)), "metal", GOLD
    )
    cup = smooth(
        [
            (0.001, 0.03),
            (0.12, 0.02),
            (0.15, 0),
            (0.17, 0.02),
            (0.27, 0.18),
            (0.3, 0.34),
            (0.285, 0.345),
            (0.25, 0.19),
            (0.12, 0.06),
            (0.001, 0.05),
        ]
    )
    s.add(lathe(cup).moved(0.72, -0.66), "gloss", CHINA)
    s.add(disc(0.272, 0.27).moved(0.72, -0.66), "gloss", role="b")
    return s


def tea_cake() -> Stage:
    """A pressed cake of tea in its wrapper on a stand, with a cup."""
    s = Stage(ratio=1.0, height=1.35, target=0.78, distance=5.3)
    rim = smooth([(0.78, 0.0), (0.82, 0.06), (0.78, 0.13), (0.55, 0.17), (0.001, 0.18)])
    cake = lathe(rim)
    face = Shape(cake.points, cake.faces, cake.points[:, :2] / 0.82 * [0.5, -0.5] + 0.5)
    s.add(face.turned(76, "x").moved(0, 0.12, 0.86), "paper", role="label")
    stand = [tube([(x, -0.28, 0.05), (x, 0.1, 0.06), (x, 0.42, 0.42)], 0.035) for x in (-0.3, 0.3)]
    s.add([*stand, tube([(-0.42, -0.1, 0.04), (0.42, -0.1, 0.04)], 0.04)], "satin", WOOD)
    cup = smooth(
        [
            (0.001, 0.03),
            (0.1, 0.02),
            (0.12, 0),
            (0.22, 0.14),
            (0.25, 0.25),
            (0.235, 0.255),
            (0.2, 0.14),
            (0.001, 0.05),
        ]
    )
    s.add(lathe(cup).moved(0.86, -0.55), "gloss", CHINA)
    s.add(disc(0.222, 0.2).moved(0.86, -0.55), "gloss", role="b")
    s.add(
        _beans(70, 8, size=(0.05, 0.012, 0.012), area=(-1.0, -0.55, -0.9, -0.5)), "matte", role="a"
    )
    return s


def tall_bottle() -> Stage:
    """A bottle of fish sauce with a dish of it."""
    s = Stage(ratio=1.1, height=1.5, target=1.0, distance=5.9)
    body = smooth(
        [
            (0.001, 0),
            (0.38, 0),
            (0.45, 0.03),
            (0.46, 0.1),
            (0.46, 0.8),
            (0.46, 1.17),
            (0.38, 1.4),
            (0.2, 1.6),
            (0.155, 1.74),
            (0.155, 1.88),
        ]
    )
    s.add(lathe(body).moved(-0.12), "gloss", role="a")
    cap = smooth([(0.182, 1.78), (0.184, 1.8), (0.18, 2.04), (0.16, 2.07), (0.001, 2.075)])
    s.add(lathe(cap).moved(-0.12), "satin", role="b")
    s.add(lathe([(0.464, 0.22), (0.464, 1.06)], (-84, 84)).moved(-0.12), "paper", role="label")
    dish = smooth(
        [
            (0.001, 0.03),
            (0.2, 0.03),
            (0.23, 0.05),
            (0.38, 0.16),
            (0.4, 0.17),
            (0.37, 0.175),
            (0.24, 0.1),
            (0.001, 0.08),
        ]
    )
    s.add(lathe(dish).moved(0.74, -0.5), "gloss", CHINA)
    s.add(disc(0.3, 0.125).moved(0.74, -0.5), "gloss", role="a")
    return s


def oil_bottle() -> Stage:
    """A square-shouldered bottle of cooking oil, seeds before it."""
    s = Stage(ratio=0.95, height=1.5, target=0.97, distance=5.8)
    body = smooth(
        [
            (0.001, 0),
            (0.36, 0),
            (0.43, 0.03),
            (0.44, 0.1),
            (0.43, 0.7),
            (0.44, 1.2),
            (0.42, 1.32),
            (0.2, 1.46),
            (0.15, 1.56),
            (0.15, 1.78),
        ]
    )
    s.add(lathe(body).moved(-0.08), "gloss", role="a")
    cap = smooth([(0.175, 1.68), (0.178, 1.7), (0.175, 1.95), (0.15, 1.99), (0.001, 2.0)])
    s.add(lathe(cap).moved(-0.08), "satin", role="b")
    s.add(lathe([(0.442, 0.25), (0.442, 1.12)], (-80, 80)).moved(-0.08), "paper", role="label")
    s.add(
        _beans(80, 4, size=(0.055, 0.04, 0.035), area=(-1.0, 1.1, -1.0, -0.55)), "satin", role="c"
    )
    return s


def slim_bottle() -> Stage:
    """Small bottles of essential oil, one upright, one behind, with leaves."""
    s = Stage(ratio=1.0, height=1.3, target=0.66, distance=4.6)
    body = smooth(
        [
            (0.001, 0),
            (0.3, 0),
            (0.34, 0.02),
            (0.35, 0.08),
            (0.35, 0.5),
            (0.35, 0.74),
            (0.28, 0.86),
            (0.14, 0.92),
            (0.14, 1.0),
        ]
    )
    cap = smooth([(0.165, 0.94), (0.17, 0.96), (0.165, 1.28), (0.14, 1.32), (0.001, 1.325)])
    for x, y in ((-0.02, -0.15), (0.72, 0.5)):
        s.add(lathe(body).moved(x, y), "gloss", role="a")
        s.add(lathe(cap).moved(x, y), "satin", role="b")
        s.add(lathe([(0.354, 0.12), (0.354, 0.68)], (-82, 82)).moved(x, y), "paper", role="label")
    sticks = [
        tube([(-1.0, -0.3 - 0.12 * k, 0.05), (-0.42, -0.55 - 0.1 * k, 0.05)], 0.045)
        for k in range(3)
    ]
    s.add(sticks, "matte", role="c")
    return s


def spirit_bottle() -> Stage:
    """A tall bottle of wine or spirit with two small cups."""
    s = Stage(ratio=0.95, height=1.5, target=1.08, distance=6.4)
    body = smooth(
        [
            (0.001, 0.02),
            (0.35, 0),
            (0.42, 0.04),
            (0.43, 0.12),
            (0.43, 0.8),
            (0.43, 1.28),
            (0.36, 1.5),
            (0.17, 1.68),
            (0.135, 1.85),
            (0.135, 2.2),
        ]
    )
    s.add(lathe(body).moved(-0.14), "gloss", role="a")
    s.add(
        lathe(
            smooth([(0.15, 1.86), (0.152, 1.9), (0.148, 2.26), (0.14, 2.28), (0.001, 2.285)])
        ).moved(-0.14),
        "satin",
        role="b",
    )
    s.add(lathe([(0.434, 0.26), (0.434, 1.12)], (-84, 84)).moved(-0.14), "paper", role="label")
    cup = smooth(
        [
            (0.001, 0.03),
            (0.08, 0.02),
            (0.1, 0),
            (0.15, 0.12),
            (0.17, 0.24),
            (0.155, 0.245),
            (0.13, 0.12),
            (0.001, 0.05),
        ]
    )
    for x, y in ((0.58, -0.55), (0.98, -0.3)):
        s.add(lathe(cup).moved(x, y), "gloss", CHINA)
        s.add(disc(0.152, 0.2).moved(x, y), "gloss", role="a")
    return s


def gourd_bottle() -> Stage:
    """A glazed gourd of spirit with a red cloth stopper."""
    s = Stage(ratio=1.35, height=1.5, target=0.86, distance=5.4)
    body = smooth(
        [
            (0.001, 0),
            (0.36, 0),
            (0.5, 0.08),
            (0.6, 0.36),
            (0.52, 0.72),
            (0.33, 0.9),
            (0.31, 0.96),
            (0.36, 1.06),
            (0.38, 1.2),
            (0.28, 1.38),
            (0.15, 1.46),
            (0.14, 1.56),
        ]
    )
    s.add(lathe(body).moved(-0.1), "gloss", role="a")
    s.add(
        lathe(smooth([(0.2, 1.5), (0.21, 1.54), (0.2, 1.68), (0.14, 1.76), (0.001, 1.79)])).moved(
            -0.1
        ),
        "cloth",
        role="b",
    )
    s.add(
        lathe(smooth([(0.585, 0.1), (0.618, 0.36), (0.56, 0.66)], 10), (-44, 44)).moved(-0.1),
        "paper",
        role="label",
    )
    tie = [
        tube(
            [
                (0.33 * math.sin(a) - 0.1, -0.33 * math.cos(a), 0.93)
                for a in np.linspace(-math.pi, math.pi, 24)
            ],
            0.025,
            fine=2,
        )
    ]
    s.add(tie, "cloth", (0.5, 0.07, 0.05))
    cup = smooth(
        [
            (0.001, 0.03),
            (0.1, 0.02),
            (0.12, 0),
            (0.19, 0.13),
            (0.2, 0.2),
            (0.185, 0.2),
            (0.15, 0.12),
            (0.001, 0.05),
        ]
    )
    s.add(lathe(cup).moved(0.8, -0.45), "gloss", CHINA)
    s.add(disc(0.172, 0.16).moved(0.8, -0.45), "gloss", (0.72, 0.66, 0.5))
    return s


def water_bottle() -> Stage:
    """Two clear bottles of water."""
    s = Stage(ratio=1.7, height=1.4, target=0.98, distance=6.3)
    rounds = [(0.001, 0.02), (0.27, 0), (0.33, 0.05), (0.34, 0.14)]
    for at in range(3):
        z = 0.24 + at * 0.1
        rounds += [(0.325, z), (0.34, z + 0.05)]
    rounds += [(0.34, 0.6), (0.34, 1.05), (0.33, 1.2), (0.24, 1.45), (0.14, 1.62), (0.13, 1.72)]
    for x, y in ((-0.36, -0.1), (0.48, 0.3)):
        s.add(lathe(smooth(rounds, 6)).moved(x, y), "gloss", role="a")
        s.add(
            lathe(
                smooth([(0.15, 1.68), (0.152, 1.7), (0.15, 1.84), (0.13, 1.87), (0.001, 1.87)])
            ).moved(x, y),
            "satin",
            role="b",
        )
        s.add(lathe([(0.344, 0.56), (0.344, 1.06)], (-86, 86)).moved(x, y), "paper", role="label")
    return s


def cleaner_bottle() -> Stage:
    """A bottle of household cleaner with a folded cloth."""
    s = Stage(ratio=0.9, height=1.5, target=0.95, distance=6.2)
    body = smooth(
        [
            (0.001, 0),
            (0.5, 0),
            (0.55, 0.04),
            (0.55, 0.2),
            (0.52, 0.8),
            (0.5, 1.1),
            (0.36, 1.36),
            (0.17, 1.46),
            (0.16, 1.54),
        ]
    )
    s.add(lathe(body).scaled(1, 0.62, 1).moved(-0.1), "satin", role="a")
    s.add(
        lathe(
            smooth(
                [(0.19, 1.48), (0.2, 1.5), (0.19, 1.72), (0.12, 1.78), (0.08, 1.92), (0.001, 1.93)]
            )
        ).moved(-0.1),
        "satin",
        role="b",
    )
    label = lathe(smooth([(0.553, 0.22), (0.532, 0.62), (0.515, 1.0)]), (-66, 66))
    s.add(label.scaled(1, 0.625, 1).moved(-0.1), "paper", role="label")
    folds = [
        lathe(smooth([(0.001, 0), (0.34, 0), (0.37, 0.03), (0.34, 0.06), (0.001, 0.06)]))
        .scaled(1, 0.75, 1)
        .moved(0.78, -0.42, k * 0.06)
        for k in range(3)
    ]
    s.add(folds, "cloth", role="c")
    return s


def tub() -> Stage:
    """A paper tub of ice cream or yoghurt with a wooden spoon."""
    s = Stage(ratio=2.0, height=1.6, target=0.62, distance=4.9)
    s.add(
        lathe([(0.001, 0.02), (0.5, 0.02), (0.5, 0.0), (0.505, 0.02), (0.63, 0.86), (0.632, 0.9)]),
        "satin",
        role="a",
    )
    s.add(lathe([(0.512, 0.06), (0.626, 0.82)], (-72, 72)), "paper", role="label")
    s.add(
        lathe(
            smooth([(0.655, 0.84), (0.665, 0.86), (0.66, 0.97), (0.62, 0.99), (0.001, 0.985)], 6)
        ),
        "satin",
        role="b",
    )
    path = [(0, 0, 0), (0.1, 0, 0), (0.5, 0, 0), (0.8, 0, 0)]
    spoon = tube(
        path, lambda t: 0.12 * math.sqrt(max(0.0, 1 - (t * 2.4 - 0.55) ** 4)) if t < 0.5 else 0.05
    )
    s.add(spoon.scaled(1, 1, 0.2).turned(28).moved(0.42, -0.92, 0.03), "matte", (0.66, 0.48, 0.28))
    return s


SCENES: Final = (
    honey_jar,
    low_jar,
    spice_jar,
    nest_jars,
    capsule_jar,
    tin,
    tea_cake,
    tall_bottle,
    oil_bottle,
    slim_bottle,
    spirit_bottle,
    gourd_bottle,
    water_bottle,
    cleaner_bottle,
    tub,
)
