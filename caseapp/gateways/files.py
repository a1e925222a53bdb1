"""Files on disk: bytes under generated names, whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from caseapp.domain.errors import Damaged


class FileBroken(Damaged):
    """The bytes on disk are missing or are not those that were stored."""


class FileStore:
    """A folder of files nobody names but us."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, name: str) -> Path:
        if not (len(name) == 40 and name.isalnum()):
            raise FileBroken()
        return self._folder / name[:2] / name

    def keep(self, content: bytes) -> str:
        """Write the bytes durably and return their generated name."""
        name = secrets.token_hex(20)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name

    def read(self, name: str, *, sha256: str) -> bytes:
        """Return the bytes; raises `FileBroken` when they are missing or not the ones stored."""
        try:
            content = self._path(name).read_bytes()
        except OSError as reason:
            raise FileBroken() from reason
        if digest(content) != sha256:
            raise FileBroken()
        return content

    def drop(self, name: str) -> None:
        """Remove the file; one that is gone already is no fault."""
        self._path(name).unlink(missing_ok=True)

    def names(self, *, older_than: float) -> Iterator[str]:
        """Yield the names of the files last written before `older_than` (seconds since the epoch)."""
        for path in self._folder.glob("??/*"):
            if path.stat().st_mtime < older_than:
                yield path.name


def digest(content: bytes) -> str:
    """Return the hex SHA-256 of the bytes."""
    return hashlib.sha256(content).hexdigest()
