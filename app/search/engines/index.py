"""Whoosh itself: its schema, its files, its warnings. The only file that imports it.

Whoosh 2.7.4 is correct and frozen. Nothing typed by a shopper ever reaches its query parser:
terms are looked up one by one. Its files are written once and never changed, so what they are is
written down at the commit and compared when they are opened: what is torn is never believed.
"""

import os
import threading
import warnings
import weakref
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from app.search.engines.blocks import DamagedError, unpacked
from app.search.engines.layout import CODES, NUMBERS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import analysis, columns, fields, formats, index, reading, scoring, writing
    from whoosh.codec import whoosh3 as codec  # Whoosh itself imports it late, outside this block
    from whoosh.filedb import compound, filestore, structfile
    from whoosh.util import filelock, numeric

LockError = index.LockError
FileLock = filelock.FileLock
TEXT: Final = "text"
NAME: Final = index._DEF_INDEX_NAME  # noqa: SLF001
# Long descriptions are no fault of a product, so length counts for little.
WEIGHTING: Final = scoring.BM25F(B=0.3, K1=1.2)
# Long blocks, as a list of postings is always read whole.
CODEC: Final = codec.W3Codec(blocklimit=4096)
# So many segments of at most so many documents become one.
MERGED: Final = 24
MOST_SEGMENTS: Final = 60
LONGEST_TOKEN: Final = 120
SEAL: Final = 16
CHUNK: Final = 1 << 20
LENGTHS: Final = np.array([numeric.byte_to_length(byte) for byte in range(256)], dtype=np.int32)

# Whoosh has no types: its schemas, segments, writers and tokens.
Native = Any
Numbers = NDArray[Any]


class WeightedTokens(analysis.Tokenizer):
    """Splits text that was analysed before: tokens parted by spaces, each with its weight."""

    def __call__(self, value: str, **_: object) -> Iterator[Native]:
        """Yield one Whoosh token for each `text^weight`."""
        token = analysis.Token(boosts=True)
        for part in value.split():
            token.text, _sign, weight = part.partition("^")
            token.boost = float(weight or 1)
            yield token


class WeightsOnly(formats.Frequency):
    """Keeps of a token in a document its weight and nothing else."""

    def fixed_value_size(self) -> int:
        """Say that a posting has no value of its own."""
        return 0

    def word_values(self, value: str, analyzer: Native, **more: object) -> Iterator[Native]:
        """Yield each token with its number, its weight and no value."""
        for token, number, weight, _value in super().word_values(value, analyzer, **more):
            yield token, number, weight, b""


def _schema() -> Native:
    text = fields.TEXT(analyzer=WeightedTokens(), phrase=False)
    text.format = WeightsOnly()
    return fields.Schema(
        text=text,
        facts=fields.COLUMN(columns.VarBytesColumn()),
        **{name: fields.COLUMN(columns.NumericColumn(code)) for name, code in NUMBERS.items()},
        **{name: fields.COLUMN(columns.RefBytesColumn()) for name in CODES},
    )


class Folder(filestore.FileStorage):
    """The files of an index: read, not mapped, as a mapped file cut short ends the process.

    A list of segments gets its digest before it gets its name.
    """

    def __init__(self, path: str) -> None:
        """Stand on a folder."""
        super().__init__(path, supports_mmap=False)

    def rename_file(self, old: str, new: str, *, safe: bool = False) -> None:
        """Give a file its name. Raises `NameError` when it is taken and that is not safe."""
        if new.endswith(".toc"):
            with Path(self.folder, old).open("r+b") as stream:
                digest = _seal(stream)
                stream.write(digest)
        super().rename_file(old, new, safe=safe)


