"""Whose turn it is to write: one process at a time, and none is locked out by one that died."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.search.engine import SearchBusyError

RETRY_SECONDS: Final = 0.02


@contextmanager
def exclusive(path: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lock in a file, for a thread or a process alone; the system frees it when one dies.

    Raises `SearchBusyError` when somebody else has held it for `timeout` seconds.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _taken(descriptor):
            if time.monotonic() > deadline:
                raise SearchBusyError("another process has been writing to the index for too long")
            time.sleep(RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
