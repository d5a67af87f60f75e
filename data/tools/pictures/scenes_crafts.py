"""Crafts: pots, cloth, baskets, lamps, wood; plants and a fish bowl."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from geometry import Shape, ball, block, disc, join, lathe, leaf, quad, smooth, tube
from scenes_fresh import name_card, woven
from scenes_packs import LEAF, STRAW, WOOD
from stage import Stage

BARK: Final = (0.24, 0.15, 0.08)


def vase() -> Stage:
    """A round vase, painted all over."""
    s = Stage(ratio=1.5, height=1.4, target=0.86, distance=5.5)
    body = smooth(
        [
            (0.24, 0),
            (0.28, 0.02),
            (0.34, 0.1),
            (0.57, 0.5),
            (0.63, 0.82),
            (0.5, 1.13),
            (0.26, 1.33),
            (0.21, 1.46),
            (0.23, 1.6),
            (0.31, 1.68),
            (0.3, 1.69),
            (0.21, 1.58),
        ],
        10,
    )
    s.add(lathe(body), "gloss", role="side")
    s.add(name_card(0.62, 0.42, -8).moved(0.62, -0.62), "paper", role="label")
    return s


def tall_vase() -> Stage:
    """A slender vase with a long neck, painted all over."""
    s = Stage(ratio=1.5, height=1.4, target=0.98, distance=6.0)
    body = smooth(
        [
            (0.26, 0),
            (0.3, 0.02),
            (0.3, 0.1),
            (0.44, 0.34),
            (0.5, 0.62),
            (0.4, 0.95),
            (0.2, 1.2),
            (0.13, 1.5),
            (0.14, 1.75),
            (0.26, 1.95),
            (0.25, 1.96),
            (0.13, 1.76),
        ],
        10,
    )
    s.add(lathe(body).moved(-0.18), "gloss", role="side")
    bowl = smooth(
        [
            (0.001, 0.03),
            (0.16, 0.03),
            (0.18, 0),
            (0.2, 0.03),
            (0.33, 0.2),
            (0.38, 0.36),
            (0.37, 0.365),
            (0.3, 0.2),
            (0.001, 0.06),
        ]
    )
    s.add(lathe(bowl).moved(0.62, 0.1), "gloss", role="side")
    s.add(name_card(0.62, 0.42, -8).moved(0.42, -0.72), "paper", role="label")
    return s


def tableware() -> Stage:
    """A teapot, cups and a plate of one set."""
    s = Stage(ratio=1.5, height=1.8, target=0.48, distance=5.0)
    pot = smooth([(0.26, 0), (0.3, 0.02), (0.5, 0.2), (0.54, 0.42), (0.4, 0.64), (0.24, 0.7)])
    s.add(lathe(pot).moved(-0.24, 0.3), "gloss", role="side")
    knob = smooth(
        [(0.26, 0.69), (0.2, 0.76), (0.05, 0.8), (0.05, 0.84), (0.08, 0.88), (0.001, 0.91)]
    )
    spout = tube(
        [(0.42, 0, 0.3), (0.62, 0, 0.4), (0.72, 0, 0.56), (0.84, 0, 0.66)],
        lambda t: 0.085 - 0.045 * t,
    )
    handle = tube(
        [(-0.42, 0, 0.54), (-0.66, 0, 0.62), (-0.8, 0, 0.44), (-0.68, 0, 0.24), (-0.46, 0, 0.2)],
        0.04,
    )
    s.add(
        [
            lathe(knob).moved(-0.24, 0.3),
            spout.turned(-8).moved(-0.24, 0.3),
            handle.turned(-8).moved(-0.24, 0.3),
        ],
        "gloss",
        role="a",
    )
    cup = smooth(
        [
            (0.001, 0.03),
            (0.1, 0.02),
            (0.12, 0),
            (0.2, 0.12),
            (0.23, 0.24),
            (0.215, 0.245),
            (0.18, 0.12),
            (0.001, 0.05),
        ]
    )
    for x, y in ((0.42, -0.3), (0.86, 0.02), (-0.68, -0.5)):
        s.add(lathe(cup).moved(x, y), "gloss", role="side")
    s.add(name_card(0.66, 0.44, 4).moved(-0.06, -0.78), "paper", role="label")
    return s


def brocade() -> Stage:
    """Three rolls of cloth."""
    s = Stage(ratio=1.5, height=2.0, target=0.58, distance=5.6)
    for x, z, y, turn in ((-0.02, 0.36, -0.3, 74), (0.05, 0.36, 0.46, 69), (0.02, 0.99, 0.1, 71)):
        r = 0.36
        roll = lathe([(r - 0.03, -1.0), (r, -0.97), (r, 0.97), (r - 0.03, 1.0)])
        place = {"x": x, "y": y, "z": z}
        s.add(roll.turned(90, "x").turned(turn).moved(**place), "cloth", role="side")
        for end in (-1, 1):
            rings = [(0.02, end * 0.97)] + [
                (r * k / 14, end * (0.985 + 0.012 * (k % 2))) for k in range(1, 15)
            ]
            s.add(
                lathe(rings, steps=64).turned(90, "x").turned(turn).moved(**place),
                "cloth",
                role="a",
            )
    s.add(name_card(0.6, 0.4, -5).moved(0.5, -1.0), "paper", role="label")
    return s


def folded_cloth() -> Stage:
    """A stack of folded cloth with fringes."""
    s = Stage(ratio=1.5, height=2.0, target=0.44, distance=5.2)
    for at, (turn, x) in enumerate(((-12, 0), (-9, 0.03), (-14, -0.02))):
        z = at * 0.25
        fold = block(1.64, 1.1, 0.24, round_off=0.11)
        top = fold.points[:, :2] / np.array([1.64, -1.1]) + 0.5
        front = fold.points[:, 1] < -0.5
        uv = np.where(
            front[:, None],
            np.stack([top[:, 0], 0.86 + 0.14 * (1 - fold.points[:, 2] / 0.24)], -1),
            top,
        )
        cloth = Shape(fold.points, fold.faces, np.clip(uv, 0, 1))
        s.add(cloth.turned(turn).moved(x, 0.22, z), "cloth", role="side" if at != 1 else "a")
    fringe = []
    for k in range(46):
        x = -0.8 + k * 1.6 / 45
        fringe.append(
            tube(
                [(x, -0.52, 0.58), (x, -0.58, 0.5), (x + 0.01 * math.sin(k), -0.59, 0.36)],
                0.014,
                steps=5,
            )
        )
    s.add(join(fringe).turned(-14).moved(-0.02, 0.22), "cloth", role="b")
    s.add(name_card(0.66, 0.44, 6).moved(0.4, -0.84), "paper", role="label")
    return s


def basket() -> Stage:
    """A basket with a handle, woven of rattan."""
    s = Stage(ratio=1.5, height=1.7, target=0.68, distance=5.3)
    s.add(woven(0.56, 0.02, 0.66, 0.2).moved(-0.1, 0.15), "matte", role="a")
    s.add(disc(0.58, 0.06).moved(-0.1, 0.15), "matte", STRAW)
    for off in (-0.05, 0.05):
        handle = [
            (0.78 * math.cos(a) - 0.1, 0.15 + off, 0.62 + 0.78 * math.sin(a))
            for a in np.linspace(0, math.pi, 22)
        ]
        s.add(tube(handle, 0.034, fine=3), "matte", role="a")
    ball_ = lathe(smooth([(0.001, 0), (0.24, 0.06), (0.3, 0.24), (0.2, 0.36), (0.001, 0.4)]))
    s.add([ball_.moved(-0.32, 0.2, 0.42), ball_.moved(0.2, 0.05, 0.4)], "cloth", role="b")
    s.add(name_card(0.72, 0.46, -6).moved(0.34, -0.8), "paper", role="label")
    return s


def lamp() -> Stage:
    """A table lamp of woven bamboo."""
    s = Stage(ratio=1.5, height=1.4, target=0.92, distance=5.7)
    ribs = []
    for at in range(40):
        a = at / 40 * 360
        rib = tube(
            [(0.22, 0, 1.72), (0.46, 0, 1.45), (0.56, 0, 1.1), (0.44, 0, 0.74), (0.3, 0, 0.6)],
            0.013,
            steps=5,
        )
        ribs += [rib.turned(a), rib.bent(lambda p: p).turned(a + 4)]
    for z, r in (
        (1.72, 0.22),
        (1.6, 0.34),
        (1.45, 0.46),
        (1.28, 0.535),
        (1.1, 0.56),
        (0.92, 0.53),
        (0.74, 0.44),
        (0.6, 0.3),
    ):
        ring = [(r * math.cos(a), r * math.sin(a), z) for a in np.linspace(0, 2 * math.pi, 40)]
        ribs.append(tube(ring, 0.02, steps=6, fine=2))
    s.add(join(ribs), "matte", role="a")
    s.add(
        lathe(smooth([(0.2, 1.7), (0.44, 1.44), (0.53, 1.1), (0.42, 0.75), (0.28, 0.62)])),
        "paper",
        role="b",
    )
    s.add(
        lathe(
            smooth(
                [
                    (0.001, 0),
                    (0.34, 0),
                    (0.36, 0.05),
                    (0.3, 0.09),
                    (0.07, 0.14),
                    (0.05, 0.3),
                    (0.05, 0.66),
                ]
            )
        ),
        "satin",
        WOOD,
    )
    s.add(name_card(0.66, 0.44, -6).moved(0.5, -0.72), "paper", role="label")
    s.extra["glow"] = {
        "type": "point",
        "position": [0, 0, 1.15],
        "intensity": {"type": "rgb", "value": [0.35, 0.24, 0.12]},
    }
    return s


def lantern() -> Stage:
    """Silk lanterns on a beam."""
    s = Stage(ratio=1.5, height=1.1, target=1.0, distance=5.8)
    s.add(tube([(-1.6, 0.1, 1.98), (1.6, 0.1, 1.98)], 0.05), "satin", WOOD)
    for x, z, size, role in ((-0.52, 1.28, 1.0, "a"), (0.5, 1.12, 0.86, "b")):
        skin = lathe(
            smooth([(0.12, -0.42), (0.36, -0.3), (0.5, 0), (0.36, 0.3), (0.12, 0.42)]), steps=128
        )
        ribbed = skin.bent(
            lambda p: (
                p
                * (
                    1
                    - 0.035
                    * np.abs(np.cos(8 * np.arctan2(p[:, :1], p[:, 1:2])))
                    * np.array([1, 1, 0])
                )
            )
        )
        s.add(ribbed.scaled(size).moved(x, 0, z), "cloth", role=role)
        caps = [
            lathe(
                smooth(
                    [(0.001, y), (0.14, y), (0.15, y + 0.03), (0.13, y + 0.07), (0.001, y + 0.07)],
                    4,
                )
            )
            for y in (-0.48, 0.41)
        ]
        s.add([one.scaled(size).moved(x, 0, z) for one in caps], "satin", WOOD)
        s.add(tube([(x, 0, z + 0.45 * size), (x, 0.05, 2.0)], 0.012), "matte", BARK)
        tassel = [
            tube(
                [
                    (x + 0.035 * math.cos(k), 0.035 * math.sin(k), z - 0.47 * size),
                    (x + 0.06 * math.cos(k), 0.06 * math.sin(k), z - 0.82 * size),
                ],
                0.012,
                steps=5,
            )
            for k in range(14)
        ]
        s.add(tassel, "cloth", role="c")
    s.add(name_card(0.7, 0.46, -4).moved(0.0, -0.6), "paper", role="label")
    return s


def carving() -> Stage:
    """Turned and carved wood: a lidded box and a small figure."""
    s = Stage(ratio=1.5, height=1.6, target=0.66, distance=5.2)
    box_ = smooth([(0.001, 0), (0.42, 0), (0.46, 0.03), (0.5, 0.2), (0.47, 0.42), (0.44, 0.46)])
    lid = smooth(
        [
            (0.46, 0.47),
            (0.47, 0.5),
            (0.36, 0.62),
            (0.1, 0.68),
            (0.07, 0.74),
            (0.09, 0.8),
            (0.001, 0.85),
        ]
    )
    s.add([lathe(box_).moved(-0.44, 0.1), lathe(lid).moved(-0.44, 0.1)], "satin", role="a")
    tree = smooth(
        [
            (0.001, 0),
            (0.3, 0),
            (0.3, 0.06),
            (0.17, 0.1),
            (0.12, 0.3),
            (0.2, 0.55),
            (0.24, 0.75),
            (0.14, 0.98),
            (0.16, 1.12),
            (0.13, 1.26),
            (0.001, 1.34),
        ]
    )
    figure = lathe(tree).bent(
        lambda p: (
            p
            + np.stack([0.03 * np.sin(p[:, 2] * 9), 0.02 * np.cos(p[:, 2] * 11), 0 * p[:, 2]], -1)
            * (p[:, 2:] > 0.12)
        )
    )
    s.add(figure.moved(0.5, 0.25), "satin", role="b")
    s.add(name_card(0.76, 0.48, -5).moved(0.16, -0.72), "paper", role="label")
    return s


def utensils() -> Stage:
    """Wooden ladles and spoons in a jug."""
    s = Stage(ratio=1.5, height=1.4, target=0.86, distance=5.6)
    s.add(
        lathe(
            smooth(
                [
                    (0.001, 0.03),
                    (0.34, 0.02),
                    (0.38, 0),
                    (0.42, 0.2),
                    (0.4, 0.55),
                    (0.36, 0.76),
                    (0.34, 0.76),
                    (0.38, 0.5),
                    (0.001, 0.1),
                ]
            )
        ).moved(-0.1, 0.1),
        "gloss",
        (0.80, 0.78, 0.72),
    )
    for x, y, tilt, turn, size in (
        (0.05, 0.02, 14, 20, 1.0),
        (-0.05, 0.06, -16, -30, 0.94),
        (0.02, 0.12, -3, 80, 1.08),
        (-0.1, 0.0, -26, 0, 0.82),
    ):
        handle = tube([(0, 0, 0.1), (0, 0, 0.6), (0, 0, 1.3)], lambda t: 0.036 - 0.008 * t)
        bowl = ball(0.17, steps=26).scaled(1, 0.36, 1.32).moved(0, 0, 1.46)
        s.add(
            join([handle, bowl])
            .scaled(size)
            .turned(turn)
            .turned(tilt, "y")
            .moved(-0.1 + x, 0.1 + y),
            "satin",
            role="a",
        )
    s.add(name_card(0.72, 0.46, -6).moved(0.46, -0.72), "paper", role="label")
    return s


def lacquer() -> Stage:
    """A framed picture, or a lacquer panel, on a small stand."""
    s = Stage(ratio=1.5, height=1.5, target=0.74, distance=5.4)
    frame = [block(1.6, 0.07, 0.09, round_off=0.02).moved(0, 0, z) for z in (0.0, 1.13)]
    frame += [block(0.09, 0.07, 1.2, round_off=0.02).moved(x, 0, 0.01) for x in (-0.755, 0.755)]
    s.add(join(frame).turned(-7, "x").turned(9).moved(0, 0.2, 0.1), "satin", role="a")
    s.add(
        quad((-0.72, 0.0, 0.08), (1.44, 0, 0), (0, 0, 1.08))
        .turned(-7, "x")
        .turned(9)
        .moved(0, 0.2, 0.1),
        "gloss",
        role="side",
    )
    s.add([block(0.14, 0.7, 0.1).turned(9).moved(x, 0.12) for x in (-0.48, 0.48)], "satin", WOOD)
    s.add(name_card(0.66, 0.42, -4).moved(0.4, -0.8), "paper", role="label")
    return s


def beads() -> Stage:
    """Bracelets of wooden beads on a cushion."""
    s = Stage(ratio=1.5, height=2.1, target=0.34, distance=4.8)
    s.add(block(1.5, 1.0, 0.3, round_off=0.14).turned(-10).moved(0, 0.3), "cloth", role="b")
    for x, y, z, r, size in (
        (-0.24, 0.3, 0.36, 0.36, 0.075),
        (0.36, 0.34, 0.36, 0.28, 0.06),
    ):
        count = int(2 * math.pi * r / (size * 2))
        out = [
            ball(size, steps=20).moved(
                x + r * math.cos(2 * math.pi * k / count),
                y + r * 0.9 * math.sin(2 * math.pi * k / count),
                z,
            )
            for k in range(count)
        ]
        s.add(out, "satin", role="a")
    s.add(tube([(0.1, 0.0, 0.4), (0.2, -0.24, 0.32), (0.3, -0.4, 0.1)], 0.022), "cloth", role="c")
    s.add(name_card(0.8, 0.5, 4).moved(-0.1, -0.72), "paper", role="label")
    return s


def incense() -> Stage:
    """A bundle of incense sticks, a paper band about it, and bark."""
    s = Stage(ratio=1.25, height=1.9, target=0.38, distance=4.6)
    rng = np.random.default_rng(6)
    sticks, feet = [], []
    for _ in range(110):
        r, a = 0.25 * math.sqrt(rng.uniform()), rng.uniform(0, 2 * math.pi)
        y, z = r * math.sin(a), 0.27 + r * math.cos(a)
        sticks.append(tube([(-0.5, y, z), (0.94, y, z)], 0.021, steps=6))
        feet.append(tube([(-0.96, y, z), (-0.5, y, z)], 0.013, steps=6))
    turn = {"degrees": 10.0}
    s.add(join(sticks).turned(**turn).moved(0, 0.3), "matte", role="a")
    s.add(join(feet).turned(**turn).moved(0, 0.3), "matte", role="b")
    roll = lathe([(0.285, -0.34), (0.285, 0.34)]).turned(90, "y")
    face = (np.arctan2(-roll.points[:, 1], roll.points[:, 2]) - 0.3) / 1.95
    wrap = Shape(
        roll.points,
        roll.faces,
        np.stack([(roll.points[:, 0] + 0.34) / 0.68, np.clip(face, 0, 1)], -1),
    )
    s.add(wrap.moved(0.22, 0, 0.285).turned(**turn).moved(0, 0.3), "paper", role="label")
    bark = lathe([(0.1, -0.4), (0.1, 0.4)], (-150, 150)).turned(90, "y")
    s.add(
        [bark.turned(t).moved(x, y, 0.1) for x, y, t in ((-0.3, -0.62, 12), (0.4, -0.6, -18))],
        "matte",
        (0.36, 0.17, 0.08),
    )
    return s


def _pot(s: Stage) -> None:
    pot = smooth(
        [
            (0.001, 0.02),
            (0.3, 0),
            (0.34, 0.04),
            (0.42, 0.3),
            (0.47, 0.42),
            (0.47, 0.48),
            (0.42, 0.48),
            (0.4, 0.4),
            (0.001, 0.38),
        ]
    )
    s.add(lathe(pot), "gloss", role="a")
    s.add(disc(0.41, 0.42), "matte", (0.12, 0.08, 0.05))


def bonsai() -> Stage:
    """An old little tree in a pot."""
    s = Stage(ratio=1.5, height=1.5, target=0.86, distance=5.8)
    _pot(s)
    trunk = [(0, 0, 0.4), (0.12, 0, 0.62), (-0.08, 0.02, 0.85), (0.08, 0, 1.1), (-0.02, 0, 1.4)]
    s.add(tube(trunk, lambda t: 0.1 * (1 - 0.75 * t)), "matte", BARK)
    rng = np.random.default_rng(3)
    leaves, blooms = [], []
    for x, y, z, r in (
        (-0.42, 0, 1.0, 0.3),
        (0.46, 0.05, 1.15, 0.32),
        (0, 0, 1.5, 0.36),
        (-0.3, 0.1, 1.32, 0.26),
        (0.2, -0.1, 0.95, 0.2),
    ):
        s.add(tube([(0, 0, z - 0.22), (x * 0.5, y, z - 0.1), (x, y, z)], 0.03), "matte", BARK)
        for _ in range(60):
            d = rng.normal(size=3)
            d = d / np.linalg.norm(d) * rng.uniform(0.5, 1) ** 0.5 * r
            one = (
                leaf(0.13, 0.075, 0.2).turned(rng.uniform(-60, 60), "x").turned(rng.uniform(0, 360))
            )
            leaves.append(one.moved(x + d[0], y + d[1], z + d[2] * 0.55))
        for _ in range(12):
            d = rng.normal(size=3)
            d = d / np.linalg.norm(d) * r
            blooms.append(
                ball(0.038, flat=0.7, steps=10).moved(x + d[0], y - abs(d[1]), z + abs(d[2]) * 0.55)
            )
    s.add(join(leaves), "satin", role="b")
    s.add(join(blooms), "matte", role="c")
    s.add(name_card(0.66, 0.44, -6).moved(0.62, -0.62), "paper", role="label")
    return s


def orchid() -> Stage:
    """An orchid in a pot."""
    s = Stage(ratio=1.5, height=1.5, target=0.9, distance=5.9)
    _pot(s)
    s.add(
        [
            leaf(0.75, 0.24, 0.45).turned(12, "x").turned(a).moved(0, 0, 0.44)
            for a in (60, -70, 150, -160, 10)
        ],
        "satin",
        LEAF,
    )
    petals, hearts = [], []
    for base, bend in ((-0.06, -0.55), (0.06, 0.5)):
        stalk = [
            (base, 0, 0.42),
            (base + bend * 0.1, -0.02, 1.1),
            (base + bend * 0.5, -0.06, 1.62),
            (base + bend * 1.15, -0.12, 1.5),
        ]
        s.add(tube(stalk, 0.018), "satin", (0.2, 0.3, 0.1))
        for k in range(6):
            t = k / 5
            x = base + bend * (0.12 + 1.0 * t)
            z = 1.12 + 0.56 * math.sin(math.pi * (0.12 + 0.62 * t)) - 0.06 * (k % 2)
            for a in range(0, 360, 72):
                petal = leaf(0.17, 0.15, 0.3, fold=0.0).turned(90, "x").turned(a, "y")
                petals.append(petal.moved(x, -0.16, z))
            hearts.append(ball(0.032, steps=10).moved(x, -0.2, z))
    s.add(join(petals), "satin", role="b")
    s.add(join(hearts), "satin", role="c")
    s.add(name_card(0.66, 0.44, -6).moved(0.62, -0.62), "paper", role="label")
    return s


def fish_bowl() -> Stage:
    """Ornamental fish in a bowl."""
    s = Stage(ratio=1.5, height=1.4, target=0.66, distance=5.2)
    bowl = lathe(
        smooth(
            [
                (0.001, 0.02),
                (0.34, 0.02),
                (0.6, 0.3),
                (0.66, 0.62),
                (0.52, 0.98),
                (0.46, 1.06),
                (0.5, 1.12),
            ]
        ),
        steps=120,
    )
    s.add(bowl.moved(-0.08), "thin", (0.94, 0.97, 0.97))
    s.add(disc(0.6, 0.84).moved(-0.08), "thin", (0.75, 0.88, 0.9))
    rng = np.random.default_rng(2)
    stones = [
        ball(0.06, flat=0.7, steps=10).moved(rng.uniform(-0.38, 0.26), rng.uniform(-0.3, 0.3), 0.08)
        for _ in range(70)
    ]
    s.add(stones, "satin", (0.62, 0.56, 0.46))
    for x, y, z, turn, size in ((-0.24, -0.1, 0.5, 10, 1.0), (0.16, 0.1, 0.68, 190, 0.8)):
        body = tube(
            [(-0.2, 0, 0), (-0.15, 0, 0.01), (0, 0, 0.02), (0.12, 0, 0.0), (0.17, 0, 0)],
            lambda t: 0.1 * max(0.02, math.sin(math.pi * (0.06 + 0.86 * t))) ** 0.7,
        )
        tail = [leaf(0.24, 0.14, 0.1).turned(-90).turned(a, "y").moved(0.13) for a in (-30, 0, 30)]
        s.add(
            join([body.scaled(1, 0.7, 1), *tail]).scaled(size).turned(turn).moved(x - 0.08, y, z),
            "satin",
            role="a",
        )
    weed = [
        tube([(x, 0.2, 0.08), (x + 0.05, 0.2, 0.3), (x - 0.03, 0.2, 0.62)], 0.018)
        for x in (-0.36, -0.28, 0.22)
    ]
    s.add(weed, "satin", LEAF)
    s.add(name_card(0.66, 0.44, -6).moved(0.6, -0.66), "paper", role="label")
    return s


SCENES: Final = (
    vase,
    tall_vase,
    tableware,
    brocade,
    folded_cloth,
    basket,
    lamp,
    lantern,
    carving,
    utensils,
    lacquer,
    beads,
    incense,
    bonsai,
    orchid,
    fish_bowl,
)
