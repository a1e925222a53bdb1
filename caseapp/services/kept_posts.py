"""Sealing what a visitor typed while it travels through the sign-in page."""

from caseapp.gateways.cipher import SealBroken
from caseapp.services import installation

BOUND_TO = "kept post"


def sealed(text: str) -> str:
    """Return the text sealed, as hex."""
    return installation.current().vault.seal(text, bound_to=BOUND_TO).hex()


def opened(sealed_text: str) -> str | None:
    """Return the text again, or `None` for anything that we did not seal."""
    try:
        return installation.current().vault.open(bytes.fromhex(sealed_text), bound_to=BOUND_TO)
    except (ValueError, SealBroken):
        return None
