"""补正 (art. 30): asked once and in time, answered by the applicant or on paper, ended where nothing comes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import supplement as rules
from caseapp.domain.document import OfficialDocument
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.domain.replies import check_delivery
from caseapp.domain.supplement import SupplementStatus
from caseapp.models import Case, Letter, Supplement
from caseapp.services import attachments, audit, cases, deadlines, extensions, letters, search, working_calendar
from caseapp.services.replies import Handover

ShownSupplement = Supplement  # what pages are handed


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the applicant is told: each point to correct on a line, how, and until when; `override` may be ""."""

    items: str
    guidance: str
    reply_by: date
    override: str


def of_case(case_id: int) -> list[Supplement]:
    """Return every notice of the case with its letter and delivery, oldest first."""
    query = (
        select(Supplement)
        .where(Supplement.case_id == case_id)
        .options(joinedload(Supplement.letter).joinedload(Letter.delivery))
        .order_by(Supplement.id)
    )
    return list(db.session.scalars(query))


def latest(case_id: int) -> Supplement | None:
    """Return the newest notice of the case, whatever came of it."""
    return next(reversed(of_case(case_id)), None)


def notice_due(case: Case, *, today: date) -> date | None:
    """Return the last day for the one notice (R26), `None` where the statute sets no limit."""
    return deadlines.clocks(case, today=today, with_ledger=False).local.supplement_notice_due


def usual_reply_by(*, today: date) -> date:
    """Return the day that the form proposes as the end of the period."""
    return working_calendar.current().nth_working_day(today, rules.USUAL_WORKING_DAYS)


def why_override(case: Case, *, today: date) -> str:
    """Return the refusal that a reason would lift today, in words; "" where none is needed."""
    try:
        _judge_need(case, latest(case.id), today=today, override="")
    except (rules.SupplementLate, rules.SupplementRepeated) as refusal:
        return str(refusal)
    return ""


def judge(case: Case, notice: Notice, *, today: date) -> None:
    """Refuse what `ask` would refuse."""
    extension = extensions.latest(case.id)
    check_can_ask(latest(case.id), extension.status if extension else None, today=today)
    rules.check_reply_by(notice.reply_by, today=today, calendar=working_calendar.current())
    _judge_need(case, latest(case.id), today=today, override=notice.override)


def preview(case: Case, notice: Notice, *, today: date) -> OfficialDocument:
    """Return the letter that asking would issue, still without its number."""
    return letters.compose(case, LetterKind.SUPPLEMENT_NOTICE, _fields(notice), number=None, dated_on=today)


def ask(case_id: int, notice: Notice, *, version: int, actor: Actor, at: datetime) -> Letter:
    """Issue the one notice (D4); the period ends here and begins anew with the corrected application (L4)."""
    case = cases.take_up(case_id, action=Action.ASK_SUPPLEMENT, version=version, actor=actor)
    today, old_due_on = local_date(at), case.local_due_on
    judge(case, notice, today=today)

    letter = letters.issue(case, LetterKind.SUPPLEMENT_NOTICE, _fields(notice), actor=actor, at=at)
    db.session.add(
        Supplement(
            case_id=case.id,
            status=SupplementStatus.ASKED,
            items=_lines(notice.items),
            guidance=notice.guidance,
            asked_on=today,
            reply_by=notice.reply_by,
            override=notice.override,
            asked_by_id=actor.id,
            asked_at=at,
            letter_id=letter.id,
        )
    )
    cases.move(case, Action.ASK_SUPPLEMENT, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.SUPPLEMENT_ASKED,
        actor=actor,
        at=at,
        reply_by=notice.reply_by,
        letter_number=letter.number,
        old_due_on=old_due_on,
        override=notice.override or None,
    )
    if case.delivery_way is DeliveryWay.ONLINE:
        _deliver(case, letter, Handover(on=today, tracking_number=""), actor=actor, at=at)
    return letter


def notify(case_id: int, handover: Handover, *, version: int, actor: Actor, at: datetime) -> None:
    """Record when the notice was posted or handed over: the proof without which nothing lapses (R28)."""
    case = cases.take_up(case_id, action=Action.NOTIFY_SUPPLEMENT, version=version, actor=actor)
    supplement = latest(case.id)
    check_can_notify(supplement)
    letter = letters.latest(case.id, LetterKind.SUPPLEMENT_NOTICE)
    check_delivery(on=handover.on, issued_on=letter.dated_on, today=local_date(at))
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(handover.tracking_number)

    _deliver(case, letter, handover, actor=actor, at=at)


def _deliver(case: Case, letter: Letter, handover: Handover, *, actor: Actor, at: datetime) -> None:
    letters.deliver(
        letter,
        way=case.delivery_way,
        on=handover.on,
        tracking_number=handover.tracking_number,
        actor=actor,
        at=at,
    )
    db.session.expire(letter, ["delivery"])
    cases.move(case, Action.NOTIFY_SUPPLEMENT, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.SUPPLEMENT_NOTIFIED,
        actor=actor,
        at=at,
        on=handover.on,
        way=case.delivery_way.label,
        tracking_number=handover.tracking_number or None,
        letter_number=letter.number,
    )


