"""The files of a tantivy index: which belong to its newest state, whether they are whole, safe copies.

Tantivy maps its files into memory, and a process dies (SIGBUS) when it touches a mapped file that
somebody cut short. So readers do not map the files of the index but copies that have no name: nobody
can reach those. A file is copied once, since tantivy never changes one; what is copied is compared with
the checksum that stands at its end. An index that is too large to copy is mapped where it lies, and its
files are measured before every search; one that is cut short within a search still ends the process.
"""

import json
import os
import shutil
import struct
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final

from app.search.engine import SearchUnavailableError

META: Final = "meta.json"
MANAGED: Final = ".managed.json"
# Of one state: postings, terms, lengths of texts, columns, stored fields, positions (of which there are none).
PARTS: Final = ("idx", "term", "fieldnorm", "fast", "store", "pos")
DESCRIPTORS: Final = Path("/proc/self/fd")
_END = struct.Struct("<II")
MAGIC: Final = 1337
LONGEST_FOOTER: Final = 4_096
CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class State:
    """One committed state of an index: its folder, its number, its layout and its files."""

    folder: Path
    meta: bytes
    number: int
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    sizes: tuple[int, ...] = ()

    @property
    def generation(self) -> str:
        """Name this state among those of all builds."""
        return f"{self.folder.name}/{self.number}"


class Copy:
    """A copy of one file; it lives as long as somebody holds it."""

    def __init__(self, source: Path, home: Path) -> None:
        """Copy and compare with the checksum. Raises `SearchUnavailableError` when damaged."""
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=home, buffering=0)  # noqa: SIM115
        self._closing = weakref.finalize(self, self._file.close)
        with source.open("rb", buffering=0) as original:
            length, expected = _footer(original)
            checksum, left = 0, length
            while chunk := original.read(CHUNK):
                body = chunk[:left]
                checksum, left = zlib.crc32(body, checksum), left - len(body)
                self._file.write(chunk)
        if checksum != expected:
            raise _damaged(source)

    @property
    def path(self) -> Path:
        """The path by which this process, and no other, can open the copy."""
        return DESCRIPTORS / str(self._file.fileno())


Copies = Mapping[str, Copy]


def newest_state(folder: Path) -> State:
    """Read which files make up the newest state and look at the end of each.

    Raises `SearchUnavailableError` when one is missing or cut short.
    """
    before = b""
    while True:
        try:
            state = _read_state(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"no readable index in {folder}: {error}"
            raise SearchUnavailableError(msg) from error
        try:
            sizes = tuple(_whole_size(folder / name) for name in state.files)
        except (OSError, SearchUnavailableError) as error:
            if state.meta == before:
                msg = f"damaged index in {folder}: {error}"
                raise SearchUnavailableError(msg) from error
            before = state.meta  # a commit may have removed the file: look again
        else:
            return replace(state, sizes=sizes)


def are_whole(state: State) -> bool:
    """Tell whether all files are still as long as they were; cheap enough for every search."""
    try:
        return state.sizes == tuple(os.stat(state.folder / name).st_size for name in state.files)  # noqa: PTH116
    except OSError:
        return False


def copy_files(state: State, known: Copies, home: Path) -> dict[str, Copy]:
    """Copy the files of a state, except those that were copied before."""
    made: dict[str, Copy] = {}
    for name in state.files:
        key = f"{state.folder.name}/{name}"
        made[key] = known.get(key) or Copy(state.folder / name, home)
    return made


@contextmanager
def shown_as_folder(state: State, copies: Copies) -> Iterator[Path]:
    """Show the copies under the names of the files in a folder, as long as it takes to open them."""
    folder = Path(tempfile.mkdtemp(prefix="search-"))
    try:
        (folder / META).write_bytes(state.meta)
        for name in state.files:
            copy = copies.get(f"{state.folder.name}/{name}")
            (folder / name).symlink_to(copy.path if copy else (state.folder / name).resolve())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def can_copy() -> bool:
    """Whether this system shows open files under a path, as Linux does."""
    return DESCRIPTORS.is_dir()


def _read_state(folder: Path) -> State:
    meta = (folder / META).read_bytes()
    read: dict[str, Any] = json.loads(meta)
    if (folder / MANAGED).exists():
        json.loads((folder / MANAGED).read_bytes())  # writers cannot do without it
    files = []
    for segment in read["segments"]:
        stem = str(segment["segment_id"]).replace("-", "")
        files += [f"{stem}.{part}" for part in PARTS]
        if segment.get("deletes"):
            files.append(f"{stem}.{segment['deletes']['opstamp']}.del")
    fields = tuple((str(one["name"]), str(one["type"])) for one in read["schema"])
    return State(folder, meta, int(read["opstamp"]), fields, tuple(files))


def _whole_size(path: Path) -> int:
    with path.open("rb", buffering=0) as file:
        _footer(file)
        return file.seek(0, os.SEEK_END)


def _footer(file: IO[bytes]) -> tuple[int, int]:
    """Read the end of a file: how long what stands before it is, and its checksum."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - LONGEST_FOOTER)
    file.seek(start)
    end = file.read(LONGEST_FOOTER)
    file.seek(0)
    try:
        length, magic = _END.unpack(end[-_END.size :])
        if magic != MAGIC:
            raise _damaged(Path(file.name))
        text = end[-_END.size - length : -_END.size]
        return size - _END.size - length, int(json.loads(text)["crc"])
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise _damaged(Path(file.name)) from error


def _damaged(path: Path) -> SearchUnavailableError:
    return SearchUnavailableError(f"a file of the index is damaged: {path.name}")
