"""Compose the pictures of the demonstration from the rendered scenes: one for each product on sale, and more.

`python compose.py` draws what is listed in products.json, villages.json, showrooms.json and producers.json and
writes data/pictures/drawn/… and data/pictures/drawn.json. `--sheet FILE [scene …]` draws a contact sheet only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Final

import labels
import numpy as np
from layers import SIDE, Layers, read
from looks import CARDS, SAFE, Look
from palettes import linear
from PIL import Image, ImageDraw
from sides import side_of
from stage_colours import GROUND, LABEL, PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labels import Palette, Words

ROOT: Final = Path(__file__).resolve().parents[3]
DATA: Final = ROOT / "data"
SCENES: Final = DATA / "pictures" / "scenes"
DRAWN: Final = DATA / "pictures" / "drawn"
MADE: Final = Path(gettempdir()) / "chophien-pictures.json"
INDEX: Final = DATA / "pictures" / "drawn.json"
FILE_LIMIT: Final = 25_000
QUALITIES: Final = {"AVIF": (38, 32, 26), "WEBP": (42, 36, 30, 24, 18)}
WIDTHS: Final = (640, 360)
BRIGHTEST: Final = 3.0


def _curve() -> np.ndarray:
    """Light by steps to bytes: as it is, with the brightest rolled off softly."""
    light = np.linspace(0, BRIGHTEST, 65_536)
    shown = light / (1 + (light / 1.15) ** 5) ** 0.2
    return np.round(np.clip(shown, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


SHOWN: Final = _curve()
Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a picture shows, before it is drawn."""

    key: str
    scene: str
    look: Look
    words: Words
    palette: Palette
    motif: str
    ground: tuple[float, float, float]
    style: int
    number: int
    closer: bool = False


def number_of(key: str) -> int:
    """Draw the same large number for the same key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")


@cache
def layers_of(scene: str) -> Layers:
    """Read a scene once."""
    return read(SCENES, scene)


def chosen(options: Sequence[Any], number: int, salt: int) -> Any:  # noqa: ANN401
    """Choose one of some options, another for another number."""
    return options[(number // (7**salt) + salt) % len(options)]


def composed(plan: Plan) -> Image.Image:
    """Lay drawing and colours into the scene's light."""
    scene = layers_of(plan.scene)
    ratio = np.ones((SIDE, SIDE, 3), dtype=np.float32)
    tints = {"a": plan.look.a, "b": plan.look.b, "c": plan.look.c}
    p = plan.palette
    own = {"a": p.deep, "b": p.accent, "c": p.second}
    for role, mask in scene.masks.items():
        part = mask[:, :, None]
        if role == "ground":
            target = np.array(plan.ground, dtype=np.float32) / np.array(GROUND, dtype=np.float32)
            ratio += part * (target - 1)
        elif role in {"label", "side"}:
            ratio += part * (_drawing(plan, scene, role) / LABEL - 1)
        else:
            hue = chosen(tints[role] or ("",), plan.number, ord(role) - 96) or own[role]
            ratio += part * (np.array(linear(hue), dtype=np.float32) / PLAIN - 1)
    light = scene.gloss + (scene.light - scene.gloss) * ratio
    steps = (np.clip(light, 0, BRIGHTEST) * (len(SHOWN) - 1) / BRIGHTEST).astype(np.uint16)
    return Image.fromarray(SHOWN[steps])


def _drawing(plan: Plan, scene: Layers, role: str) -> np.ndarray:
    shows = scene.masks[role] > 0
    span = np.diff(scene.uv[:, :, 0], axis=1, append=0)[shows]
    steep = np.median(np.abs(span[np.abs(span) > 1e-6])) if shows.any() else 1 / 300
    if role == "label":
        draw = labels.card if plan.scene in CARDS else labels.STYLES[plan.style]
        art = draw(
            plan.words,
            plan.palette,
            plan.motif,
            labels.size_for(scene.ratio),
            SAFE.get(plan.scene, 0.86),
        )
    else:
        art = side_of(plan.look.side, plan.palette, plan.motif, plan.number)
    wide = int(np.clip(1 / max(steep, 1e-4) * 1.1, 64, art.width))
    art = art.resize(
        (wide, max(16, round(art.height * wide / art.width))), Image.Resampling.LANCZOS
    )
    colours = (np.asarray(art).astype(np.float32) / 255) ** 2.2
    out = np.zeros((SIDE, SIDE, 3), dtype=np.float32)
    x = np.clip(scene.uv[:, :, 0][shows] * art.width - 0.5, 0, art.width - 1.001)
    y = np.clip(scene.uv[:, :, 1][shows] * art.height - 0.5, 0, art.height - 1.001)
    x0, y0 = x.astype(int), y.astype(int)
    fx, fy = (x - x0)[:, None], (y - y0)[:, None]
    top = colours[y0, x0] * (1 - fx) + colours[y0, x0 + 1] * fx
    low = colours[y0 + 1, x0] * (1 - fx) + colours[y0 + 1, x0 + 1] * fx
    out[shows] = top * (1 - fy) + low * fy
    return out


def closer(picture: Image.Image, scene: str) -> Image.Image:
    """Cut the part of a picture where the label is."""
    mask = layers_of(scene).masks["label"] > 0.5
    rows, columns = np.nonzero(mask)
    x, y = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
    half = max(columns.max() - columns.min(), rows.max() - rows.min()) / 2 * 1.08
    half = min(max(half, 190), SIDE / 2)
    x, y = (float(np.clip(one, half, SIDE - half)) for one in (x, y))
    return picture.crop((round(x - half), round(y - half), round(x + half), round(y + half)))


