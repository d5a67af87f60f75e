"""Fruit, vegetables, eggs, fish: what is sold without a pack, beside a card with its name."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from geometry import Shape, bag, ball, block, join, lathe, leaf, quad, smooth, tube
from scenes_packs import CHINA, LEAF, STRAW, carton_faces, scattered
from stage import Stage

STALK: Final = (0.30, 0.22, 0.10)


def name_card(width: float = 0.92, height: float = 0.6, turn: float = 0) -> Shape:
    """A card that leans back a little."""
    return quad((-width / 2, 0, 0.004), (width, 0, 0), (0, height * 0.3, height * 0.95)).turned(
        turn
    )


def woven(radius: float, low: float, high: float, flare: float = 0.12) -> Shape:
    """The wall of a basket of rattan."""
    rods = []
    posts = 26
    rings = int((high - low) / 0.055)
    for ring in range(rings):
        z = low + (ring + 0.5) * 0.055
        r = radius + flare * (z - low) / (high - low)
        line = []
        for at in range(posts * 2 + 1):
            a = at / (posts * 2) * 2 * math.pi
            off = 0.018 * (1 if (at // 1 + ring) % 2 else -1)
            line.append(((r + off) * math.sin(a), (r + off) * math.cos(a), z))
        rods.append(tube(line, 0.026, steps=6, fine=3))
    for post in range(posts):
        a = (post * 2 + 0.5) / (posts * 2) * 2 * math.pi
        foot = (radius * math.sin(a), radius * math.cos(a), low)
        head = ((radius + flare) * math.sin(a), (radius + flare) * math.cos(a), high)
        rods.append(tube([foot, head], 0.018, steps=6))
    rim = [
        ((radius + flare) * math.sin(a), (radius + flare) * math.cos(a), high)
        for a in np.linspace(0, 2 * math.pi, 40)
    ]
    rods.append(tube(rim, 0.045, steps=8, fine=2))
    return join(rods)


def heap(
    one: Shape,
    size: float,
    radius: float,
    base: float,
    seed: int,
    layers: tuple[int, ...] = (9, 6, 2),
) -> Shape:
    """Pile round things up."""
    rng = np.random.default_rng(seed)
    out = []
    for level, count in enumerate(layers):
        ring = radius * (1 - 0.38 * level)
        for at in range(count):
            a = (at + 0.5 * level) / count * 2 * math.pi
            r = ring if count > 2 else ring * 0.5
            x, y = r * math.sin(a), r * math.cos(a)
            turned = one.turned(rng.uniform(-25, 25), "x").turned(rng.uniform(0, 360))
            out.append(turned.moved(x, y, base + size + level * size * 1.35))
    if layers[0] > 6:
        out.append(one.moved(0, 0, base + size * 1.2))
    return join(out)


def fruit_basket() -> Stage:
    """Round fruit in a rattan basket with leaves and a card."""
    s = Stage(ratio=1.5, height=1.9, target=0.5, distance=5.3)
    s.add(woven(0.72, 0.02, 0.42).moved(0, 0.25), "matte", STRAW)
    fruit = ball(0.25, flat=0.94)
    s.add(heap(fruit, 0.25, 0.5, 0.2, 3).moved(0, 0.25), "satin", role="a")
    s.add(
        [leaf(0.46, 0.19, 0.3).turned(a).moved(0.1, 0.25, 1.0) for a in (150, 95, -140)],
        "satin",
        role="b",
    )
    s.add(name_card(turn=-5).moved(-0.2, -0.86), "paper", role="label")
    s.add([fruit.moved(0.72, -0.66, 0.25)], "satin", role="a")
    return s


def small_fruit() -> Stage:
    """Small fruit or berries heaped in a bowl, some beside it."""
    s = Stage(ratio=1.5, height=2.0, target=0.42, distance=5.0)
    bowl = smooth(
        [
            (0.001, 0.04),
            (0.3, 0.02),
            (0.34, 0),
            (0.62, 0.2),
            (0.78, 0.42),
            (0.76, 0.43),
            (0.6, 0.22),
            (0.001, 0.08),
        ]
    )
    s.add(lathe(bowl).moved(0.05, 0.2), "satin", (0.50, 0.33, 0.17))
    fruit = ball(0.125, flat=1.05, steps=18)
    s.add(heap(fruit, 0.125, 0.6, 0.3, 5, (16, 12, 8, 4)).moved(0.05, 0.2), "satin", role="a")
    s.add(heap(fruit, 0.125, 0.3, 0.36, 6, (8, 6, 3)).moved(0.05, 0.2), "satin", role="a")
    s.add(
        [fruit.moved(x, y, 0.125) for x, y in ((0.62, -0.72), (0.84, -0.55), (0.5, -0.92))],
        "satin",
        role="a",
    )
    s.add(
        [leaf(0.4, 0.16, 0.25).turned(a).moved(0.1, 0.0, 0.78) for a in (165, 110)],
        "satin",
        role="b",
    )
    s.add(name_card(turn=6).moved(-0.32, -0.78), "paper", role="label")
    return s


def big_fruit() -> Stage:
    """Two large fruit on straw, as pomelos and coconuts are sold."""
    s = Stage(ratio=1.5, height=1.6, target=0.56, distance=5.2)
    fruit = lathe(
        smooth(
            [
                (0.001, 0),
                (0.3, 0.04),
                (0.52, 0.26),
                (0.56, 0.5),
                (0.46, 0.8),
                (0.24, 0.99),
                (0.06, 1.06),
                (0.001, 1.06),
            ],
            10,
        )
    )
    rough = fruit.bent(lambda p: p + 0.004 * np.sin(p[:, [1, 2, 0]] * 60))
    s.add(rough.moved(-0.42, 0.22, 0.03), "satin", role="a")
    s.add(rough.turned(24, "y").scaled(0.9).moved(0.52, 0.35, 0.1), "satin", role="a")
    s.add([tube([(-0.42, 0.22, 1.07), (-0.4, 0.2, 1.2)], 0.035)], "matte", STALK)
    s.add(
        [leaf(0.5, 0.24, 0.35).turned(a).moved(-0.4, 0.2, 1.17) for a in (-60, 130)],
        "satin",
        role="b",
    )
    s.add(name_card(turn=-6).moved(0.16, -0.78), "paper", role="label")
    return s


def long_fruit() -> Stage:
    """A hand of bananas with a card."""
    s = Stage(ratio=1.5, height=1.7, target=0.46, distance=5.0)
    fingers = []
    for at in range(9):
        lift = at % 2
        a = -64 + at * 16
        path = [
            (0, 0, 0),
            (0.1, -0.02, 0.02),
            (0.42, -0.1, 0.06),
            (0.78, -0.02, 0.05),
            (1.02, 0.16, 0.02),
            (1.1, 0.24, 0),
        ]
        finger = tube(path, lambda t: 0.135 * math.sin(math.pi * (0.06 + 0.9 * t)) ** 0.45 + 0.004)
        fingers.append(
            finger.turned(-70, "x")
            .turned(-90 + a * 0.75)
            .moved(0.05 * at - 0.2, 0.55, 0.14 + 0.2 * lift)
        )
    s.add(fingers, "satin", role="a")
    s.add(tube([(-0.3, 0.56, 0.25), (0, 0.68, 0.36), (0.3, 0.56, 0.25)], 0.13), "matte", STALK)
    s.add(name_card(turn=4).moved(0.02, -1.0), "paper", role="label")
    return s


def dragon_fruit() -> Stage:
    """Dragon fruit with their green scales, and a card."""
    s = Stage(ratio=1.5, height=1.6, target=0.5, distance=5.0)
    for x, y, turn, tilt in ((-0.42, 0.25, 0, 0), (0.5, 0.3, 40, 74)):
        body = lathe(
            smooth(
                [
                    (0.001, 0),
                    (0.25, 0.05),
                    (0.4, 0.28),
                    (0.4, 0.55),
                    (0.24, 0.82),
                    (0.08, 0.92),
                    (0.001, 0.92),
                ]
            )
        )
        scales = []
        for row in range(5):
            for at in range(6):
                z = 0.16 + row * 0.17
                r = 0.40 * math.sin(math.pi * (0.14 + 0.74 * z / 0.92)) ** 0.7
                one = (
                    leaf(0.27, 0.13, 0.1).turned(62, "x").turned(at * 60 + row * 30).moved(0, 0, z)
                )
                a = math.radians(at * 60 + row * 30)
                scales.append(one.moved(-r * math.sin(a), r * math.cos(a)))
        for shape, kind, role in ((body, "satin", "a"), (join(scales), "satin", "b")):
            s.add(
                shape.turned(tilt, "y").turned(turn).moved(x, y, 0.34 if tilt else 0),
                kind,
                role=role,
            )
    s.add(name_card(turn=-4).moved(0.1, -0.78), "paper", role="label")
    return s


def greens() -> Stage:
    """A bundle of leaf vegetables with a paper band."""
    s = Stage(ratio=1.5, height=2.1, target=0.5, distance=5.2)
    rng = np.random.default_rng(12)
    leaves, stems = [], []
    for _ in range(70):
        length, wide = rng.uniform(0.55, 0.95), rng.uniform(0.26, 0.4)
        one = leaf(length, wide, rng.uniform(-0.05, 0.3), fold=0.4)
        ruffled = one.bent(_ruffle)
        spread = rng.uniform(-42, 42)
        turned = ruffled.turned(rng.uniform(-30, 30), "y").turned(rng.uniform(28, 80), "x")
        leaves.append(
            turned.turned(spread).moved(rng.uniform(-0.3, 0.3), rng.uniform(-0.2, 0.2), 0.5)
        )
    for _ in range(40):
        x, y = rng.uniform(-0.24, 0.24), rng.uniform(-0.18, 0.18)
        stems.append(
            tube([(x * 1.3, y * 1.3, 0.02), (x * 0.8, y * 0.8, 0.3), (x, y, 0.66)], 0.035, steps=7)
        )
    s.add(join(leaves).moved(0.12, 0.25), "satin", role="a")
    s.add(join(stems).moved(0.12, 0.25), "satin", role="b")
    s.add(lathe([(0.27, 0.22), (0.27, 0.42)]).moved(0.12, 0.25), "paper", role="c")
    s.add(name_card(turn=-4).moved(-0.1, -0.74), "paper", role="label")
    return s


def _ruffle(points: np.ndarray) -> np.ndarray:
    lift = 0.16 * np.sin(points[:, 1] * 30) * np.abs(points[:, 0])
    return points + np.stack([0 * lift, 0 * lift, lift], -1)


def spears() -> Stage:
    """Straight vegetables in a bundle: asparagus, carrots, bamboo shoots."""
    s = Stage(ratio=1.5, height=1.9, target=0.4, distance=4.8)
    spears_ = []
    spots = [
        (-0.33, 0),
        (-0.11, 0),
        (0.11, 0),
        (0.33, 0),
        (-0.22, 0.18),
        (0, 0.18),
        (0.22, 0.18),
        (-0.1, 0.36),
        (0.11, 0.36),
    ]
    for at, (y, z) in enumerate(spots):
        path = [(-0.85, 0, 0), (-0.4, 0, 0), (0.2, 0.01, 0), (0.7, 0, 0.01), (0.92, 0, 0.01)]
        one = tube(path, lambda t: 0.105 * (1 - 0.25 * t) * max(0.03, 1 - t**7) ** 0.5)
        spears_.append(one.moved(0.02 * (at % 3), y + 0.3, 0.11 + z))
    s.add(join(spears_).turned(14).moved(0.12), "satin", role="a")
    tops = []
    for y, z in spots:
        tops += [
            leaf(0.36, 0.09, 0.3).turned(a).moved(-0.85, y + 0.3, 0.11 + z) for a in (70, 100, 125)
        ]
    s.add(join(tops).turned(14).moved(0.12), "satin", role="b")
    s.add(name_card(turn=-5).moved(0.1, -0.66), "paper", role="label")
    return s


def gourds() -> Stage:
    """Knobbly long vegetables, as bitter melon."""
    s = Stage(ratio=1.5, height=1.8, target=0.38, distance=4.8)
    for x, y, z, turn in ((-0.3, 0.45, 0.2, 14), (0.26, 0.02, 0.2, -9), (0.0, 0.25, 0.5, 28)):
        body = tube(
            [(-0.62, 0, 0), (-0.45, 0, 0.01), (0, 0.02, 0), (0.45, 0, 0.01), (0.66, 0.03, 0)],
            lambda t: 0.21 * max(0.01, math.sin(math.pi * (0.03 + 0.94 * t))) ** 0.6,
            steps=60,
            fine=20,
        )
        s.add(
            body.bent(
                lambda p: (
                    p
                    * (
                        1
                        + 0.10
                        * np.sin(p[:, :1] * 34)
                        * np.array([0, 1, 1])
                        * np.cos(9 * np.arctan2(p[:, 1:2], p[:, 2:3]))
                    )
                )
            )
            .turned(turn)
            .moved(x, y, z),
            "satin",
            role="a",
        )
    s.add(
        [leaf(0.42, 0.3, 0.2).turned(a).moved(0.7, -0.4, 0.06) for a in (10, -50, -110)],
        "satin",
        role="b",
    )
    s.add(name_card(turn=-4).moved(-0.14, -0.72), "paper", role="label")
    return s


def mushrooms() -> Stage:
    """Mushrooms in a punnet with a card."""
    s = Stage(ratio=1.5, height=2.0, target=0.4, distance=4.8)
    tray = block(1.5, 0.95, 0.3, round_off=0.06)
    s.add(tray.turned(-8).moved(0, 0.28), "satin", (0.62, 0.50, 0.33))
    cap = lathe(
        smooth(
            [(0.02, 0.14), (0.17, 0.13), (0.235, 0.16), (0.2, 0.27), (0.1, 0.33), (0.001, 0.345)]
        )
    )
    stem = lathe(smooth([(0.001, 0), (0.075, 0.01), (0.06, 0.08), (0.055, 0.16)]))
    rng = np.random.default_rng(4)
    caps, stems = [], []
    for row in range(3):
        for at in range(5):
            tilt, turn = rng.uniform(-30, 30), rng.uniform(0, 360)
            x, y = -0.56 + at * 0.28, 0.0 + row * 0.27
            for one, into in ((cap, caps), (stem, stems)):
                into.append(
                    one.scaled(rng.uniform(0.95, 1.1))
                    .turned(tilt, "x")
                    .turned(turn)
                    .moved(x, y, 0.26 + 0.05 * ((at + row) % 2))
                )
    for x, y in ((0.66, -0.62), (0.42, -0.8)):
        caps.append(cap.moved(x, y, 0.02))
        stems.append(stem.moved(x, y, 0.0))
    s.add(join(caps), "satin", role="a")
    s.add(join(stems), "matte", role="b")
    s.add(name_card(turn=5).moved(-0.3, -0.66), "paper", role="label")
    return s


def garlic() -> Stage:
    """Bulbs of garlic on a bamboo tray."""
    s = Stage(ratio=1.5, height=2.0, target=0.4, distance=4.8)
    rim = smooth(
        [(0.001, 0.02), (0.6, 0.02), (0.86, 0.06), (0.92, 0.14), (0.88, 0.15), (0.001, 0.06)]
    )
    s.add(lathe(rim).moved(0, 0.3), "matte", STRAW)
    bulb = lathe(
        smooth(
            [
                (0.001, 0),
                (0.13, 0.01),
                (0.21, 0.11),
                (0.18, 0.22),
                (0.07, 0.31),
                (0.035, 0.4),
                (0.03, 0.52),
                (0.001, 0.53),
            ]
        ),
        steps=80,
    )
    ribs = bulb.bent(
        lambda p: (
            p
            * (
                1
                + 0.06 * np.abs(np.cos(4.5 * np.arctan2(p[:, :1], p[:, 1:2]))) * np.array([1, 1, 0])
            )
        )
    )
    spots = (
        (-0.5, 0.2, 0),
        (-0.1, 0.02, 30),
        (0.35, 0.1, -20),
        (-0.3, 0.55, 15),
        (0.15, 0.5, 0),
        (0.55, 0.48, 40),
    )
    s.add([ribs.turned(t).moved(x, y, 0.07) for x, y, t in spots], "satin", role="a")
    s.add([ribs.turned(80, "x").turned(50).moved(0.66, -0.62, 0.2)], "satin", role="a")
    s.add(name_card(turn=4).moved(-0.26, -0.72), "paper", role="label")
    return s


def eggs() -> Stage:
    """Eggs on their tray with a card."""
    s = Stage(ratio=1.5, height=2.3, target=0.32, distance=5.0)
    tray = block(1.74, 1.2, 0.16, round_off=0.05)
    s.add(tray.turned(-12).moved(0, 0.3), "matte", (0.50, 0.46, 0.40))
    cups, shells = [], []
    egg = lathe(
        smooth(
            [(0.001, 0), (0.11, 0.03), (0.165, 0.15), (0.13, 0.32), (0.06, 0.41), (0.001, 0.425)]
        )
    )
    cup = lathe([(0.12, 0.1), (0.2, 0.16), (0.21, 0.22), (0.19, 0.22), (0.12, 0.13)])
    for row in range(3):
        for at in range(4):
            x, y = -0.6 + at * 0.4, -0.38 + row * 0.38
            cups.append(cup.moved(x, y))
            shells.append(egg.moved(x, y, 0.12))
    s.add(join(cups).turned(-12).moved(0, 0.3), "matte", (0.50, 0.46, 0.40))
    s.add(join(shells).turned(-12).moved(0, 0.3), "satin", role="a")
    s.add([egg.turned(90, "y").turned(30).moved(0.42, -0.74, 0.165)], "satin", role="a")
    s.add(name_card(turn=4).moved(-0.38, -0.78), "paper", role="label")
    return s


def fish_tray() -> Stage:
    """Dried fish in a row on a bamboo tray."""
    s = Stage(ratio=1.5, height=2.2, target=0.36, distance=5.0)
    s.add(
        lathe(
            smooth(
                [(0.001, 0.02), (0.7, 0.02), (0.96, 0.05), (1.0, 0.13), (0.96, 0.14), (0.001, 0.05)]
            )
        )
        .scaled(1, 0.8, 1)
        .moved(0, 0.3),
        "matte",
        STRAW,
    )
    for at in range(5):
        body = tube(
            [
                (-0.5, 0, 0),
                (-0.4, 0, 0),
                (-0.1, 0, 0),
                (0.2, 0, 0),
                (0.38, 0, 0),
                (0.45, 0, 0),
                (0.56, 0, 0),
            ],
            lambda t: (
                0.14 * max(0.05, math.sin(math.pi * min(1, 0.08 + t * 1.06))) ** 0.7
                if t < 0.82
                else 0.03 + 0.5 * (t - 0.82)
            ),
            steps=20,
        )
        eye = ball(0.022, steps=10).moved(-0.4, -0.05, 0.06)
        place = (-0.42 + at * 0.2, 0.66 - at * 0.17, 0.14)
        s.add(body.scaled(1, 0.85, 0.5).turned(-28 + 4 * (at % 2)).moved(*place), "satin", role="a")
        s.add(eye.turned(-28 + 4 * (at % 2)).moved(*place), "gloss", (0.03, 0.03, 0.03))
    s.add(
        [leaf(0.36, 0.12, 0.2).turned(a).moved(0.74, -0.56, 0.06) for a in (0, -50, 50)],
        "satin",
        LEAF,
    )
    s.add(name_card(turn=4).moved(-0.26, -0.78), "paper", role="label")
    return s


def cordyceps() -> Stage:
    """Threads of cultivated mushroom or sliced roots in a glass dish, with their box."""
    s = Stage(ratio=0.8, height=1.8, target=0.66, distance=5.2)
    rng = np.random.default_rng(7)
    dish = smooth(
        [
            (0.001, 0.03),
            (0.3, 0.02),
            (0.32, 0),
            (0.44, 0.1),
            (0.47, 0.2),
            (0.45, 0.2),
            (0.001, 0.06),
        ]
    )
    s.add(lathe(dish).moved(0.44, -0.6), "gloss", CHINA)
    threads = []
    for _ in range(90):
        a, r = rng.uniform(0, 360), rng.uniform(0, 0.2)
        z = rng.uniform(0.12, 0.26)
        one = tube(
            [
                (-0.2, 0, 0),
                (-0.05, rng.uniform(-0.05, 0.05), 0.02),
                (0.12, rng.uniform(-0.05, 0.05), 0.03),
                (0.24, 0, rng.uniform(-0.03, 0.08)),
            ],
            lambda t: 0.014 + 0.008 * t,
            steps=6,
        )
        threads.append(one.turned(a).moved(0.44 + r * math.cos(a), -0.6 + r * math.sin(a), z))
    s.add(join(threads), "satin", role="b")
    faces = carton_faces(1.02, 0.44, 1.3, 18, -0.26, 0.2)
    s.add(faces["front"], "paper", role="label", flat=True)
    s.add(
        [faces["right"], faces["left"], faces["top"], faces["back"]], "paper", role="a", flat=True
    )
    return s


def dried_mushrooms() -> Stage:
    """Dried mushrooms or sliced roots before their pouch."""
    s = Stage(ratio=0.78, height=1.6, target=0.76, distance=5.4)
    s.add(bag(1.24, 0.56, 1.5).turned(-10).moved(-0.06, 0.1), "paper", role="label")
    cap = lathe(
        smooth([(0.02, 0.05), (0.14, 0.04), (0.16, 0.07), (0.12, 0.13), (0.001, 0.15)])
    ).bent(lambda p: p * (1 + 0.08 * np.sin(5 * np.arctan2(p[:, :1], p[:, 1:2]))))
    s.add(scattered(cap, 15, 14, (-0.85, 0.85, -0.98, -0.55)), "matte", role="a")
    return s


SCENES: Final = (
    fruit_basket,
    small_fruit,
    big_fruit,
    long_fruit,
    dragon_fruit,
    greens,
    spears,
    gourds,
    mushrooms,
    garlic,
    eggs,
    fish_tray,
    cordyceps,
    dried_mushrooms,
)
