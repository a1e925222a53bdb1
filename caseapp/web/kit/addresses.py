"""Addresses of pages: `url_for`, for which the router is asked once for each page instead of once for each link."""

from functools import lru_cache
from typing import Any

from flask import request, url_for

STANDING_IN = 2_000_000_000  # for a number in an address, while the router is asked


def address(endpoint: str, **values: Any) -> str:
    """Return what `url_for` returns; quick where every value is a whole number, or a file is named."""
    if not request or endpoint.startswith("."):
        return url_for(endpoint, **values)
    if endpoint == "static":
        return _file(request.script_root, endpoint, **values)
    if any(type(value) is not int for value in values.values()):
        return url_for(endpoint, **values)
    return _page(request.script_root, endpoint, *values).format(*values.values())


@lru_cache(maxsize=512)
def _file(_root: str, endpoint: str, **values: str) -> str:
    return url_for(endpoint, **values)


@lru_cache(maxsize=1024)
def _page(_root: str, endpoint: str, *names: str) -> str:
    """Return the address with a place for each of the named numbers."""
    numbers = {name: STANDING_IN + place for place, name in enumerate(names)}
    built = url_for(endpoint, **numbers).replace("{", "{{").replace("}", "}}")
    for place, number in enumerate(numbers.values()):
        built = built.replace(str(number), f"{{{place}}}")
    return built