def take_on_paper(case_id: int, *, taken_on: date, text: str, version: int, actor: Actor, at: datetime) -> None:
    """Record a correction that came by post or over the counter; the period runs from the day it arrived (R27)."""
    case = cases.take_up(case_id, action=Action.TAKE_SUPPLEMENT, version=version, actor=actor)
    check_arrival(case, on=taken_on, today=local_date(at))

    _take(case, asked(case.id), on=taken_on, text=text, actor=actor, at=at)


def check_arrival(case: Case, *, on: date, today: date) -> None:
    """Refuse a day of arrival that `take_on_paper` would refuse."""
    rules.check_taken(on=on, asked_on=asked(case.id).asked_on, today=today)


def take_online(case_id: int, supplement_id: int, *, text: str, key: str, at: datetime) -> None:
    """Take the correction that the applicant sends himself, with the files under his key; sent twice, it counts once.

    Raises `AlreadyTaken`, `SupplementEnded` or `NotVisible`.
    """
    case = cases.lock_for_applicant(case_id)
    supplement = latest(case.id)
    if supplement is not None and _is_repeated(supplement, supplement_id, text):
        return
    if case.status is Status.CLOSED:
        raise rules.SupplementEnded()
    if supplement is None or supplement.id != supplement_id or case.status is not Status.AWAITING_SUPPLEMENT:
        raise rules.AlreadyTaken()

    attachments.give_to_case(key, case.id)
    _take(case, supplement, on=local_date(at), text=text, actor=None, at=at)


def _is_repeated(supplement: Supplement, supplement_id: int, text: str) -> bool:
    same = supplement.id == supplement_id and supplement.taken_text == text
    return same and supplement.status is SupplementStatus.TAKEN and supplement.taken_by_id is None


def _take(case: Case, supplement: Supplement, *, on: date, text: str, actor: Actor | None, at: datetime) -> None:
    supplement.status, supplement.taken_on, supplement.taken_text = SupplementStatus.TAKEN, on, text
    supplement.taken_by_id = actor.id if actor else None
    cases.move(case, Action.TAKE_SUPPLEMENT, at=at)
    deadlines.refresh(case, at=at)

    search.add(case.id, (text,))
    audit.record(case, EventKind.SUPPLEMENT_TAKEN, actor=actor, at=at, on=on, due_on=case.local_due_on)


def lapse(case_id: int, *, no_good_reason: bool, judgement: str, version: int, actor: Actor, at: datetime) -> None:
    """End a case whose applicant did not correct it in time: 视为放弃, on proof of delivery and a judgement (R28)."""
    case = cases.take_up(case_id, action=Action.LAPSE, version=version, actor=actor)
    supplement, today = asked(case.id), local_date(at)
    check_can_lapse(supplement, today=today)
    rules.check_judged(no_good_reason=no_good_reason)

    supplement.status, supplement.lapsed_on = SupplementStatus.LAPSED, today
    supplement.lapse_judgement, supplement.lapsed_by_id = judgement, actor.id
    cases.close(case, Action.LAPSE, Outcome.LAPSED, on=today, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.LAPSED, actor=actor, at=at, reply_by=supplement.reply_by, judgement=judgement)


def asked(case_id: int) -> Supplement:
    """Return the notice that waits for the applicant; raises `NothingAsked`."""
    supplement = latest(case_id)
    if supplement is None or supplement.status is not SupplementStatus.ASKED:
        raise rules.NothingAsked()
    return supplement


def delivered_on(supplement: Supplement) -> date | None:
    """Return the day on which the notice was posted or received, `None` while nobody has recorded it."""
    return supplement.letter.delivery.on if supplement.letter.delivery else None


def check_can_ask(before: Supplement | None, extension: ExtensionStatus | None, *, today: date) -> None:
    """Refuse what no reason can lift: a correction of today, an extension that nobody has finished."""
    rules.check_no_extension_waits(extension)
    rules.check_day_after(before.taken_on if before else None, today=today)


def check_can_notify(supplement: Supplement | None) -> None:
    """Refuse where no notice waits for its delivery."""
    if supplement is None or supplement.status is not SupplementStatus.ASKED:
        raise rules.NothingAsked()
    if delivered_on(supplement) is not None:
        raise rules.NoticeDelivered()


def check_can_lapse(supplement: Supplement | None, *, today: date) -> None:
    """Refuse a lapse that comes too early or has no proof of delivery."""
    if supplement is None:
        raise rules.NothingAsked()
    rules.check_overdue(
        asked_on=supplement.asked_on,
        reply_by=supplement.reply_by,
        delivered_on=delivered_on(supplement),
        today=today,
    )


def _judge_need(case: Case, before: Supplement | None, *, today: date, override: str) -> None:
    rules.check_once(before.asked_on if before else None, override=override)
    rules.check_in_time(notice_due=notice_due(case, today=today), today=today, override=override)


def _fields(notice: Notice) -> dict[str, FieldValue]:
    points = _lines(notice.items).splitlines()
    numbered = [f"{number}. {point}" for number, point in enumerate(points, start=1)] if len(points) > 1 else points
    return {"corrections": "\n".join(numbered), "guidance": notice.guidance, "reply_by": notice.reply_by}


def _lines(items: str) -> str:
    return "\n".join(line.strip() for line in items.splitlines() if line.strip())
