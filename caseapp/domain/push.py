"""Pushing what is published to other sites: what may be an address, how a push is signed, when it is tried again."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from caseapp.domain.errors import DomainError

LONGEST_SENDING = timedelta(minutes=10)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ItemChangeKind(StrEnum):
    """What happened to an item, as other sites are told."""

    PUBLISHED = "published"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return CHANGE_LABELS[self]


CHANGE_LABELS = {
    ItemChangeKind.PUBLISHED: "公开",
    ItemChangeKind.CHANGED: "修改",
    ItemChangeKind.WITHDRAWN: "撤下",
}


class PushState(StrEnum):
    """Where a push stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    PushState.WAITING: "等待推送",
    PushState.SENDING: "正在推送",
    PushState.SENT: "对方已接收",
    PushState.FAILED: "推送失败",
    PushState.STOPPED: "不再推送",
}


class AddressForm(DomainError):
    text = "请填写以 https:// 开头的完整地址，例如 https://www.example.gov.cn/receive。"
    field = "address"


def check_address(address: str) -> str:
    """Return the address; raises `AddressForm` unless it is https, or leads to a program on this very machine."""
    try:
        parts = urlsplit(address.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise AddressForm from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not host or not is_safe or parts.username or parts.password or parts.fragment or not address.isascii():
        raise AddressForm
    return address.strip()


def signature(secret: str, *, timestamp: int, body: bytes) -> str:
    """Return `sha256=` and the hex HMAC-SHA256 over the timestamp, a full stop and the body."""
    message = f"{timestamp}.".encode() + body
    return f"sha256={hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()}"


def is_taken(status: int) -> bool:
    """Return whether the site says that it has the push."""
    return 200 <= status < 300


def may_be_taken_later(status: int) -> bool:
    """Return whether it makes sense to try again: the site is busy, broken or asks for patience."""
    return status >= 500 or status in (408, 425, 429)


def died_before(now: datetime) -> datetime:
    """Return before when a push that is still "being sent" was left by a worker that died; it is sent again."""
    return now - LONGEST_SENDING
