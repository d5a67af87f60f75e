"""Unpacks lists of postings as Whoosh keeps them: blocks of pickled numbers, packed by zlib."""

import pickle
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray


class DamagedError(Exception):
    """A file of the index is not what was written."""

    def __init__(self, name: str, fault: str) -> None:
        """Say which part, and what is wrong with it."""
        super().__init__(f"{name} {fault}")


class _Plain(pickle.Unpickler):
    """Reads numbers and tuples and nothing else."""

    def find_class(self, module: str, name: str, /) -> NoReturn:
        """Refuse every class. Raises `UnpicklingError`."""
        raise pickle.UnpicklingError(module, name)


def unpacked(data: bytes, magic: bytes) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
    """Unpack a list of postings, which stands in blocks: length, what is in it, numbers, weights.

    Raises `DamagedError` and whatever reading rubbish raises.
    """
    if not data.startswith(magic):
        raise DamagedError("a list of postings", "does not start as one")
    at, size = len(magic), 0
    while size >= 0:  # the last block says so by a negative length
        size = int.from_bytes(data[at : at + 4], "big", signed=True)
        block = BytesIO(data[at + 4 : at + 4 + abs(size)])
        at += 4 + abs(size)
        count, _last, _most, is_packed, *_lengths = _Plain(block).load()
        body = block.read()
        steps, weights, _none = _Plain(BytesIO(zlib.decompress(body) if is_packed else body)).load()
        ids = np.cumsum(np.array(steps, dtype=np.int32), dtype=np.int32)
        if len(ids) != count or at > len(data):
            raise DamagedError("a list of postings", "is cut short")
        weight = 1.0 if weights is None else weights
        yield ids, np.array(np.broadcast_to(np.float32(weight), count))
