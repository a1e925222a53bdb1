"""征求意见: asking those whom disclosure would touch, and weighing what they say (art. 32 to 34)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date


class ConsultedKind(StrEnum):
    """Who is asked: silence of a third party decides nothing, silence of an organ is consent."""

    THIRD_PARTY = "third_party"
    ORGAN = "organ"


class Position(StrEnum):
    """What came back."""

    AGREES = "agrees"
    OBJECTS = "objects"
    SILENT = "silent"


CONSULTED_WORDS = {ConsultedKind.THIRD_PARTY: "第三方", ConsultedKind.ORGAN: "共同制作信息的行政机关"}
POSITION_WORDS = {Position.AGREES: "同意公开", Position.OBJECTS: "不同意公开", Position.SILENT: "逾期未答复"}


class NothingConsulted(DomainError):
    text = "这份申请没有需要这样办理的征求意见。"


class IdentityInLetter(DomainError):
    """E19: what goes to others never says who asks."""

    text = "“{label}”中出现了申请人的姓名、名称或者联系方式，不能写进给第三方或者其他机关的文书，请删去。"

    def __init__(self, *, label: str, field: str) -> None:
        super().__init__(label=label)
        self.field = field


class DeliveredInFuture(DomainError):
    text = "送达日期不能晚于今天。"
    field = "on"


class DeliveredBeforeLetter(DomainError):
    text = "送达日期不能早于文书的日期（{letter}）。"
    field = "on"


class DeliveredAlready(DomainError):
    text = "“{name}”的征求意见书已经登记送达或者已经有了结果。"


class NotDelivered(DomainError):
    text = "请先登记征求意见书送达“{name}”的日期：答复期限从那一天起算。（《条例》第三十二条、第三十四条）"


class ReplyInFuture(DomainError):
    text = "收到意见的日期不能晚于今天。"
    field = "on"


class ReplyBeforeDelivery(DomainError):
    text = "收到意见的日期不能早于征求意见书送达的日期（{delivered}）。"
    field = "on"


class AnsweredAlready(DomainError):
    text = "“{name}”的意见已经登记。"


class DeemedConsent(DomainError):
    text = "“{name}”在 {due} 之前没有提出意见，已视为同意公开，逾期的意见不再登记。（《条例》第三十四条）"
    field = "on"


class NothingToWeigh(DomainError):
    text = "“{name}”目前没有需要判断的意见：只有不同意公开，或者逾期未答复，才需要判断。"


class NoticeIssuedAlready(DomainError):
    text = "给“{name}”的公开决定告知书已经发出，不能再改变判断，也不再重复发出。"


class NoticeNotWanted(DomainError):
    text = "公开决定告知书只发给意见未被采纳的第三方：请先判断“{name}”的意见。（《条例》第三十二条）"


class NoticeNotIssued(DomainError):
    text = "给“{name}”的公开决定告知书还没有发出，或者已经登记送达。"


@dataclass(frozen=True, kw_only=True)
class Consulted:
    """One consultation as the rules see it on `today`.

    `due_on` is the last day to reply, counted from the delivery (from the opening while there is none). `is_reasonable`
    is a person's finding that disclosure would harm the one asked: an objection has good reason, or silence hides harm.
    """

    id: int
    kind: ConsultedKind
    name: str
    opened_on: date
    delivered_on: date | None
    due_on: date
    today: date
    recorded: Position | None
    is_judged: bool
    is_reasonable: bool | None
    public_interest: str
    notice_issued: bool
    notice_delivered_on: date | None

    @property
    def position(self) -> Position | None:
        """Return what came back; after the reply period silence, whether or not it has been recorded (R24)."""
        if self.recorded is None and self.today > self.due_on:
            return Position.SILENT
        return self.recorded

    @property
    def is_open(self) -> bool:
        """Say whether an answer may still come in time."""
        return self.position is None

    @property
    def is_deemed_consent(self) -> bool:
        """Say whether an organ's silence counts as consent (art. 34): only where the letter has arrived."""
        silent_organ = self.kind is ConsultedKind.ORGAN and self.position is Position.SILENT
        return silent_organ and self.delivered_on is not None

    @property
    def awaits_delivery(self) -> bool:
        return self.delivered_on is None and self.recorded is None

    @property
    def may_answer(self) -> bool:
        """Say whether an answer can be taken in: one that came in time, or late from a third party."""
        unanswered = self.recorded in (None, Position.SILENT)
        return self.delivered_on is not None and unanswered and not self.notice_issued

    @property
    def needs_judgement(self) -> bool:
        """Say whether a person must decide (R24, R25): an objection, or silence that is no deemed consent."""
        return self.position is Position.OBJECTS or (self.position is Position.SILENT and not self.is_deemed_consent)

    @property
    def keeps_back(self) -> bool:
        """Say whether the information stays closed for the sake of the one asked (art. 15, 32)."""
        return self.needs_judgement and self.is_judged and bool(self.is_reasonable) and not self.public_interest

    @property
    def needs_notice(self) -> bool:
        """Say whether the third party must be told before disclosure what will be disclosed and why (art. 32)."""
        against = self.position is Position.OBJECTS or (bool(self.is_reasonable) and bool(self.public_interest))
        weighed = self.needs_judgement and self.is_judged and not self.keeps_back
        return self.kind is ConsultedKind.THIRD_PARTY and weighed and against

    @property
    def words(self) -> str:
        """Return where this consultation stands, for the staff."""
        if self.position is None:
            state = "等待答复" if self.delivered_on else "已发出，等待登记送达"
            return f"{state}，期限至 {chinese_date(self.due_on)}"
        if self.is_deemed_consent:
            return "逾期未提出意见，视为同意公开"
        words = POSITION_WORDS[self.position] if self.delivered_on else "期限内未能送达"
        if self.needs_judgement:
            words += "，待判断" if not self.is_judged else "，判断为不公开" if self.keeps_back else "，判断为可以公开"
        return words


