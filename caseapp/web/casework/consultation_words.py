"""What the pages say of those consulted: one entry each, with the acts that may follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from caseapp.domain.consultation import CONSULTED_WORDS, POSITION_WORDS, Position
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import chinese_date
from caseapp.domain.permissions import NEEDED_FOR, is_granted
from caseapp.services.case_pages import ShownCase
from caseapp.services.consulted import Asked
from caseapp.web.kit.access import current_actor

HARM_WORDS = {True: "公开会损害其合法权益", False: "公开不会损害其合法权益"}


@dataclass(frozen=True)
class Entry:
    """One consultation: `steps` are (words, address) of what may be done with it now."""

    name: str
    words: str
    rows: list[tuple[str, str]]
    steps: list[tuple[str, str]]


def entries(case: ShownCase, consultations: Sequence[Asked]) -> list[Entry]:
    """Return the consultations of the case as this member of staff sees them."""
    return [
        Entry(asked.rules.name, asked.rules.words, _rows(asked), list(_steps(case, asked))) for asked in consultations
    ]


def _rows(asked: Asked) -> list[tuple[str, str]]:
    row, rules = asked.row, asked.rules
    answered = row.position not in (None, Position.SILENT)
    judgement = "" if row.is_reasonable is None else HARM_WORDS[row.is_reasonable]
    rows = [
        ("对象", CONSULTED_WORDS[row.kind]),
        ("联系方式", row.contact),
        ("内容", row.matter),
        ("征求意见书", f"{row.letter.number}，{chinese_date(row.opened_on)}发出"),
        ("送达日期", _arrived(row.delivered_on, row.delivery_proof)),
        ("答复期限", chinese_date(rules.due_on) + ("" if row.delivered_on else "（暂按发出当日送达推算）")),
        ("收到意见", chinese_date(row.closed_on) if answered and row.closed_on else ""),
        ("意见", POSITION_WORDS[row.position] if answered and row.position else ""),
        ("对方的理由", (row.reasons or "没有说明") if row.position is Position.OBJECTS else row.reasons),
        ("判断", judgement),
        ("判断的理由", row.judgement),
        ("公共利益的考虑", row.public_interest),
        ("公开决定告知书", _notice(asked)),
        ("告知申请人", _told(asked)),
    ]
    return [(label, value) for label, value in rows if value]


def _notice(asked: Asked) -> str:
    if asked.row.notice_letter is None:
        return "公开前须先告知该第三方" if asked.rules.needs_notice else ""
    return f"{asked.row.notice_letter.number}，{_arrived(asked.row.notice_delivered_on, asked.row.notice_proof)}"


def _told(asked: Asked) -> str:
    letter = asked.row.applicant_letter
    if letter is None:
        return ""
    delivery = letter.delivery
    arrived = _arrived(delivery.on, delivery.tracking_number) if delivery else "尚未登记寄出（交付）"
    return f"{letter.number}，{arrived}"


def _arrived(on: date | None, proof: str) -> str:
    return f"{chinese_date(on)}送达 {proof}".strip() if on else "尚未登记送达"


def _steps(case: ShownCase, asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield each act that the rules and the grants allow with this consultation now."""
    rules = asked.rules
    offered = (
        (rules.awaits_delivery, Action.RECORD_CONSULTATION_DELIVERY, "登记送达", "deliver_question"),
        (rules.may_answer, Action.CLOSE_CONSULTATION, "登记收到的意见", "take_opinion"),
        (
            rules.needs_judgement and not rules.notice_issued,
            Action.JUDGE_CONSULTATION,
            "重新判断" if rules.is_judged else "判断意见",
            "judge_opinion",
        ),
        (rules.needs_notice and not rules.notice_issued, Action.NOTIFY_THIRD_PARTY, "告知公开决定", "tell_third_party"),
        (
            rules.notice_issued and not rules.notice_delivered_on,
            Action.NOTIFY_THIRD_PARTY,
            "登记告知书送达",
            "deliver_disclosure_notice",
        ),
        (asked.applicant_waits, Action.RECORD_CONSULTATION_DELIVERY, "登记告知申请人", "post_consultation_notice"),
    )
    for is_possible, action, words, view in offered:
        if is_possible and is_granted(current_actor(), NEEDED_FOR[action], case):
            yield words, url_for(f"casework.{view}", case_id=case.id, consultation_id=asked.row.id)
