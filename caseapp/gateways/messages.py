"""The carrier of messages to applicants: until an office plugs one in, they are written to a file to be handed on."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Protocol


class Carrier(Protocol):
    """Takes one message; raises `TemporaryFailure` or `PermanentFailure` when it does not."""

    def deliver(self, *, phone: str, words: str, at: datetime) -> None: ...


class FileCarrier:
    """Writes each message as one line of JSON, durably; only the owner of the installation can read the file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "messages.jsonl"

    def deliver(self, *, phone: str, words: str, at: datetime) -> None:
        """Append the message; the line is on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"at": at.isoformat(), "phone": phone, "words": words}, ensure_ascii=False) + "\n"
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line.encode())
            os.fsync(file)
        finally:
            os.close(file)
