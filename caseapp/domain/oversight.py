"""What is looked at when the work of the departments is overseen (art. 46), and how a drawn case was found to be."""

from dataclasses import dataclass, field
from enum import StrEnum

from caseapp.domain.errors import DomainError

MOST_DRAWN = 50


class Point(StrEnum):
    """What is counted of each department in a year."""

    RECEIVED = "received"
    ENDED = "ended"
    LATE = "late"
    OVERDUE = "overdue"
    PROMISE_MISSED = "promise_missed"
    EXTENDED = "extended"
    LATE_NOTICES = "late_notices"
    RETURNED = "returned"
    VOIDED = "voided"
    MISSING_PAPERS = "missing_papers"
    UNPUBLISHED = "unpublished"


POINT_WORDS = {
    Point.RECEIVED: "收到",
    Point.ENDED: "办结",
    Point.LATE: "逾期办结",
    Point.OVERDUE: "逾期未办结",
    Point.PROMISE_MISSED: "超过承诺期限",
    Point.EXTENDED: "延期",
    Point.LATE_NOTICES: "补正告知逾期或者再次告知",
    Point.RETURNED: "答复退回修改",
    Point.VOIDED: "作废文书",
    Point.MISSING_PAPERS: "缺送达凭证",
    Point.UNPUBLISHED: "逾期未公开的信息（条）",
}


class Verdict(StrEnum):
    """How a drawn case was found to be."""

    GOOD = "good"
    SMALL_FAULTS = "small_faults"
    FAULTY = "faulty"


VERDICT_WORDS = {
    Verdict.GOOD: "符合要求",
    Verdict.SMALL_FAULTS: "有瑕疵",
    Verdict.FAULTY: "有问题，须整改",
}


class NothingToDraw(DomainError):
    text = "这个范围里没有还没抽查过的已办结申请。"


class CheckedAlready(DomainError):
    text = "这次抽查已经登记过结果。"


class FindingsMissing(DomainError):
    text = "请写明发现了什么；符合要求的可以不写。"
    field = "findings"


@dataclass(kw_only=True)
class Overseen:
    """The points of one department."""

    code: str
    name: str
    points: dict[Point, int] = field(default_factory=lambda: dict.fromkeys(Point, 0))


def check_findings(verdict: Verdict, findings: str) -> None:
    """Refuse a fault without words."""
    if verdict is not Verdict.GOOD and not findings:
        raise FindingsMissing()
