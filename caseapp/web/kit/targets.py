"""Where a visitor may be led: a page of our own, whatever an address or a form says."""

from urllib.parse import urlsplit


def own_path(target: str) -> str:
    """Return the path, if it leads to a page of this system; "" for another host and for anything unprintable."""
    if not target.isprintable() or not target.startswith("/") or target.startswith(("//", "/\\")):
        return ""
    parts = urlsplit(target)
    return "" if parts.scheme or parts.netloc else target
