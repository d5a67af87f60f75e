"""The folder in which index builds live, and the pointer that says which one is in use."""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from app.search.engine import SearchBusyError

_BUILD = re.compile(r"build-(\d{6})")
POINTER: Final = "current"
WRITING: Final = "writer.lock"
REBUILDING: Final = "rebuild.lock"
RETRY_SECONDS: Final = 0.02


class IndexHome:
    """Keeps builds beside one another; switching is one atomic rename, and the last one is kept."""

    def __init__(self, root: Path) -> None:
        """Stand on a folder that need not exist yet."""
        self.root = root

    def current(self) -> Path | None:
        """Return the build in use, or None before the first one."""
        try:
            name = (self.root / POINTER).read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        folder = self.root / name
        return folder if _BUILD.fullmatch(name) and folder.is_dir() else None

    def new_build(self) -> Path:
        """Create an empty folder for the next build."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max((self._number(folder) for folder in self._builds()), default=0) + 1
        folder = self.root / f"build-{number:06d}"
        folder.mkdir()
        return folder

    def switch_to(self, folder: Path) -> None:
        """Put a finished build in use, keep the previous one, remove all others."""
        previous = self.current()
        for path in folder.iterdir():
            _sync(path)
        _sync(folder)
        pointer = self.root / f"{POINTER}.new"
        pointer.write_text(folder.name, "ascii")
        _sync(pointer)
        pointer.replace(self.root / POINTER)
        _sync(self.root)
        for other in self._builds():
            if other not in {folder, previous}:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def building(self, *, timeout: float) -> Iterator[Path]:
        """Give a folder to build in while nobody else does; whatever goes wrong, it goes again.

        Raises SearchBusyError while another rebuild runs.
        """
        with self.holding(REBUILDING, timeout=timeout):
            folder = self.new_build()
            try:
                yield folder
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    def writing(self, *, timeout: float) -> AbstractContextManager[None]:
        """Be the one who writes, across threads and processes. Raises SearchBusyError."""
        return self.holding(WRITING, timeout=timeout)

    @contextmanager
    def holding(self, name: str, *, timeout: float) -> Iterator[None]:
        """Hold a lock across threads and processes; the system frees it when one dies.

        Raises SearchBusyError when another has had it for too long.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        descriptor = os.open(self.root / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while not _locked(descriptor):
                if time.monotonic() >= deadline:
                    message = f"another process has held {name} for too long"
                    raise SearchBusyError(message)
                time.sleep(RETRY_SECONDS)
            yield
        finally:
            os.close(descriptor)

    def _builds(self) -> list[Path]:
        return [path for path in self.root.glob("build-*") if _BUILD.fullmatch(path.name)]

    def _number(self, folder: Path) -> int:
        return int(folder.name.removeprefix("build-"))


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
