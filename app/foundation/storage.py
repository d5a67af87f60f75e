"""Files by key over fsspec: a folder by default, S3 by STORAGE_URL (R28)."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import fsspec

from app.foundation.text import random_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fsspec import AbstractFileSystem

# What file systems call the time of the last change.
CHANGED: Final = ("mtime", "LastModified", "last_modified", "updated", "created")


class Storage:
    """Keeps bytes under keys that we choose; a name from outside never becomes a key (S33)."""

    def __init__(self, url: str) -> None:
        """Open the place that a URL names."""
        self._files: AbstractFileSystem
        self._files, self._root = fsspec.core.url_to_fs(url)

    def put(self, data: bytes, *, folder: str, suffix: str) -> str:
        """Keep bytes under a key made from their hash, and tell the key."""
        digest = hashlib.sha256(data).hexdigest()
        key = f"{folder}/{digest[:2]}/{digest}{suffix}"
        self.put_at(key, data)
        return key

    def put_at(self, key: str, data: bytes, *, is_synced: bool = False) -> None:
        """Keep bytes under a key; a reader sees all of them or none, and two writers do not meet.

        With `is_synced` they are on the disk before a row may name them (R28).
        """
        path = self._path(key)
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        temporary = f"{path}.{random_id(8)}.partial"
        with self._files.open(temporary, "wb") as file:
            file.write(data)
            if is_synced:
                with suppress(AttributeError, OSError):  # what is not on a disk has no such number
                    file.flush()
                    os.fsync(file.fileno())
        self._files.mv(temporary, path)

    def get(self, key: str) -> bytes:
        """Read the bytes. Raises `FileNotFoundError` for a key that holds nothing."""
        data: bytes = self._files.cat_file(self._path(key))
        return data

    def exists(self, key: str) -> bool:
        """Whether a key holds something."""
        return bool(self._files.exists(self._path(key)))

    def delete(self, key: str) -> None:
        """Forget a key; forgetting one that holds nothing is no error."""
        if self.exists(key):
            self._files.rm_file(self._path(key))

    def shelves(self, folder: str) -> Iterator[str]:
        """List the folders in a folder."""
        with suppress(FileNotFoundError):
            for one in self._files.ls(self._path(folder), detail=True):
                if one["type"] == "directory":
                    yield f"{folder}/{one['name'].rstrip('/').rpartition('/')[2]}"

    def written(self, folder: str) -> dict[str, datetime]:
        """Tell when each file of a folder was written; those of which nobody knows are left out."""
        try:
            found = self._files.ls(self._path(folder), detail=True, refresh=True)
        except FileNotFoundError:
            return {}
        return {
            f"{folder}/{one['name'].rpartition('/')[2]}": at
            for one in found
            if one["type"] == "file" and (at := _changed(one)) is not None
        }

    def written_at(self, key: str) -> datetime | None:
        """Tell when a file was written, if it is there and somebody knows."""
        try:
            return _changed(self._files.info(self._path(key)))
        except FileNotFoundError:
            return None

    def _path(self, key: str) -> str:
        if not key or ".." in key.split("/") or key.startswith("/"):
            raise FileNotFoundError(key)
        return f"{self._root}/{key}"


def _changed(info: Mapping[str, Any]) -> datetime | None:
    for name in CHANGED:
        at = info.get(name)
        if isinstance(at, datetime):
            return at if at.tzinfo else at.replace(tzinfo=UTC)
        if isinstance(at, int | float):
            return datetime.fromtimestamp(at, UTC)
    return None


_current: Final[list[Storage]] = []


def use_storage(storage: Storage) -> None:
    """Name the storage of this process."""
    _current[:] = [storage]


def storage() -> Storage:
    """Give the storage of this process. Raises `RuntimeError` before one is named."""
    if not _current:
        msg = "no storage has been named"
        raise RuntimeError(msg)
    return _current[0]
