"""Files by key over fsspec: a folder by default, S3 by STORAGE_URL (R28)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import fsspec

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


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

    def put_at(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; a reader sees all of them or none."""
        path = self._path(key)
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        temporary = f"{path}.partial"
        with self._files.open(temporary, "wb") as file:
            file.write(data)
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

    def _path(self, key: str) -> str:
        if not key or ".." in key.split("/") or key.startswith("/"):
            raise FileNotFoundError(key)
        return f"{self._root}/{key}"


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
