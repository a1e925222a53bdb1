"""What a receipt says of a request, to the applicant who filed it and at the window that registered it."""

from datetime import date

from flask import url_for
from markupsafe import Markup

from caseapp.domain.correction import CaseKind
from caseapp.domain.rulesets import by_id
from caseapp.services import deadlines, qr_codes
from caseapp.services.tracking import TrackedCase

Rows = list[tuple[str, str]]


def receipt(case: TrackedCase, code: str, *, today: date) -> dict[str, object]:
    """Return what the receipt page shows: numbers, both due dates and how they were counted."""
    both = deadlines.clocks(case, today=today)
    return {
        "receipt": {
            "number": case.number,
            "query_code": code,
            "received_on": case.received_on if case.confirmed_on else None,
            "arrived_on": case.arrived_on,
            "channel": case.channel.label,
            "local_due_on": case.local_due_on,
            "statutory_due_on": case.statutory_due_on,
            "local_days": by_id(case.local_rule_set).answer_days,
            "statutory_days": by_id(case.statute).answer_days,
            "provisional": case.provisional,
        },
        "lines": both.local.ledger,
        "rows": request_rows(case, applicant=case.applicant.name),
        "qr": Markup(qr_codes.tracking(url_for("public.track", number=case.number, _external=True))),  # noqa: S704
    }


def request_rows(case: TrackedCase, *, applicant: str) -> Rows:
    """Return what was asked for, by whom (named as the page may name him), and how the answer will come."""
    case_kind = [("申请事项", case.case_kind.label)] if case.case_kind is CaseKind.CORRECTION else []
    return [
        ("申请人", applicant),
        *case_kind,
        ("信息名称", case.title),
        ("文号", case.document_no),
        ("描述", case.description),
        ("附件", "、".join(file.original_name for file in case.attachments) or "无"),
        ("形式与获取方式", f"{case.medium.label}，{case.delivery_way.label}"),
    ]
