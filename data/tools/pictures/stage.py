"""The photo studio of the demonstration: ground, lights, camera, and the parts that are recoloured later.

A part has a role. `ground`, `a`, `b`, `c` are tinted when a picture is composed, `label` and `side` take a
drawing. All of them are rendered near white, and a second time black: what is left then is only their gloss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final

import mitsuba as mi
import numpy as np
from geometry import Shape, grid, join
from stage_colours import GROUND, LABEL, PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES: Final = ("ground", "label", "side", "a", "b", "c")
Colour = tuple[float, float, float]


def _colour(values: Sequence[float]) -> dict[str, Any]:
    return {"type": "rgb", "value": [float(one) for one in values]}


def material(kind: str, colour: Sequence[float]) -> dict[str, Any]:
    """Describe a surface: matte, paper, satin, gloss, cloth, metal or glass."""
    look: dict[str, dict[str, float]] = {
        "matte": {"roughness": 0.9, "specular": 0.1},
        "paper": {"roughness": 0.6, "specular": 0.25},
        "satin": {"roughness": 0.38, "specular": 0.5},
        "gloss": {"roughness": 0.12, "specular": 0.55, "clearcoat": 0.4, "clearcoat_gloss": 0.9},
        "cloth": {"roughness": 0.95, "specular": 0.05, "sheen": 0.5},
        "metal": {"roughness": 0.24, "metallic": 1.0},
    }
    if kind == "glass":
        return {"type": "dielectric", "int_ior": 1.33, "specular_transmittance": _colour(colour)}
    if kind == "thin":
        return {"type": "thindielectric", "specular_transmittance": _colour(colour)}
    return {
        "type": "twosided",
        "nested": {"type": "principled", "base_color": _colour(colour), **look[kind]},
    }


@dataclass
class Stage:
    """A scene in the making: `size` of the label is its width over its height."""

    ratio: float = 1.0
    height: float = 1.35
    target: float = 0.78
    distance: float = 6.2
    angle: float = 24.0
    warmth: float = 1.0
    parts: list[tuple[Shape, str, Colour, str, bool]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    cove: bool = True

    def add(
        self,
        shape: Shape | Sequence[Shape],
        kind: str = "matte",
        colour: Colour = (PLAIN, PLAIN, PLAIN),
        *,
        role: str = "",
        flat: bool = False,
    ) -> None:
        """Put something on the stage; what has a role needs no colour."""
        one = shape if isinstance(shape, Shape) else join(shape)
        base = (LABEL,) * 3 if role in {"label", "side"} else (PLAIN,) * 3
        self.parts.append((one, kind, base if role else colour, role, flat))

    def lit(self, *, gloss_only: bool, side: int = 960) -> tuple[Any, list[str]]:
        """Light it, and name the role of each shape in the scene's order."""
        folder = Path(mkdtemp(prefix="scene-"))
        world: dict[str, Any] = {
            "type": "scene",
            "integrator": {"type": "path", "max_depth": 10},
            "sensor": self._camera(side),
            **self._lights(),
            **self.extra,
        }
        parts = list(self.parts)
        if self.cove:
            parts.append((_cove(), "matte", GROUND, "ground", False))
        for at, (shape, kind, colour, role, flat) in enumerate(parts):
            name = f"{role or 'none'}_{at}"
            path = folder / f"{name}.ply"
            mesh = mi.Mesh(name, len(shape.points), len(shape.faces), has_vertex_texcoords=True)
            said = mi.traverse(mesh)
            said["vertex_positions"] = shape.points.astype(np.float32).ravel()
            said["faces"] = shape.faces.astype(np.uint32).ravel()
            said["vertex_texcoords"] = shape.uv.astype(np.float32).ravel()
            said.update()
            mesh.write_ply(str(path))
            dark = gloss_only and role
            world[name] = {
                "type": "ply",
                "filename": str(path),
                "face_normals": flat,
                "bsdf": material(kind, (0.0, 0.0, 0.0) if dark else colour),
            }
        return mi.load_dict(world, optimize=False)

    def _camera(self, side: int) -> dict[str, Any]:
        look = mi.ScalarTransform4f().look_at(
            origin=[0, -self.distance, self.height], target=[0, 0, self.target], up=[0, 0, 1]
        )
        return {
            "type": "perspective",
            "fov": self.angle,
            "to_world": look,
            "film": {
                "type": "hdrfilm",
                "width": side,
                "height": side,
                "rfilter": {"type": "gaussian"},
            },
            "sampler": {"type": "independent"},
        }

    def _lights(self) -> dict[str, Any]:
        w = self.warmth

        def panel(origin: Sequence[float], size: Sequence[float], glow: Colour) -> dict[str, Any]:
            up = [0, 1, 0] if origin[0] == 0 else [0, 0, 1]
            turn = mi.ScalarTransform4f().look_at(origin=list(origin), target=[0, 0, 0.6], up=up)
            return {
                "type": "rectangle",
                "to_world": turn @ mi.ScalarTransform4f().scale([size[0], size[1], 1]),
                "emitter": {"type": "area", "radiance": _colour(glow)},
            }

        return {
            "key": panel((-3.4, -2.5, 4.3), (1.25, 1.25), (12.4, 11.5 * w**-0.04, 10.2 / w)),
            "fill": panel((4.3, -1.7, 2.1), (0.9, 1.8), (3.3, 3.4, 3.7)),
            "top": panel((0, 0.5, 6.2), (2.3, 2.3), (1.5, 1.48, 1.45)),
            "around": {"type": "constant", "radiance": _colour((0.24, 0.23, 0.21))},
        }


def _cove() -> Shape:
    bend = np.linspace(0, math.pi / 2, 40)
    line = [(-12.0, 0.0), (2.2, 0.0)]
    line += [(2.2 + 1.8 * math.sin(a), 1.8 - 1.8 * math.cos(a)) for a in bend[1:]]
    line.append((4.0, 10.0))
    return grid(np.array([[(-14.0, y, z), (14.0, y, z)] for y, z in line]))
