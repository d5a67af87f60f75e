"""Ways in which a file of an index breaks: taken away, cut short, written over."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

Damage = Callable[[Path], None]


def remove(path: Path) -> None:
    """Take it away."""
    path.unlink()


def empty(path: Path) -> None:
    """Leave nothing in it."""
    os.truncate(path, 0)


def halve(path: Path) -> None:
    """Lose the second half."""
    os.truncate(path, path.stat().st_size // 2)


def cut_a_byte(path: Path) -> None:
    """Lose the last byte."""
    os.truncate(path, path.stat().st_size - 1)


def fill_with_rubbish(path: Path) -> None:
    """Write anything over it, as long as it was."""
    path.write_bytes(Random(1).randbytes(path.stat().st_size))  # noqa: S311 - rubbish


def turn_a_byte(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def make_a_folder(path: Path) -> None:
    """Put a folder of its name in its place."""
    path.unlink()
    path.mkdir()
