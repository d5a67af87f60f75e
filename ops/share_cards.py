"""Draw the sharing cards of pages that have none of their own, `static/img/share-<language>.jpg`.

`python -m ops.share_cards` after the fonts or the words change.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image

from app.foundation.sharing import HEIGHT, ShareCard, draw_card

ROOT: Final = Path(__file__).resolve().parents[1]

PICTURES: Final = ("honey", "tea", "vase", "coffee")
WORDS: Final = {
    "vi": ("Đặc sản làng quê, rõ ràng nguồn gốc", "Sao OCOP ai cũng kiểm tra được"),
    "en": (
        "Village goods, clear about where they come from",
        "Stars from certificates anyone can check",
    ),
}


def collage() -> bytes:
    """Put four pictures into one square."""
    half = HEIGHT // 2
    canvas = Image.new("RGB", (HEIGHT, HEIGHT))
    for at, name in enumerate(PICTURES):
        with Image.open(ROOT / "static" / "img" / f"{name}-480.webp") as opened:
            tile = opened.convert("RGB").resize((half, half), Image.Resampling.LANCZOS)
        canvas.paste(tile, (at % 2 * half, at // 2 * half))
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    pictures = collage()
    for lang, (name, line) in WORDS.items():
        card = ShareCard(lang=lang, name=name, site="Chợ Phiên", place=line)
        (ROOT / "static" / "img" / f"share-{lang}.jpg").write_bytes(draw_card(card, pictures))
