"""Sealing what must not lie open, and digests that need the office's key to be computed."""

import hashlib
import hmac
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
RESUME_LENGTH = 12
CODE_LENGTH = 10


class SealBroken(Exception):
    """The sealed bytes were changed, belong to another row, or were sealed with another key."""


class Vault:
    """Everything that one master key of 32 bytes protects; each purpose gets a key of its own (HKDF-SHA256)."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(self._derived(master, b"seal"))
        self._digest_key = self._derived(master, b"digest")
        self._code_key = self._derived(master, b"query code")

    @staticmethod
    def _derived(master: bytes, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"caseapp " + purpose).derive(master)

    def seal(self, text: str, *, bound_to: str) -> bytes:
        """Return `text` encrypted with AES-256-GCM; it opens only together with the same `bound_to`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), bound_to.encode())

    def open(self, sealed: bytes, *, bound_to: str) -> str:
        """Return the text again; raises `SealBroken`."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode()).decode()
        except Exception as reason:
            raise SealBroken from reason

    def digest(self, text: str, *, purpose: str) -> str:
        """Return the keyed hex digest (HMAC-SHA256) of `text` for one purpose."""
        return hmac.new(self._digest_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()

    def query_code(self, filing_key: str) -> str:
        """Return the query code that belongs to a filing key: a retry with the same key shows the same code."""
        number = int.from_bytes(hmac.new(self._code_key, filing_key.encode(), hashlib.sha256).digest(), "big")
        letters = []
        for _ in range(CODE_LENGTH):
            number, place = divmod(number, len(CODE_LETTERS))
            letters.append(CODE_LETTERS[place])
        return "".join(letters)


def new_code() -> str:
    """Return a fresh random code, in the letters of a query code: about 59 bits, shown once."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(RESUME_LENGTH))


def same(first: str, second: str) -> bool:
    """Return whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(first, second)
