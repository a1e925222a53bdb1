"""Handing out files: always as a download, never shown inside our own pages."""

import io
from typing import Protocol

from flask import send_file
from flask.wrappers import Response


class HasBytes(Protocol):
    """A file to hand out."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def as_attachment(file: HasBytes) -> Response:
    """Return the file as a download under its name."""
    return send_file(
        io.BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False
    )
