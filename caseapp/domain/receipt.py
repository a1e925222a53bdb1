"""How a request comes in, and which day counts as the day of its receipt (art. 29, 31 and 43; R1 to R12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date


class Channel(StrEnum):
    """The ways by which a request may come (art. 29, para. 1)."""

    IN_PERSON = "in_person"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    ONLINE = "online"
    FAX = "fax"
    ORAL = "oral"

    @property
    def label(self) -> str:
        return CHANNEL_LABELS[self]

    @property
    def is_confirmed(self) -> bool:
        """Say whether the day that counts is the one on which the applicant and the organ confirmed (art. 31)."""
        return self in CONFIRMED


CHANNEL_LABELS = {
    Channel.IN_PERSON: "当面",
    Channel.SIGNED_MAIL: "邮寄（签收）",
    Channel.ORDINARY_MAIL: "平常信函",
    Channel.ONLINE: "互联网",
    Channel.FAX: "传真",
    Channel.ORAL: "口头（代填）",
}
# R7 and R8: the day of confirmation; for every other channel the day itself on which the request came (R5, R6, R10).
CONFIRMED = frozenset({Channel.ORDINARY_MAIL, Channel.ONLINE, Channel.FAX})
# R4: may never be refused (〔2017〕19号); to apply by word of mouth is a right as well (art. 29, para. 1).
ALWAYS_OPEN = frozenset({Channel.IN_PERSON, Channel.SIGNED_MAIL, Channel.ORDINARY_MAIL, Channel.ORAL})

# What the day means in law, said beside its field.
ARRIVAL_MEANINGS = {
    Channel.IN_PERSON: "当面提交：提交之日就是收到申请之日。（第三十一条第一项）",
    Channel.SIGNED_MAIL: "邮寄（签收）：本机关任何一个单位签收之日就是收到申请之日。（第三十一条第二项）",
    Channel.ORDINARY_MAIL: "平常信函：填信件到达之日，应当在当日与申请人确认。（第三十一条第二项）",
    Channel.ONLINE: "互联网：填申请人提交之日。（第三十一条第三项）",
    Channel.FAX: "传真：填传真到达之日。（第三十一条第三项）",
    Channel.ORAL: "口头（代填）：代为填写并经申请人签名确认之日就是收到申请之日。（第二十九条第一款）",
}
CONFIRMATION_MEANING = (
    "只有平常信函、互联网和传真需要填写：双方确认之日就是收到申请之日（第三十一条第二项、第三项）。"
    "还没有联系上申请人的，请留空，期限暂按到达之日计算。"
)


class ContactWay(StrEnum):
    """How the office tried to reach an applicant."""

    PHONE = "phone"
    MESSAGE = "message"
    MAIL = "mail"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        return CONTACT_LABELS[self]


CONTACT_LABELS = {
    ContactWay.PHONE: "电话",
    ContactWay.MESSAGE: "短信或者电子邮件",
    ContactWay.MAIL: "信函",
    ContactWay.IN_PERSON: "当面",
}


class ChangeStatus(StrEnum):
    """Where a proposed change of the day of receipt stands (R12)."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"proposed": "待负责人审批", "approved": "已同意", "refused": "未同意"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How and when a request came; `confirmed_on` is empty until both sides have confirmed."""

    channel: Channel
    arrived_on: date
    confirmed_on: date | None
    note: str = ""  # why the confirmation came late
    help_needed: bool = False  # with reading, seeing or hearing (art. 43)

    @property
    def received_on(self) -> date:
        """Return the day zero of the period: the confirmation; until then the arrival, which is the stricter day."""
        return self.confirmed_on or self.arrived_on


class CountsWorkingDays(Protocol):
    """A calendar that finds the n-th working day after a day."""

    def nth_working_day(self, after: date, number: int) -> date: ...


class ChannelUnknown(DomainError):
    text = "没有名为“{name}”的申请渠道，可以关闭的渠道：{closable}。"


class ChannelAlwaysOpen(DomainError):
    text = "“{channel}”渠道不能关闭：当面和邮寄是基本渠道，书面确有困难的可以口头申请。（〔2017〕19号；第二十九条）"


class ChannelClosed(DomainError):
    text = "本机关没有开通“{channel}”渠道。可以当面提交，也可以邮寄。"
    field = "channel"


class ArrivedInFuture(DomainError):
    text = "到达日期不能晚于今天。"
    field = "arrived_on"


class ConfirmedInFuture(DomainError):
    text = "确认日期不能晚于今天。"
    field = "confirmed_on"


class ConfirmedBeforeArrival(DomainError):
    text = "确认日期不能早于申请到达之日（{arrived}）。"
    field = "confirmed_on"


class NothingToConfirm(DomainError):
    text = "“{channel}”的申请以到达之日为收到申请之日，不另行确认，请将确认日期留空。（第三十一条）"
    field = "confirmed_on"


class ReasonForDelayMissing(DomainError):
    text = "确认晚于到达后的下一个工作日（{latest}），请说明理由。（第三十一条第三项；指导案例 26 号）"
    field = "note"


class NotSigned(DomainError):
    text = "口头申请由本机关代为填写后，须经申请人签名或者确认，请核对后勾选。（第二十九条第一款）"
    field = "signed"


