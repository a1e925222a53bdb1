"""Reports of mail that came back, as servers write them (RFC 3464): which message, and why."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from caseapp.domain.errors import DomainError

REPORTS = ("message/rfc822", "text/rfc822-headers")
LONGEST_STATUS = 20


class NotABounce(DomainError):
    """Not a report that a message could not be delivered."""

    text = "不是退信报告，或者其中没有原来的邮件编号。"


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """An e-mail that reached nobody: the left part of its Message-ID, and the code of RFC 3463."""

    message_name: str
    status: str


def read(report: bytes) -> Bounce:
    """Return what came back; raises `NotABounce` for an answer of a person, a notice of delay or of delivery."""
    letter = message_from_bytes(report, policy=compat32)
    status, name = "", ""
    for part in letter.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _failed(part)
        elif kind in REPORTS:
            name = name or _name(part)
    if not status or not name:
        raise NotABounce()
    return Bounce(message_name=name, status=status)


def _failed(part: Message) -> str:
    """Return the code of the first recipient whom the message did not reach, "" when there is none."""
    groups = part.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if isinstance(group, Message) and str(group.get("Action", "")).strip().lower() == "failed":
            return str(group.get("Status", "")).strip()[:LONGEST_STATUS] or "5.0.0"
    return ""


def _name(part: Message) -> str:
    content = part.get_payload()
    if isinstance(content, list):
        original = content[0] if content else None
    else:
        original = message_from_bytes(str(content).encode("utf-8", "surrogateescape"), policy=compat32)
    found = str(original.get("Message-ID", "")) if isinstance(original, Message) else ""
    return found.strip().strip("<>").partition("@")[0]
