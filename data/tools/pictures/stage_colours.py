"""How bright the recoloured parts of a scene are rendered: what a colour is divided by when it is composed."""

from __future__ import annotations

from typing import Final

GROUND: Final = (0.74, 0.70, 0.64)
PLAIN: Final = 0.72
LABEL: Final = 0.82