def names_for_staff(asked: Sequence[tuple[ConsultedKind, str]]) -> list[str]:
    """Return a name for each, in order; one who is asked again gets a count, so that no two are alike."""
    names = [name for _, name in asked]
    return [
        f"{name}（第{names[: place + 1].count(name)}次）" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def names_for_the_applicant(asked: Sequence[tuple[ConsultedKind, str]]) -> list[str]:
    """Return names that tell nobody who was asked (R64): 第三方, 有关行政机关, counted where there are several."""
    words = {ConsultedKind.THIRD_PARTY: "第三方", ConsultedKind.ORGAN: "有关行政机关"}
    kinds = [kind for kind, _ in asked]
    return [
        f"{words[kind]}（{kinds[: place + 1].count(kind)}）" if kinds.count(kind) > 1 else words[kind]
        for place, kind in enumerate(kinds)
    ]


def check_keeps_identity(texts: Mapping[str, tuple[str, str]], *, identity: Iterable[str]) -> None:
    """Refuse, at its field, a text for others that names the applicant (E19, R64); `texts`: field → label and words."""
    secrets = [secret.strip() for secret in identity if len(secret.strip()) > 1]
    for field, (label, words) in texts.items():
        if any(secret in words for secret in secrets):
            raise IdentityInLetter(label=label, field=field)


def check_delivery(asked: Consulted, *, on: date, today: date) -> None:
    """Refuse a delivery twice, in the future, or before the letter (R23)."""
    if not asked.awaits_delivery:
        raise DeliveredAlready(name=asked.name)
    check_date(on, letter=asked.opened_on, today=today)


def check_date(on: date, *, letter: date, today: date) -> None:
    """Refuse a delivery date in the future or before the letter's own date (R46)."""
    if on > today:
        raise DeliveredInFuture()
    if on < letter:
        raise DeliveredBeforeLetter(letter=chinese_date(letter))


def check_answer(asked: Consulted, *, on: date, today: date) -> None:
    """Refuse an answer before the letter arrived, twice, or by an organ whose consent is deemed (R23, R24)."""
    if asked.recorded not in (None, Position.SILENT) or asked.notice_issued:
        raise AnsweredAlready(name=asked.name)
    if asked.delivered_on is None:
        raise NotDelivered(name=asked.name)
    if on > today:
        raise ReplyInFuture()
    if on < asked.delivered_on:
        raise ReplyBeforeDelivery(delivered=chinese_date(asked.delivered_on))
    if asked.kind is ConsultedKind.ORGAN and on > asked.due_on:
        raise DeemedConsent(name=asked.name, due=chinese_date(asked.due_on))


def check_judgement(asked: Consulted) -> None:
    """Refuse to weigh what needs no weighing, or what the third party has already been told (R24, R25)."""
    if not asked.needs_judgement:
        raise NothingToWeigh(name=asked.name)
    if asked.notice_issued:
        raise NoticeIssuedAlready(name=asked.name)


def check_notice(asked: Consulted) -> None:
    """Refuse a notice of disclosure where none is owed, or a second one (art. 32)."""
    if not asked.needs_notice:
        raise NoticeNotWanted(name=asked.name)
    if asked.notice_issued:
        raise NoticeIssuedAlready(name=asked.name)


def check_notice_delivery(asked: Consulted, *, on: date, issued_on: date, today: date) -> None:
    """Refuse the delivery of a notice that was not issued or has arrived, or an impossible date (R25)."""
    if not asked.notice_issued or asked.notice_delivered_on is not None:
        raise NoticeNotIssued(name=asked.name)
    check_date(on, letter=issued_on, today=today)


def check_any(wanted: Iterable[bool]) -> None:
    """Refuse with `NothingConsulted` where no consultation waits for the act."""
    if not any(wanted):
        raise NothingConsulted()
