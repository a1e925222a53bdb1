"""Kinds of log line, and the chain that makes a changed or missing line visible."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

CHAIN_START = "0" * 64


class EventKind(StrEnum):
    """What happened, one kind an act."""

    FILED = "filed"
    ASSIGNED = "assigned"
    RETURNED_TO_CLERK = "returned_to_clerk"
    REPLY_DRAFTED = "reply_drafted"
    REPLY_SUBMITTED = "reply_submitted"
    REPLY_RETURNED = "reply_returned"
    REPLY_ISSUED = "reply_issued"
    DELIVERED = "delivered"
    EXTENSION_PROPOSED = "extension_proposed"
    EXTENSION_APPROVED = "extension_approved"
    EXTENSION_REFUSED = "extension_refused"
    EXTENSION_NOTIFIED = "extension_notified"
    IDENTITY_SHOWN = "identity_shown"
    CALENDAR_CHANGED = "calendar_changed"
    ROUTING_CHANGED = "routing_changed"
    PERSON_CHANGED = "person_changed"
    DEPARTMENT_CHANGED = "department_changed"


EVENT_WORDS = {
    EventKind.FILED: "收到申请并登记",
    EventKind.ASSIGNED: "分派",
    EventKind.RETURNED_TO_CLERK: "退回受理窗口",
    EventKind.REPLY_DRAFTED: "保存答复草稿",
    EventKind.REPLY_SUBMITTED: "答复送审",
    EventKind.REPLY_RETURNED: "答复退回修改",
    EventKind.REPLY_ISSUED: "签发答复书",
    EventKind.DELIVERED: "送达申请人",
    EventKind.EXTENSION_PROPOSED: "申请延长答复期限",
    EventKind.EXTENSION_APPROVED: "同意延长答复期限",
    EventKind.EXTENSION_REFUSED: "未同意延长答复期限",
    EventKind.EXTENSION_NOTIFIED: "延期告知申请人",
    EventKind.IDENTITY_SHOWN: "查看完整证件号码",
    EventKind.CALENDAR_CHANGED: "修改工作日历",
    EventKind.ROUTING_CHANGED: "修改分派规则",
    EventKind.PERSON_CHANGED: "修改人员账号",
    EventKind.DEPARTMENT_CHANGED: "修改部门资料",
}

# What each fact of an event is called when the history is read aloud; a fact without a word is not shown.
FACT_WORDS = {
    "department": "部门",
    "reason": "理由",
    "working_days": "延长工作日数",
    "due_on": "答复期限",
    "letter_number": "文号",
    "way": "方式",
    "on": "日期",
    "tracking_number": "邮件号",
    "outcome": "答复类型",
    "setting": "事项",
}


def link(previous: str, *, position: int, kind: str, case_id: int | None, actor_id: int | None, at: datetime,
         facts: Mapping[str, object]) -> str:  # fmt: skip
    """Return the hex SHA-256 that ties one event to the one before it; moments in UTC, to the microsecond."""
    body = json.dumps(
        [previous, position, kind, case_id, actor_id, at.astimezone(UTC).isoformat(timespec="microseconds"), facts],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()
