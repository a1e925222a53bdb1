"""The other turns of a case, for the tests of the closed world: 登记, 确认, 更改收到日期, 转办, 分案, 复议、诉讼."""

from collections.abc import Callable
from datetime import date

from caseapp.db import db, transaction
from caseapp.domain.dispute import Begun, Decision, DisputeKind, DisputeResult, Order
from caseapp.domain.lifecycle import Action
from caseapp.domain.publication import PublicationSource
from caseapp.domain.receipt import Channel, ContactWay, Receipt
from caseapp.domain.split import Part
from caseapp.domain.yearly_review import ReviewResult
from caseapp.models import Case, PublicationTask, WithheldReview
from caseapp.services import disputes, drafts, publications, receipts, registration, splitting, transfers, voidings
from caseapp.services.demonstration_cases import Sample, answers
from caseapp.services.publications import Publishing
from caseapp.services.receipts import Confirmation
from caseapp.services.registration import Incoming
from tests.makers import CLEAR, RECEIVED, moment

A = Action
DISPUTED = (A.DECIDE_DISPUTE, A.REOPEN)
DECIDE_CHANGE = (A.APPROVE_RECEIPT_CHANGE, A.REFUSE_RECEIPT_CHANGE)
PARTS = (
    Part(title="竣工验收备案表", document_no="", description=CLEAR),
    Part(title="土地出让合同", document_no="", description="申请公开示范地块的国有建设用地使用权出让合同。"),
)
EARLIER = date(2026, 2, 27)


def registered(maker, receipt: Receipt, *, on: date = RECEIVED, key: str = "", **given: object) -> Case:
    """Let the clerk register a request that came in this way, on that day."""
    signed = bool(given.pop("signed", True))
    sample = Sample(**{"filed_back": 0, "title": "", "description": CLEAR} | given)  # type: ignore[arg-type]
    incoming = Incoming(answers=answers(sample), receipt=receipt, contact=ContactWay.PHONE, signed=signed)
    with transaction():
        filed = registration.register(key or drafts.new_key(), incoming, actor=maker.actor("clerk"), at=moment(on))
    return maker.again(filed.case_id)


def came(channel: Channel, arrived_on: date = RECEIVED, confirmed_on: date | None = None, note: str = "") -> Receipt:
    """Return the receipt of a request that came by this channel."""
    return Receipt(channel=channel, arrived_on=arrived_on, confirmed_on=confirmed_on, note=note)


def unconfirmed(maker) -> Case:
    """Return a case by fax whose applicant has not been reached."""
    return registered(maker, came(Channel.FAX))


def change_proposed(maker, case: Case, *, new_on: date = EARLIER) -> Case:
    """Let the clerk ask for another day of receipt."""
    common = {"version": case.version, "actor": maker.actor("clerk"), "at": moment(RECEIVED, 16)}
    with transaction():
        receipts.propose_change(case.id, new_on=new_on, reason="信封上的签收日更早。", **common)
    return maker.again(case.id)


def contested(maker, case: Case, *, on: date = RECEIVED) -> Case:
    """Let the clerk record that a review about the case has begun on that day."""
    common = {"version": case.version, "actor": maker.actor("clerk"), "at": moment(on, 17)}
    with transaction():
        disputes.record(case.id, begun(on=on), **common)
    return maker.again(case.id)


def begun(*, on: date = RECEIVED, kind: DisputeKind = DisputeKind.REVIEW) -> Begun:
    return Begun(kind=kind, body="示范市人民政府", docket="示府复〔2026〕1号", began_on=on)


def decision(*, on: date, result: DisputeResult = DisputeResult.CORRECTED) -> Decision:
    return Decision(result=result, decided_on=on, decision_no="示府复决〔2026〕1号", summary="撤销原答复。")


def follows(maker, case: Case, action: A, *, on: date) -> Case:
    """Let a review be due, or a publication be asked about, on that day."""
    with transaction():
        if action is A.REVIEW_WITHHELD:
            db.session.add(WithheldReview(case_id=case.id, due_on=on))
        else:
            source = PublicationSource.SEVERAL_APPLICANTS
            task = PublicationTask(case_id=case.id, source=source, information_key="", found_at=moment(on))
            db.session.add(task)
    return maker.again(case.id)


def acts(case: Case, common: dict[str, object]) -> dict[A, Callable[[], object]]:
    """Return these acts on this case."""
    day = common["at"].date()
    confirmed = Confirmation(on=case.arrived_on, way=ContactWay.PHONE, note="")
    return {
        A.RECORD_DISPUTE: lambda: disputes.record(case.id, begun(), **common),
        A.DECIDE_DISPUTE: lambda: disputes.decide(case.id, decision(on=day), **common),
        A.REOPEN: lambda: disputes.reopen(case.id, decision(on=day), Order(effective_on=day), **common),
        A.REVIEW_WITHHELD: lambda: publications.review(
            case.id, result=ReviewResult.STILL_WITHHELD, reason="依据仍成立。", **common
        ),
        A.DECIDE_PUBLICATION: lambda: publications.decide(
            case.id, Publishing(publishes=False, reason="仅涉及申请人。"), **common
        ),
        A.VOID_LETTER: lambda: voidings.void_answer(case.id, reason="页数有误。", **common),
        A.SPLIT: lambda: splitting.split(case.id, parts=PARTS, reason="申请了两项信息。", **common),
        A.TRANSFER: lambda: transfers.transfer(case.id, department="guizi", reason="由该局制作。", **common),
        A.CONFIRM_RECEIPT: lambda: receipts.confirm(case.id, confirmed, **common),
        A.LOG_CONTACT: lambda: receipts.log_contact(case.id, way=ContactWay.PHONE, note="无人接听。", **common),
        A.PROPOSE_RECEIPT_CHANGE: lambda: receipts.propose_change(
            case.id, new_on=EARLIER, reason="信封上的签收日更早。", **common
        ),
        A.APPROVE_RECEIPT_CHANGE: lambda: receipts.approve_change(case.id, **common),
        A.REFUSE_RECEIPT_CHANGE: lambda: receipts.refuse_change(case.id, reason="签收日无误。", **common),
    }
