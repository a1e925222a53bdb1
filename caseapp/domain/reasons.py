"""说明理由: an applicant whose requests go clearly beyond reason may be asked why (art. 35; R36, R37).

Being asked stops no clock. Reasons that hold but cannot be met in time lead to a reasonable delay that the applicant is
told: the dates of art. 33 stay as they are, and the case shows the day he was told beside them.
"""

from datetime import date
from typing import Protocol

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date

SILENT = "在规定的期限内没有说明理由"


class HasReasons(Protocol):
    """What was asked, what came back, and what was made of it."""

    @property
    def recorded_on(self) -> date | None: ...

    @property
    def is_accepted(self) -> bool | None: ...


class ReasonsAskedTwice(DomainError):
    text = "这份申请已经要求说明过理由。"


class ReplyBeforeToday(DomainError):
    text = "说明理由的期限应在今天之后。"
    field = "reply_by"


class NoReasonsAsked(DomainError):
    text = "这份申请没有要求说明理由，或者答复已经登记。"


class ReasonsGivenInFuture(DomainError):
    text = "收到理由的日期不能晚于今天。"
    field = "given_on"


class ReasonsBeforeQuestion(DomainError):
    text = "收到理由的日期不能早于说明理由告知书的日期（{asked}）。"
    field = "given_on"


class StillTimeToAnswer(DomainError):
    text = "说明理由的期限至 {reply_by}，届满之后才能登记为未说明。"
    field = "answered"


class SendingMissing(DomainError):
    text = "请填写说明理由告知书送达（寄出）的日期。（《条例》第三十五条）"
    field = "sent_on"


class QuestionSentInFuture(DomainError):
    text = "送达（寄出）日期不能晚于今天。"
    field = "sent_on"


class QuestionSentTooEarly(DomainError):
    text = "送达（寄出）日期不能早于告知书的日期（{asked}）。"
    field = "sent_on"


class NoReasonsToJudge(DomainError):
    text = "请先登记申请人说明的理由，或者登记其未说明理由。"


class SilenceHolds(DomainError):
    text = "申请人没有说明理由，不能判断为理由成立。"
    field = "verdict"


class DelayNotNeeded(DomainError):
    text = "只有理由成立的，才告知延迟答复的期限。（《条例》第三十五条）"
    field = "delayed_until"


class DelayTooShort(DomainError):
    text = "延迟答复的日期应晚于现在的答复期限（{due}）。"
    field = "delayed_until"


class ExcessNotAsked(DomainError):
    text = "以第三十五条不予处理的，须先要求申请人说明理由。请先发说明理由告知书。（《条例》第三十五条）"
    field = "facts"


class ExcessNotAnswered(DomainError):
    text = "以第三十五条不予处理的，须先登记申请人说明的理由，或者登记其未说明理由。"
    field = "facts"


class ExcessNotJudged(DomainError):
    text = "以第三十五条不予处理的，须先判断申请人的理由是否成立。"
    field = "facts"


class ReasonsHold(DomainError):
    text = "申请人说明的理由已判断为成立，不能以第三十五条不予处理，请改选答复类型。"
    field = "facts"


def check_excessive(request: HasReasons | None) -> None:
    """Refuse 不予处理 under art. 35 unless reasons were asked for, came or failed to come, and were judged (R36).

    The second person of R37 is the head, who approves every answer and is never the one who drafted it.
    """
    if request is None:
        raise ExcessNotAsked()
    if request.recorded_on is None:
        raise ExcessNotAnswered()
    if request.is_accepted is None:
        raise ExcessNotJudged()
    if request.is_accepted:
        raise ReasonsHold()


def check_question(existing: HasReasons | None, *, reply_by: date, today: date) -> None:
    """Refuse a second question, and a period that is over before it begins."""
    if existing is not None:
        raise ReasonsAskedTwice()
    if reply_by <= today:
        raise ReplyBeforeToday()


def check_waits(request: HasReasons | None) -> None:
    """Refuse to record an answer that nobody waits for."""
    if request is None or request.recorded_on is not None:
        raise NoReasonsAsked()


def check_given(*, on: date, asked_on: date, today: date) -> None:
    """Refuse reasons dated after today or before the question."""
    if on > today:
        raise ReasonsGivenInFuture()
    if on < asked_on:
        raise ReasonsBeforeQuestion(asked=chinese_date(asked_on))


def check_silence(*, reply_by: date, today: date) -> None:
    """Refuse to call silence what may still become an answer."""
    if today <= reply_by:
        raise StillTimeToAnswer(reply_by=chinese_date(reply_by))


def check_sent(on: date | None, *, asked_on: date, today: date) -> None:
    """Refuse an answer to a letter of which nobody knows that it left (R36: D5 sent)."""
    if on is None:
        raise SendingMissing()
    if on > today:
        raise QuestionSentInFuture()
    if on < asked_on:
        raise QuestionSentTooEarly(asked=chinese_date(asked_on))


def check_judgeable(request: HasReasons | None) -> None:
    """Refuse a judgement before anything came back, and a second one."""
    if request is None or request.recorded_on is None or request.is_accepted is not None:
        raise NoReasonsToJudge()


def check_judgement(*, accepted: bool, silent: bool, delayed_until: date | None, due_on: date | None) -> None:
    """Refuse reasons that hold where none were given, and a delay that is none (art. 35)."""
    if accepted and silent:
        raise SilenceHolds()
    if delayed_until is None:
        return
    if not accepted:
        raise DelayNotNeeded()
    if due_on is not None and delayed_until <= due_on:
        raise DelayTooShort(due=chinese_date(due_on))
