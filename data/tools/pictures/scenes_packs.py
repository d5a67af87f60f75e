"""Pouches, boxes, sacks and other packs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from geometry import (
    Shape,
    bag,
    ball,
    block,
    box,
    disc,
    join,
    lathe,
    leaf,
    pillow,
    quad,
    smooth,
    tube,
)
from stage import Stage

STRAW: Final = (0.72, 0.55, 0.30)
WOOD: Final = (0.42, 0.25, 0.10)
CHINA: Final = (0.84, 0.83, 0.79)
LEAF: Final = (0.16, 0.28, 0.08)


def scattered(one: Shape, count: int, seed: int, area: tuple[float, float, float, float]) -> Shape:
    """Lay copies of a thing about, each turned another way."""
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(count):
        turned = one.turned(rng.uniform(0, 360)).scaled(rng.uniform(0.85, 1.15))
        out.append(turned.moved(rng.uniform(area[0], area[1]), rng.uniform(area[2], area[3])))
    return join(out)


def pouch() -> Stage:
    """A standing pouch with beans before it."""
    s = Stage(ratio=0.78, height=1.45, target=0.84, distance=5.6)
    s.add(bag(1.28, 0.62, 1.64).turned(-12), "paper", role="label")
    bean = ball(0.06, flat=0.55, steps=16).scaled(1.15, 0.85, 1).moved(0, 0, 0.033)
    s.add(scattered(bean, 46, 4, (-1.0, 1.0, -1.0, -0.5)), "satin", role="a")
    return s


def flat_pouch() -> Stage:
    """A sealed pack that leans, with crisps of what is in it before."""
    s = Stage(ratio=0.82, height=1.45, target=0.8, distance=5.5)
    s.add(
        pillow(1.34, 1.62, 0.44).turned(-9, "x").turned(10).moved(0, 0.12, 0.02),
        "satin",
        role="label",
    )
    chip = disc(0.15).bent(
        lambda p: p + np.stack([p[:, 0] * 0, p[:, 0] * 0, 0.03 + 1.6 * p[:, 0] ** 2], -1)
    )
    s.add(scattered(chip, 13, 11, (-0.85, 0.85, -0.95, -0.5)), "satin", role="a")
    return s


def dried_pouch() -> Stage:
    """A standing pouch with chunks of dried fruit or roots before it."""
    s = Stage(ratio=0.78, height=1.5, target=0.8, distance=5.5)
    s.add(bag(1.26, 0.58, 1.58).turned(9), "satin", role="label")
    chunk = block(0.24, 0.1, 0.06, round_off=0.03).bent(
        lambda p: p + 0.012 * np.sin(p[:, [1, 2, 0]] * 30)
    )
    s.add(scattered(chunk, 22, 21, (-0.9, 0.9, -1.0, -0.52)), "satin", role="a")
    return s


def powder_pouch() -> Stage:
    """A standing pouch of flour or powder with a bowl of it."""
    s = Stage(ratio=0.78, height=1.5, target=0.8, distance=5.6)
    s.add(bag(1.2, 0.56, 1.58).turned(-8).moved(-0.18), "paper", role="label")
    bowl = smooth(
        [
            (0.001, 0.03),
            (0.14, 0.02),
            (0.16, 0),
            (0.3, 0.12),
            (0.36, 0.27),
            (0.345, 0.275),
            (0.28, 0.13),
            (0.001, 0.06),
        ]
    )
    s.add(lathe(bowl).moved(0.62, -0.62), "gloss", CHINA)
    heap = lathe(smooth([(0.33, 0.23), (0.22, 0.31), (0.1, 0.37), (0.001, 0.39)]))
    s.add(
        heap.bent(lambda p: p + 0.008 * np.sin(p[:, [1, 0, 0]] * 50)).moved(0.62, -0.62),
        "matte",
        role="a",
    )
    return s


def nut_pouch() -> Stage:
    """A pouch of nuts with the nuts before it."""
    s = Stage(ratio=0.78, height=1.5, target=0.8, distance=5.5)
    s.add(bag(1.26, 0.6, 1.58).turned(11), "paper", role="label")
    nut = ball(0.11, steps=22).moved(0, 0, 0.11)
    s.add(scattered(nut, 13, 8, (-0.85, 0.85, -0.95, -0.55)), "satin", role="a")
    return s


def meat_pouch() -> Stage:
    """A clear-fronted pack of something cured, slices on a board before it."""
    s = Stage(ratio=1.0, height=1.6, target=0.74, distance=5.3)
    s.add(
        pillow(1.42, 1.42, 0.3).turned(-8, "x").turned(-8).moved(0, 0.2, 0.05),
        "satin",
        role="label",
    )
    s.add(block(1.5, 0.5, 0.07).moved(0, -0.72), "satin", WOOD)
    strip = block(0.34, 0.12, 0.05, round_off=0.02).bent(
        lambda p: (
            p
            + np.stack(
                [0 * p[:, 0], 0.03 * np.sin(p[:, 0] * 18), 0.015 * np.sin(p[:, 0] * 25 + 1)], -1
            )
        )
    )
    s.add(
        scattered(strip, 11, 2, (-0.55, 0.55, -0.85, -0.62)).moved(0, 0, 0.085), "satin", role="a"
    )
    return s


def carton_faces(
    width: float, depth: float, height: float, turn: float, x: float = 0, y: float = 0, z: float = 0
) -> dict[str, Shape]:
    """The faces of a carton, turned and put in its place."""
    return {
        name: face.turned(turn).moved(x, y, z) for name, face in box(width, depth, height).items()
    }


def carton() -> Stage:
    """An upright carton, as tea bags and tonics are sold."""
    s = Stage(ratio=0.8, height=1.75, target=0.74, distance=5.4)
    faces = carton_faces(1.12, 0.5, 1.4, 22, -0.08)
    s.add(faces["front"], "paper", role="label", flat=True)
    s.add(
        [faces["right"], faces["left"], faces["top"], faces["back"]], "paper", role="a", flat=True
    )
    sachet = pillow(0.42, 0.5, 0.07).turned(-84, "x")
    s.add(
        [sachet.turned(30).moved(0.52, -0.95, 0.05), sachet.turned(-14).moved(0.2, -1.12, 0.09)],
        "satin",
        role="b",
    )
    return s


def tea_box() -> Stage:
    """A wide box of tea bags, two of them before it."""
    s = Stage(ratio=1.5, height=1.7, target=0.55, distance=5.1)
    faces = carton_faces(1.5, 0.62, 1.0, -16, 0, 0.1)
    s.add(faces["front"], "paper", role="label", flat=True)
    s.add(
        [faces["right"], faces["left"], faces["top"], faces["back"]], "paper", role="a", flat=True
    )
    for x, y, turn in ((-0.15, -0.78, 20), (0.42, -0.62, -18)):
        teabag = pillow(0.3, 0.36, 0.1).turned(-82, "x").turned(turn).moved(x, y, 0.03)
        s.add(teabag, "cloth", (0.78, 0.71, 0.58))
        s.add(
            tube([(x, y + 0.3, 0.06), (x + 0.14, y + 0.1, 0.02), (x + 0.26, y - 0.1, 0.02)], 0.006),
            "cloth",
            (0.8, 0.78, 0.7),
        )
        tag = block(0.14, 0.14, 0.006, round_off=0.002).turned(turn).moved(x + 0.3, y - 0.14, 0.01)
        s.add(tag, "paper", role="b")
    return s


def gift_box() -> Stage:
    """A gift box with a ribbon."""
    s = Stage(ratio=1.42, height=2.0, target=0.5, distance=5.2)
    body = carton_faces(1.66, 1.0, 0.86, 14)
    s.add([body[one] for one in ("front", "left", "right", "back")], "paper", role="a", flat=True)
    lid = carton_faces(1.72, 1.06, 0.2, 14, z=0.84)
    s.add([lid[one] for one in ("front", "left", "right", "back")], "paper", role="side", flat=True)
    s.add(lid["top"], "paper", role="a", flat=True)
    s.add(
        quad((-0.36, -0.502, 0.07), (1.08, 0, 0), (0, 0, 0.75)).turned(14),
        "paper",
        role="label",
        flat=True,
    )
    s.add(
        block(0.13, 1.085, 1.075, round_off=0.004).turned(14).moved(-0.565, -0.141, -0.01),
        "satin",
        role="b",
    )
    for turn in (60, 115, -50, -125):
        loop = tube(
            [(0, 0, 0), (0.18, 0.06, 0.18), (0.34, 0, 0.11), (0.18, -0.06, 0.02), (0, 0, 0)], 0.035
        )
        s.add(loop.scaled(1, 1.6, 1).turned(turn + 14).moved(-0.565, -0.2, 1.06), "satin", role="b")
    return s


def cake_box() -> Stage:
    """An open box of cakes or sweets: the lid stands behind the tray."""
    s = Stage(ratio=1.4, height=1.9, target=0.62, distance=5.3)
    lid = {
        name: face.turned(-10, "x").turned(-7).moved(0, 0.62, 0.02)
        for name, face in box(1.68, 0.24, 1.2).items()
    }
    s.add(lid["front"], "paper", role="label", flat=True)
    s.add([lid[one] for one in ("left", "right", "top", "back")], "paper", role="a", flat=True)
    low = carton_faces(1.68, 0.74, 0.22, -7, 0, -0.34)
    s.add([low[one] for one in ("front", "left", "right", "back")], "paper", role="a", flat=True)
    s.add(
        quad((-0.82, -0.36, 0.15), (1.64, 0, 0), (0, 0.72, 0)).turned(-7).moved(0, -0.34),
        "paper",
        (0.84, 0.80, 0.70),
    )
    sweet = block(0.19, 0.19, 0.12, round_off=0.03)
    spots = [(-0.66 + 0.264 * k, y) for k in range(6) for y in (-0.23, 0.0, 0.23)]
    s.add(
        join([sweet.turned(3 * (k % 3)).moved(x, y, 0.15) for k, (x, y) in enumerate(spots)])
        .turned(-7)
        .moved(0, -0.34),
        "satin",
        role="b",
    )
    return s


def stand_box() -> Stage:
    """A candy box on its edge, sticks of wrapped sweets before it."""
    s = Stage(ratio=1.35, height=1.5, target=0.6, distance=5.1)
    faces = carton_faces(1.5, 0.4, 1.1, 12, 0, 0.15)
    s.add(faces["front"], "paper", role="label", flat=True)
    s.add(
        [faces["right"], faces["left"], faces["top"], faces["back"]], "paper", role="a", flat=True
    )
    wrap = tube(
        [
            (-0.22, 0, 0),
            (-0.15, 0, 0),
            (-0.12, 0, 0),
            (0, 0, 0),
            (0.12, 0, 0),
            (0.15, 0, 0),
            (0.22, 0, 0),
        ],
        lambda t: 0.075 if 0.26 < t < 0.74 else 0.02 + 0.14 * abs(abs(t - 0.5) - 0.24),
    )
    s.add(scattered(wrap, 9, 6, (-0.75, 0.75, -0.9, -0.55)).moved(0, 0, 0.075), "satin", role="b")
    return s


def rice_bag() -> Stage:
    """A sack of rice with a bowl of the grain."""
    s = Stage(ratio=0.82, height=1.5, target=0.86, distance=5.9)
    sack = bag(1.36, 0.8, 1.7, crimp=0.72).turned(-10).moved(-0.14)
    s.add(sack, "cloth", role="label")
    bowl = smooth(
        [
            (0.001, 0.03),
            (0.16, 0.02),
            (0.18, 0),
            (0.34, 0.14),
            (0.4, 0.3),
            (0.385, 0.305),
            (0.3, 0.14),
            (0.001, 0.06),
        ]
    )
    s.add(lathe(bowl).moved(0.66, -0.66), "satin", WOOD)
    rng = np.random.default_rng(1)
    grains = []
    for _ in range(420):
        r, a = 0.35 * math.sqrt(rng.uniform()), rng.uniform(0, 2 * math.pi)
        grain = ball(0.03, flat=0.35, steps=8).scaled(1, 0.38, 1).turned(rng.uniform(0, 360))
        grains.append(
            grain.moved(
                0.66 + r * math.sin(a), -0.66 + r * math.cos(a), 0.3 + 0.12 * (1 - (r / 0.35) ** 2)
            )
        )
    s.add(grains, "satin", role="a")
    s.add(
        lathe(smooth([(0.37, 0.26), (0.25, 0.36), (0.1, 0.405), (0.001, 0.41)])).moved(0.66, -0.66),
        "matte",
        role="a",
    )
    return s


def noodle_bundle() -> Stage:
    """Dry noodles in two bundles, a printed band about the front one."""
    s = Stage(ratio=1.5, height=1.9, target=0.42, distance=5.0)
    rng = np.random.default_rng(2)
    for x, y, turn, band in ((0.0, -0.28, 6, True), (0.1, 0.42, -7, False)):
        strands = []
        for _ in range(230):
            r, a = 0.34 * math.sqrt(rng.uniform(0.25, 1)), rng.uniform(0, 2 * math.pi)
            px, pz = r * math.sin(a), 0.36 + r * math.cos(a)
            half = 0.94 + rng.uniform(-0.05, 0.05)
            strands.append(tube([(-half, px, pz), (half, px, pz)], 0.017, steps=5))
        s.add(join(strands).turned(turn).moved(x, y), "satin", role="a")
        roll = lathe([(0.372, -0.46), (0.372, 0.46)], (-180, 180)).turned(90, "y")
        arc = roll.points
        face = (np.arctan2(-arc[:, 1], arc[:, 2]) - 0.35) / 1.9
        wrap = Shape(
            arc, roll.faces, np.stack([(arc[:, 0] + 0.46) / 0.92, np.clip(face, 0, 1)], -1)
        )
        s.add(
            wrap.moved(0, 0, 0.372).turned(turn).moved(x, y), "paper", role="label" if band else "b"
        )
    return s


def rice_paper() -> Stage:
    """A stack of rice paper with a band of paper over it."""
    s = Stage(ratio=1.2, height=1.9, target=0.62, distance=5.2)
    rounds = []
    rng = np.random.default_rng(9)
    for at in range(18):
        sheet = disc(0.86).bent(
            lambda p: (
                p
                + np.stack(
                    [0 * p[:, 0], 0 * p[:, 0], 0.02 * np.sin(5 * p[:, 0] + rng.uniform(0, 3))], -1
                )
            )
        )
        rounds.append(sheet.moved(rng.uniform(-0.01, 0.01), rng.uniform(-0.01, 0.01), at * 0.016))
    stack = join(rounds).turned(60, "x").moved(0, 0.15, 0.8)
    s.add(stack, "satin", role="a")
    card = (
        quad((-0.52, -0.44, 0.32), (1.04, 0, 0), (0, 0.87, 0)).turned(60, "x").moved(0, 0.15, 0.8)
    )
    s.add(card, "paper", role="label")
    s.add(
        [tube([(x, -0.5, 0.04), (x, 0.1, 0.05), (x, 0.5, 0.4)], 0.035) for x in (-0.45, 0.45)],
        "satin",
        WOOD,
    )
    s.add(
        [leaf(0.5, 0.2, 0.2).turned(a).moved(-0.7, -0.75, 0.06) for a in (-40, -85, -130)],
        "satin",
        LEAF,
    )
    return s


def leaf_cake() -> Stage:
    """Cakes boiled in leaves and tied with bamboo strings, with a card."""
    s = Stage(ratio=1.5, height=1.7, target=0.5, distance=5.0)
    cake = block(0.92, 0.92, 0.36, round_off=0.07).bent(
        lambda p: p + 0.01 * np.sin(p[:, [1, 0, 0]] * 22)
    )
    ties = [block(0.93, 0.03, 0.375, round_off=0.01).moved(0, y) for y in (-0.17, 0.17)]
    ties += [block(0.03, 0.93, 0.375, round_off=0.01).moved(x, 0) for x in (-0.17, 0.17)]
    for x, y, z, turn, tilt in (
        (0.42, 0.3, 0.0, 18, 0),
        (0.42, 0.3, 0.37, 30, 0),
        (-0.5, 0.32, 0.06, -14, 70),
    ):
        for shape, kind, role in ((cake, "satin", "a"), (join(ties), "matte", "b")):
            s.add(
                shape.turned(tilt, "x").turned(turn).moved(x, y, z + (0.36 if tilt else 0)),
                kind,
                role=role,
            )
    s.add(_card(1.0, 0.66, 7).moved(-0.14, -0.62), "paper", role="label")
    return s


def _card(width: float, height: float, turn: float) -> Shape:
    """A folded name card that stands by itself."""
    front = quad((-width / 2, 0, 0), (width, 0, 0), (0, height * 0.28, height * 0.96))
    return front.turned(turn)


def tray_pack() -> Stage:
    """A butcher's tray under a sleeve of paper."""
    s = Stage(ratio=0.92, height=3.9, target=0.2, distance=4.6)
    tray = block(1.7, 1.15, 0.2, round_off=0.08)
    s.add(tray.turned(-10), "satin", (0.12, 0.12, 0.12))
    lumps = block(1.52, 0.98, 0.2, round_off=0.09).bent(
        lambda p: (
            p
            + np.stack(
                [0 * p[:, 0], 0 * p[:, 0], 0.03 * np.sin(p[:, 0] * 14) * np.cos(p[:, 1] * 5)], -1
            )
        )
    )
    s.add(lumps.turned(-10).moved(0, 0, 0.12), "gloss", role="a")
    sleeve = block(0.92, 1.2, 0.38, round_off=0.05)
    s.add(sleeve.turned(-10).moved(0.14, -0.02, -0.01), "paper", role="b")
    s.add(
        quad((-0.42, -0.55, 0.378), (0.84, 0, 0), (0, 1.1, 0)).turned(-10).moved(0.14, -0.02),
        "paper",
        role="label",
    )
    s.add(
        [leaf(0.5, 0.17, 0.25).turned(a).moved(-0.72, -0.72, 0.08) for a in (-15, -60, -100)],
        "satin",
        LEAF,
    )
    return s


