"""What the head reads beside the letter: what stays in the file, and what stands against a decision."""

from datetime import date

from caseapp.domain.errors import DomainError
from caseapp.domain.extension import check_in_time
from caseapp.domain.grounds import GROUNDS
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.reply_content import ReplyContent
from caseapp.services.case_pages import ShownCase

# The second person that R37 asks for is the head who issues the letter, never who drafted or sent it (decision 10).
CONFIRMED = {
    Outcome.PETITION: "所提的确是信访、投诉、举报，没有申请公开政府信息；签发即为确认（第三十九条第一款）。",
    Outcome.EXCESSIVE: "申请的数量、频次明显超过合理范围，且理由不合理；签发即为确认（第三十五条）。",
}
ANSWERS = {True: "是", False: "否", None: ""}


def reply_rows(content: ReplyContent, *, drafted_by: str) -> list[tuple[str, str]]:
    """Return the kind of answer and everything stated that the letter does not show."""
    ground = GROUNDS[content.ground] if content.ground else None
    rows = [
        ("答复类型", f"{OUTCOMES[content.outcome].label}（{OUTCOMES[content.outcome].citation}）"),
        ("依据", f"{ground.citation}：{ground.label}" if ground else ""),
        ("能否作区分处理", ANSWERS[content.separable]),
        ("有无规定应当公开", ANSWERS[content.disclosure_demanded]),
        ("检索人", content.search.searched_by if content.search else ""),
        ("公开前的审查人", content.reviewed_by),
        ("重复的是", content.earlier_case),
        ("请您确认", CONFIRMED.get(content.outcome, "")),
        ("起草人", drafted_by),
    ]
    return [(label, value) for label, value in rows if value]


def too_late(case: ShownCase, *, today: date) -> str:
    """Return why the extension can no longer be approved, "" where it can (art. 33, para. 2)."""
    try:
        check_in_time(due_on=case.local_due_on, today=today)
    except DomainError as refusal:
        return str(refusal)
    return ""
