"""Posting a push to another site: no redirects, no proxies, a bounded time, and what the site answered."""

from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

SECONDS = 20
LONGEST_ANSWER = 500


class Answer(NamedTuple):
    """The site's status, 0 when it could not be reached, and the beginning of what it said."""

    status: int
    words: str


class _Straight(HTTPRedirectHandler):
    """A site that points elsewhere has not taken the push."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


OPENER = build_opener(ProxyHandler({}), _Straight())


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post the body and return the answer; nothing is raised for what a site or a network does."""
    request = Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310 - http(s), judged when entered
    try:
        with OPENER.open(request, timeout=SECONDS) as answer:
            return Answer(answer.status, _words(answer.read(LONGEST_ANSWER)))
    except HTTPError as refused:
        with refused:
            return Answer(refused.code, _words(refused.read(LONGEST_ANSWER)))
    except (OSError, HTTPException) as broken:
        return Answer(0, type(broken).__name__)


def _words(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\0", "").strip()
