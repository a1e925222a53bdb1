"""What this installation consists of besides its database: settings, keys, files. Set up once by the app."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from caseapp.config import Settings
from caseapp.gateways.cipher import Vault
from caseapp.gateways.files import FileStore
from caseapp.gateways.messages import Carrier
from caseapp.gateways.passwords import Passwords


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The running system's settings and the doors to its vault and its files."""

    settings: Settings
    vault: Vault
    passwords: Passwords
    files: FileStore
    letter_words: Path
    carrier: Carrier
    memo: dict[str, object] = field(
        default_factory=dict
    )  # what this process may reuse, with the version it was built from


def current() -> Installation:
    """Return the installation that serves this request or command."""
    installation: Installation = current_app.extensions["caseapp"]
    return installation