class Writer(writing.SegmentWriter):
    """Writes a segment and notes what its file is, so that a torn one is known."""

    def _merge_segments(self, *_: object) -> list[Native]:
        """Put small segments together, seldom and a few: a commit that does takes longer.

        What a segment has of deleted documents stays in it until the index is built anew.
        """
        living = sorted(
            (segment for segment in self.segments if segment.doc_count()),
            key=lambda segment: int(segment.doc_count()),
        )
        merged = [segment for segment in living if segment.doc_count() <= MERGED]
        if len(living) > MOST_SEGMENTS:
            merged = living[: MOST_SEGMENTS // 2]
        elif len(merged) < MERGED:
            merged = []
        for segment in merged:
            reader = reading.SegmentReader(self.storage, self.schema, segment)
            self.add_reader(reader)
            reader.close()
        return [
            segment for segment in self.segments if segment.doc_count() and segment not in merged
        ]

    def _commit_toc(self, segments: Iterable[Native]) -> None:
        for segment in segments:
            if getattr(segment, "seal", None) is None:
                with Path(self.storage.folder, _file_name(segment)).open("rb") as stream:
                    segment.seal = _seal(stream)
        super()._commit_toc(segments)


def create_index(folder: Path) -> Native:
    """Start an empty index in an empty folder."""
    return index.FileIndex.create(Folder(str(folder)), _schema(), NAME)


def open_writer(folder: Path, **limits: float) -> Native:
    """Open the newest state of the index in a folder to change it."""
    return Writer(Folder(str(folder)).open_index(), codec=CODEC, **limits)


def latest_generation(folder: Path) -> int:
    """Read from the names of the files which state is the newest; nothing is opened."""
    return int(index.TOC._latest_generation(os.listdir(folder), NAME))  # noqa: SLF001, PTH208


def contents_path(folder: Path, generation: int) -> Path:
    """Name the file that lists the segments of a state."""
    return folder / str(index.TOC._filename(NAME, generation))  # noqa: SLF001


def segments_of(folder: Path, generation: int) -> list[Native]:
    """Read which segments make up a state.

    Raises `DamagedError` when that is not what was written, or is of another make.
    """
    path = contents_path(folder, generation)
    data = path.read_bytes()
    if _seal(BytesIO(data[:-SEAL])) != data[-SEAL:]:
        raise DamagedError(path.name, "is not what was written by this version of the shop")
    contents = index.TOC.read(Folder(str(folder)), NAME, gen=generation)
    if sorted(contents.schema.names()) != sorted(_schema().names()):
        raise DamagedError("the index", "was made by another version of the shop")
    return list(contents.segments)


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _file_name(segment: Native) -> str:
    return str(segment.make_filename(segment.COMPOUND_EXT))


def _seal(stream: _Stream) -> bytes:
    digest = blake2b(digest_size=SEAL)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.digest()


class StoredSegment:
    """One segment, opened and compared with what was written; its lists are read when asked for."""

    def __init__(self, folder: Path, segment: Native) -> None:
        """Open the file and read it once. Raises `DamagedError` when it is not what was written."""
        self.name = str(segment.segment_id())
        self.size = int(segment.doc_count_all())
        self.path = folder / _file_name(segment)
        self.token_count = int(segment._fieldlengths.get(TEXT, 0))  # noqa: SLF001
        self.guard = threading.Lock()
        self._segment = segment
        self._handle = self.path.open("rb")
        weakref.finalize(self, self._handle.close)
        self._state = _state(os.fstat(self._handle.fileno()))
        if _seal(self._handle) != getattr(segment, "seal", None):
            raise DamagedError(self.path.name, "is not what was written")
        self._handle.seek(0)
        self._files = compound.CompoundStorage(
            structfile.StructFile(self._handle, name=self.path.name), use_mmap=False
        )
        self._terms = CODEC.terms_reader(self._files, segment)
        self._posts = segment.open_file(self._files, CODEC.POSTS_EXT)
        self._facts = self._column("facts", columns.VarBytesColumn())

    def check_file(self) -> None:
        """Look whether the file is still there and as it was. Raises `DamagedError`, `OSError`."""
        if _state(self.path.stat()) != self._state:
            raise DamagedError(self.path.name, "has changed")

    def postings(self, token: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Read which documents have a token, and with what weight.

        Raises `DamagedError` and whatever reading rubbish raises.
        """
        empty = np.empty(0, np.int32), np.empty(0, np.float32)
        if len(token) > LONGEST_TOKEN or not token.isascii():
            return empty
        with self.guard:
            self._check_handle()
            try:
                start, (size,) = self._terms.term_info(TEXT, token.encode()).extent()
            except reading.TermNotFound:
                return empty
            data = self._posts.get(start, size)
            self._check_handle()
        blocks = list(unpacked(data, codec.WHOOSH3_HEADER_MAGIC))
        ids = np.concatenate([numbers for numbers, _weights in blocks])
        if ids[0] < 0 or ids[-1] >= self.size:
            raise DamagedError(self.path.name, "names a document that it does not have")
        return ids, np.concatenate([weights for _numbers, weights in blocks])

    def numbers(self, name: str, typecode: str) -> Numbers:
        """Read a column of numbers; the last ones are left out of the file when they are zero."""
        data = self._bytes(name)
        values = np.frombuffer(data, dtype=np.dtype(typecode).newbyteorder(">"))
        whole = np.zeros(self.size, dtype=np.dtype(typecode))
        whole[: len(values)] = values
        return whole

    def lengths(self) -> NDArray[np.int32]:
        """Read how many tokens each document has, roughly."""
        found: NDArray[np.int32] = LENGTHS[self.numbers(codec._lenfield(TEXT), "B")]  # noqa: SLF001
        return found

    def codes(self, name: str) -> tuple[list[str], NDArray[np.intp]]:
        """Read a column of codes: the codes, and the place of each document's code among them."""
        reader = self._column(name, columns.RefBytesColumn())
        if reader is None:
            return [""], np.zeros(self.size, dtype=np.intp)
        typecode = np.dtype(reader._typecode).newbyteorder(">")  # noqa: SLF001
        refs = np.frombuffer(self._bytes(name), dtype=typecode, count=self.size)
        return [code.decode("ascii", "replace") for code in reader._uniques], refs.astype(np.intp)  # noqa: SLF001

    def facts(self, places: Sequence[int]) -> list[list[str]]:
        """Read the tokens of documents: of the name, of what it is, of who makes it where."""
        with self.guard:
            self._check_handle()
            found: list[bytes] = [self._facts[at] for at in places]
            self._check_handle()
        return [data.decode("ascii").split("\n") for data in found]

    def _column(self, name: str, column: Native) -> Native:
        file_name = CODEC.column_filename(self._segment, name)
        if not self._files.file_exists(file_name):
            return None
        length = self._files.file_length(file_name)
        return column.reader(self._files.open_file(file_name), 0, length, self.size)

    def _bytes(self, name: str) -> bytes:
        file_name = CODEC.column_filename(self._segment, name)
        if not self._files.file_exists(file_name):
            return b""
        data: bytes = self._files.open_file(file_name).get(0, self._files.file_length(file_name))
        return data

    def _check_handle(self) -> None:
        """Tell before and after a late read whether anybody wrote into the open file."""
        if _state(os.fstat(self._handle.fileno())) != self._state:
            raise DamagedError(self.path.name, "has changed")


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns
