"""信息处理费: proposed, decided by another person, noticed in time, paid or not (art. 42; fee measure; R49 to R53)."""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.extension import EXTENSION_WORDS, ExtensionStatus
from caseapp.domain.fee_schedule import Calculation, FeeBasis
from caseapp.domain.filing import Medium
from caseapp.domain.moments import chinese_date


class FeeStatus(StrEnum):
    """Where a proposed fee stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    NOTICED = "noticed"  # the notice was issued; the period stands still once it has gone out
    PAID = "paid"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"  # given up by the office: the period is counted as if no fee had been asked


FEE_WORDS = {
    FeeStatus.PROPOSED: "待负责人审批",
    FeeStatus.REFUSED: "负责人未同意",
    FeeStatus.NOTICED: "已签发收费通知，待缴费",
    FeeStatus.PAID: "已缴费",
    FeeStatus.UNPAID: "逾期未缴费",
    FeeStatus.CANCELLED: "已撤销收费",
}
GONE = (FeeStatus.REFUSED, FeeStatus.CANCELLED)  # another may follow

# Every medium that can be asked for today is a copy on paper or an electronic one (R51).
COPIES = frozenset({Medium.ELECTRONIC, Medium.PAPER, Medium.EITHER})


class NothingToCharge(DomainError):
    text = "按这个数量计算，信息处理费为 0 元，不收费，也不发收费通知。"
    field = "quantity"


class PagesNotOffered(DomainError):
    text = "申请人没有要求提供复制件或者电子文件，不能按量计收，请按件计收。（国办函〔2020〕109号第五条）"
    field = "basis"


class FeeRepeated(DomainError):
    text = "一份申请只收一次信息处理费，按件、按量不能并用，这份申请已有一次（{status}）。（国办函〔2020〕109号第三条）"


class FeeAfterDue(DomainError):
    text = "答复期限已于 {due} 届满，不能再收费。收费通知须在办理期限内发出。（国办函〔2020〕109号第六条）"


class FeeChanged(DomainError):
    text = "该申请人当月的件数在提出之后有变化，现在应为 {amount} 元。请退回承办人重新计算。"


class ExtensionWaits(DomainError):
    text = "这份申请有一次延期尚未办结（{status}）。缴费后答复期限重新计算，请先办结延期。"


class NoFeeProposed(DomainError):
    text = "这份申请没有等待审批的收费。"


class NoFeeNoticed(DomainError):
    text = "这份申请没有等待缴纳的费用。"


class PaymentWayMissing(DomainError):
    text = "尚未设置缴费方式，不能签发收费通知。请由管理员补充设置 CASEAPP_OFFICE_FEE_PAYMENT。"


class SentInFuture(DomainError):
    text = "寄出日期不能晚于今天。"
    field = "sent_on"


class SentBeforeIssue(DomainError):
    text = "寄出日期不能早于收费通知书的签发日期（{issued}）。"
    field = "sent_on"


class SentTooLate(DomainError):
    text = (
        "寄出日期晚于答复期限（{due}）。收费通知须在办理期限内发出，逾期发出的不产生效力：请撤销收费，继续办理。"
        "（国办函〔2020〕109号第六条）"
    )
    field = "sent_on"


class ReceivedInFuture(DomainError):
    text = "申请人收到的日期不能晚于今天。"
    field = "received_on"


class ReceivedBeforeSending(DomainError):
    text = "申请人收到的日期不能早于寄出日期（{sent}）。"
    field = "received_on"


class ReceiptMissing(DomainError):
    text = "当面交付的，请填写申请人签收的日期。"
    field = "received_on"


class DeliveryKnown(DomainError):
    text = "申请人已于 {on} 收到收费通知书，送达已经登记。"


class NotSentYet(DomainError):
    text = "请先登记收费通知书的寄出，再登记缴费。"


class PaidInFuture(DomainError):
    text = "缴费日期不能晚于今天。"
    field = "on"


class PaidBeforeNotice(DomainError):
    text = "缴费日期不能早于收费通知书发出的日期（{sent}）。"
    field = "on"


class PaidTooLate(DomainError):
    text = "缴费期限已于 {pay_by} 届满，此后的缴费不再受理，请退还申请人。（国办函〔2020〕109号第六条）"
    field = "on"


class DeliveryNotProved(DomainError):
    text = "没有收费通知书送达申请人的记录，不能按逾期未缴费结束。请先登记送达。（国办函〔2020〕109号第六条）"


class StillTimeToPay(DomainError):
    text = "缴费期限至 {pay_by}，届满之后才能按逾期未缴费结束。"


def check_worth_a_notice(calculation: Calculation) -> None:
    """Refuse a fee of nothing: there is no notice without an amount."""
    if calculation.amount <= 0:
        raise NothingToCharge()


def check_basis(basis: FeeBasis, *, medium: Medium) -> None:
    """Refuse counting pages where no copies were asked for (R51)."""
    if basis is FeeBasis.BY_PAGE and medium not in COPIES:
        raise PagesNotOffered()


def check_once(existing: FeeStatus | None) -> None:
    """Refuse a second fee for one application, by whichever standard (R49); one refused or given up does not count."""
    if existing is not None and existing not in GONE:
        raise FeeRepeated(status=FEE_WORDS[existing])


def check_in_time(*, due_on: date | None, today: date) -> None:
    """Refuse a fee once the handling period has passed (R52)."""
    if due_on is not None and today > due_on:
        raise FeeAfterDue(due=chinese_date(due_on))


def check_no_extension_waits(status: ExtensionStatus | None) -> None:
    """Refuse while an extension waits for its decision or its notice: the new period would make it void unseen."""
    if status in (ExtensionStatus.PROPOSED, ExtensionStatus.APPROVED):
        raise ExtensionWaits(status=EXTENSION_WORDS[status])


def check_unchanged(*, proposed: int, now: Calculation) -> None:
    """Refuse to approve an amount that the facts of the month no longer bear out (R50)."""
    if proposed != now.amount:
        raise FeeChanged(amount=now.amount)


def check_sending(*, on: date, issued_on: date, due_on: date | None, today: date) -> None:
    """Refuse a posting day after today, before the notice's own date, or after the due date in force (R52)."""
    if on > today:
        raise SentInFuture()
    if on < issued_on:
        raise SentBeforeIssue(issued=chinese_date(issued_on))
    if due_on is not None and on > due_on:
        raise SentTooLate(due=chinese_date(due_on))


def check_receipt(*, on: date, sent_on: date, today: date) -> None:
    """Refuse a day of receipt after today or before the notice went out."""
    if on > today:
        raise ReceivedInFuture()
    if on < sent_on:
        raise ReceivedBeforeSending(sent=chinese_date(sent_on))


def check_payment(*, on: date, sent_on: date | None, pay_by: date | None, today: date) -> None:
    """Refuse a payment that is dated after today, before the notice, or after the period to pay (R53)."""
    if sent_on is None:
        raise NotSentYet()
    if on > today:
        raise PaidInFuture()
    if on < sent_on:
        raise PaidBeforeNotice(sent=chinese_date(sent_on))
    if pay_by is not None and on > pay_by:
        raise PaidTooLate(pay_by=chinese_date(pay_by))


def check_unpaid(*, pay_by: date | None, today: date) -> None:
    """Refuse to end a case without proof of delivery, or while there is still time to pay (R53)."""
    if pay_by is None:
        raise DeliveryNotProved()
    if today <= pay_by:
        raise StillTimeToPay(pay_by=chinese_date(pay_by))