def sausage_pack() -> Stage:
    """Links of sausage on a board before their pack."""
    s = Stage(ratio=1.0, height=1.7, target=0.68, distance=5.2)
    s.add(
        pillow(1.36, 1.32, 0.26).turned(-10, "x").turned(9).moved(0, 0.26, 0.08),
        "satin",
        role="label",
    )
    s.add(block(1.7, 0.56, 0.07).moved(0, -0.66), "satin", WOOD)
    for x, y, z, turn in ((-0.38, -0.7, 0.17, 8), (0.3, -0.62, 0.17, -10), (-0.02, -0.8, 0.17, 2)):
        link = tube(
            [(-0.34, 0.04, 0), (-0.2, -0.01, 0), (0, -0.03, 0), (0.2, -0.01, 0), (0.34, 0.04, 0)],
            lambda t: 0.1 * max(0.02, 1 - abs(2 * t - 1) ** 5) ** 0.5,
        )
        s.add(link.turned(turn).moved(x, y, z), "gloss", role="a")
    return s


def soap_bars() -> Stage:
    """Bars of soap, one in its paper band, with a sprig of leaves."""
    s = Stage(ratio=1.25, height=2.0, target=0.34, distance=4.8)
    bar = block(1.0, 0.66, 0.28, round_off=0.08)
    s.add(
        [
            bar.turned(-12).moved(-0.12, -0.1),
            bar.turned(20).moved(0.32, 0.62),
            bar.turned(34).moved(0.3, 0.62, 0.28),
        ],
        "satin",
        role="a",
    )
    s.add(
        block(0.66, 0.67, 0.286, round_off=0.06).turned(-12).moved(-0.12, -0.1), "paper", role="b"
    )
    s.add(
        quad((-0.31, -0.29, 0.288), (0.62, 0, 0), (0, 0.58, 0)).turned(-12).moved(-0.12, -0.1),
        "paper",
        role="label",
    )
    s.add(
        [
            leaf(0.42, 0.15, 0.15).turned(a).moved(0.66, -0.45, 0.05)
            for a in (20, -30, -75, -120, 70)
        ],
        "satin",
        role="c",
    )
    return s


SCENES: Final = (
    pouch,
    flat_pouch,
    dried_pouch,
    powder_pouch,
    nut_pouch,
    meat_pouch,
    carton,
    tea_box,
    gift_box,
    cake_box,
    stand_box,
    rice_bag,
    noodle_bundle,
    rice_paper,
    leaf_cake,
    tray_pack,
    sausage_pack,
    soap_bars,
)