def _encoded(picture: Image.Image, kind: str) -> bytes:
    import io  # noqa: PLC0415

    for quality in QUALITIES[kind]:
        out = io.BytesIO()
        more = {"speed": 6, "max_threads": 1} if kind == "AVIF" else {"method": 4}
        picture.save(out, kind, quality=quality, **more)
        if out.tell() <= FILE_LIMIT:
            break
    return out.getvalue()


def keep(picture: Image.Image) -> str:
    """Write a picture in each width and format, and tell its key."""
    sized = {width: picture.resize((width, width), Image.Resampling.LANCZOS) for width in WIDTHS}
    files = {
        f"{width}.{kind.lower()}": _encoded(one, kind)
        for width, one in sized.items()
        for kind in QUALITIES
    }
    digest = hashlib.sha256(files["640.webp"]).hexdigest()[:24]
    pixel = sized[360].resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    tone = "".join(str(round(value / 85)) for value in pixel[:3])
    key = f"{digest[:2]}/{digest}~640~{tone}"
    (DRAWN / digest[:2]).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (DRAWN / f"{key}-{name}").write_bytes(data)
    return f"drawn/{key}"


def draw(plan: Plan) -> tuple[str, Row]:
    """Draw one picture, and its closer view where the plan says so."""
    whole = composed(plan)
    said: Row = {"key": keep(whole), "scene": plan.scene, "illustrative": True}
    if plan.closer:
        said["closer"] = keep(closer(whole, plan.scene))
    return plan.key, said


def main() -> None:
    """Draw everything, or a contact sheet."""
    from plans import everything  # noqa: PLC0415 - plans need what is above

    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--sheet", type=Path)
    said.add_argument("--every", type=int, default=1)
    said.add_argument("--closer", action="store_true")
    said.add_argument("scenes", nargs="*")
    wanted = said.parse_args()
    books = everything()
    if wanted.sheet:
        plans = [plan for book in books.values() for plan in book]
        plans = [
            one
            for one in plans
            if (not wanted.scenes or one.scene in wanted.scenes)
            and (SCENES / f"{one.scene}.npz").exists()
        ]
        sheet(plans[:: wanted.every], wanted.sheet, is_closer=wanted.closer)
        return
    index = drawn_index(books)
    INDEX.write_text(
        json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    parts = [one for book in index.values() for one in book.values()]
    kept = {
        DRAWN / f"{one[part][6:]}" for one in parts for part in ("key", "closer") if part in one
    }
    for file in DRAWN.glob("*/*"):
        if file.with_name(file.name.rpartition("-")[0]) not in kept:
            file.unlink()
    total = sum(one.stat().st_size for one in DRAWN.glob("*/*"))
    print("bytes", total, "largest", max(one.stat().st_size for one in DRAWN.glob("*/*")))


def drawn_index(books: dict[str, list[Plan]]) -> dict[str, dict[str, Row]]:
    """Draw what is not drawn yet: what a picture was made of is remembered beside this machine's own files."""
    before: dict[str, Row] = {}
    if MADE.exists():
        before = json.loads(MADE.read_text(encoding="utf-8"))
    tools = "".join(
        (Path(__file__).parent / f"{one}.py").read_text(encoding="utf-8")
        for one in ("labels", "motifs", "sides", "layers")
    )
    ready = {
        book: [one for one in plans if (SCENES / f"{one.scene}.npz").exists()]
        for book, plans in books.items()
    }
    made_of = {
        (book, one.key): _made_of(one, tools) for book, plans in ready.items() for one in plans
    }
    by_scene: dict[str, list[tuple[str, Plan]]] = {}
    for book, plans in ready.items():
        for one in plans:
            if made_of[book, one.key] not in before:
                by_scene.setdefault(one.scene, []).append((made_of[book, one.key], one))
    with ProcessPoolExecutor(2) as workers:
        for done in workers.map(_draw_all, by_scene.values()):
            before |= done
            MADE.write_text(json.dumps(before), encoding="utf-8")
            print(len(done), "drawn", flush=True)
    return {
        book: {one.key: before[made_of[book, one.key]] for one in plans}
        for book, plans in ready.items()
    }


def _draw_all(wanted: list[tuple[str, Plan]]) -> dict[str, Row]:
    """Draw all pictures of one scene, which is read once."""
    layers_of.cache_clear()
    return {made_of: draw(plan)[1] for made_of, plan in wanted}


def _made_of(plan: Plan, tools: str) -> str:
    scene = (SCENES / f"{plan.scene}.webp").read_bytes() + (
        SCENES / f"{plan.scene}.npz"
    ).read_bytes()
    told = f"{plan}{tools}{QUALITIES}".encode()
    return hashlib.sha256(scene + told).hexdigest()


def sheet(plans: Sequence[Plan], path: Path, *, is_closer: bool, side: int = 260) -> None:
    """Lay pictures side by side, to be looked at."""
    across = 6
    out = Image.new("RGB", (across * side, -(-len(plans) // across) * side), "white")
    pen = ImageDraw.Draw(out)
    for at, plan in enumerate(plans):
        one = composed(replace(plan))
        if is_closer:
            one = closer(one, plan.scene)
        place = (at % across * side, at // across * side)
        out.paste(one.resize((side, side), Image.Resampling.LANCZOS), place)
        pen.text((place[0] + 4, place[1] + 4), plan.scene, fill="black")
    out.save(path)


if __name__ == "__main__":
    sys.exit(main())