class ContactNoteMissing(DomainError):
    text = "请写明联系的情况，例如无人接听、号码有误。"
    field = "note"


class SameDay(DomainError):
    text = "新的日期与现在的收到申请之日（{day}）相同。"
    field = "new_on"


class ChangedToFuture(DomainError):
    text = "收到申请之日不能晚于今天。"
    field = "new_on"


class ChangedPastFacts(DomainError):
    text = "{day} 已经办理过有关事项，收到申请之日不能晚于这一天。"
    field = "new_on"


class ChangeWaits(DomainError):
    text = "已有一项收到日期的更改等待审批。"


class NoChangeWaits(DomainError):
    text = "这份申请没有等待审批的收到日期更改。"


class OwnChange(DomainError):
    text = "更改收到日期须由另一人决定，不能审批自己提出的更改。（《条例》第三十一条；本机关内控要求）"


def closed_channels(names: Iterable[str]) -> frozenset[Channel]:
    """Return the channels that an office has switched off; refuses those that must stay open (R4) and unknown names."""
    closed = set()
    for name in names:
        if name not in set(Channel):
            raise ChannelUnknown(name=name, closable="、".join(sorted(set(Channel) - ALWAYS_OPEN)))
        if Channel(name) in ALWAYS_OPEN:
            raise ChannelAlwaysOpen(channel=Channel(name).label)
        closed.add(Channel(name))
    return frozenset(closed)


def check_open(channel: Channel, *, closed: Iterable[Channel]) -> None:
    """Refuse a channel that the office has switched off (art. 28)."""
    if channel in set(closed):
        raise ChannelClosed(channel=channel.label)


def check_receipt(receipt: Receipt, *, today: date, calendar: CountsWorkingDays) -> None:
    """Refuse days out of order, and a late confirmation without a reason: arrival, then confirmation, then today."""
    if receipt.arrived_on > today:
        raise ArrivedInFuture()
    if receipt.confirmed_on is None:
        return
    if receipt.confirmed_on > today:
        raise ConfirmedInFuture()
    if receipt.confirmed_on < receipt.arrived_on:
        raise ConfirmedBeforeArrival(arrived=chinese_date(receipt.arrived_on))
    if receipt.confirmed_on != receipt.arrived_on and not receipt.channel.is_confirmed:
        raise NothingToConfirm(channel=receipt.channel.label)
    latest = latest_confirmation(receipt.channel, receipt.arrived_on, calendar=calendar)
    if receipt.channel is not Channel.ORDINARY_MAIL and receipt.confirmed_on > latest and not receipt.note:
        raise ReasonForDelayMissing(latest=chinese_date(latest))


def check_signed(channel: Channel, *, signed: bool) -> None:
    """Refuse a request by word of mouth that its applicant has neither signed nor confirmed (R10)."""
    if channel is Channel.ORAL and not signed:
        raise NotSigned()


def latest_confirmation(channel: Channel, arrived_on: date, *, calendar: CountsWorkingDays) -> date:
    """Return the last day on which a confirmation is in order: the day itself (R7), or the next working day (R8)."""
    if channel in (Channel.ONLINE, Channel.FAX):
        return calendar.nth_working_day(arrived_on, 1)
    return arrived_on


def late_words(receipt: Receipt, *, calendar: CountsWorkingDays) -> str:
    """Return what is to be said of a late confirmation, flagged for ever; "" where it was in order (R7, R8)."""
    if receipt.confirmed_on is None:
        return ""
    if receipt.confirmed_on <= latest_confirmation(receipt.channel, receipt.arrived_on, calendar=calendar):
        return ""
    if receipt.channel is Channel.ORDINARY_MAIL:
        return "确认晚于信件到达之日，第三十一条第二项要求当日确认。"
    return "确认晚于到达后的下一个工作日。（第三十一条第三项；指导案例 26 号）"


def check_change(new_on: date, *, old_on: date, first_fact_on: date | None, today: date) -> None:
    """Refuse a new day of receipt that is the old one, lies ahead, or comes after what was done on the case (R12)."""
    if new_on == old_on:
        raise SameDay(day=chinese_date(old_on))
    if new_on > today:
        raise ChangedToFuture()
    if first_fact_on is not None and new_on > first_fact_on:
        raise ChangedPastFacts(day=chinese_date(first_fact_on))


def check_second_person(*, proposed_by: int, decided_by: int) -> None:
    """Refuse a decision by the person who proposed the change (R12)."""
    if proposed_by == decided_by:
        raise OwnChange()


def changed(receipt: Receipt, new_on: date) -> tuple[date, date]:
    """Return the days of arrival and of confirmation after a change: what was confirmed cannot have come later."""
    arrived_on = min(receipt.arrived_on, new_on) if receipt.channel.is_confirmed else new_on
    return arrived_on, new_on


def missing_items(*, has_identity: bool, has_contact: bool, has_address: bool) -> list[str]:
    """Return which of the three items of art. 29, para. 2 an application lacks: a matter of 补正, never a bar (R2)."""
    missing = []
    if not has_identity:
        missing.append("身份证明（第一项）")
    if not has_contact:
        missing.append("联系方式（第一项）")
    if not has_address:
        missing.append("获取信息的途径：邮寄地址（第三项）")
    return missing
