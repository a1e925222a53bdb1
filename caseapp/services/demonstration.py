"""The demonstration office: invented departments and persons, and thirty cases in every state, dated back from today.

Everything goes through the acts themselves, with the clock handed in: what is shown is what the rules made.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.domain.fee_schedule import FeeBasis
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.moments import OFFICE_ZONE, local_date
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.receipt import Channel, ContactWay, Receipt
from caseapp.models import Case, Department, Person, PersonRole
from caseapp.services import (
    catalogue,
    consultations,
    consulted,
    demonstration_items,
    demonstration_replies,
    drafts,
    extensions,
    fees,
    installation,
    intake,
    receipts,
    registration,
    replies,
    routing,
    routing_table,
    saved_lists,
    supplements,
    withdrawals,
    working_calendar,
)
from caseapp.services import demonstration_cases as samples
from caseapp.services.consulted import Question
from caseapp.services.demonstration_cases import Sample

PASSWORD = "yanshi-2026"  # noqa: S105 shown on the start screen; refused in production
PEOPLE = (
    ("clerk", "受理员甲", (Role.CLERK,), None),
    ("officer", "承办员乙", (Role.OFFICER,), "zhujian"),
    ("officer2", "承办员丙", (Role.OFFICER,), "guizi"),
    ("head", "负责人丁", (Role.HEAD,), "zhengshu"),
    ("admin", "管理员戊", (Role.ADMINISTRATOR,), None),
    ("auditor", "监督员己", (Role.AUDITOR,), None),
)
REVIEW_BODY = "示范区人民政府"
REVIEW_ADDRESS = "https://fuyi.example.com"
COURT = "示范市示范区人民法院"
SHARED_LIST = {"name": "等待分派", "narrowed_by": "status=registered"}

Transaction = Callable[[], AbstractContextManager[None]]


def is_loaded() -> bool:
    """Return whether there is anybody in the office already: it is loaded once, into an empty one."""
    return db.session.scalar(select(Person.id).limit(1)) is not None


def furnish(*, transaction: Transaction) -> None:
    """Set up the office itself: departments, routing rules, a person for each role."""
    with transaction():
        routing_table.load_plan()
        catalogue.load()
        _complete_departments()
        _add_people()


def load(at: datetime, *, transaction: Transaction) -> None:
    """Load the whole demonstration; each act in a transaction of its own, as an edge would run it."""
    furnish(transaction=transaction)
    play(at, transaction=transaction)


def play(at: datetime, *, transaction: Transaction) -> None:
    """File the thirty requests in a furnished office and lead each as far as it says."""
    office = _Office(actors=_actors(), calendar=working_calendar.current(), at=at, transaction=transaction)
    in_order = sorted(samples.SAMPLES, key=lambda sample: -sample.filed_back)
    for position, sample in enumerate(in_order):
        _play(sample, position, office)
    with transaction():
        demonstration_items.play(office.actors["officer2"], today=local_date(at), at=at)
    with transaction():
        saved_lists.keep(**SHARED_LIST, shared=True, actor=office.actors["clerk"], at=at)


def _complete_departments() -> None:
    for department in db.session.scalars(select(Department)):
        department.review_body = department.review_body or REVIEW_BODY
        department.review_address = department.review_address or REVIEW_ADDRESS
        department.court = department.court or COURT


def _add_people() -> None:
    ids = {row.code: row.id for row in db.session.scalars(select(Department))}
    hashed = installation.current().passwords.hash(PASSWORD)
    for sign_in_name, name, roles, department in PEOPLE:
        person = Person(
            sign_in_name=sign_in_name,
            name=name,
            password_hash=hashed,
            department_id=ids[department] if department else None,
            demonstration=True,
        )
        person.roles = [PersonRole(role=role) for role in roles]
        db.session.add(person)


def _actors() -> dict[str, Actor]:
    return {
        person.sign_in_name: Actor(
            id=person.id,
            name=person.name,
            roles=frozenset(held.role for held in person.roles),
            department_id=person.department_id,
        )
        for person in db.session.scalars(select(Person))
    }


@dataclass(frozen=True, kw_only=True)
class _Office:
    """What playing a case needs."""

    actors: dict[str, Actor]
    calendar: WorkingCalendar
    at: datetime
    transaction: Transaction

    def days_back(self, working_days: int, *, position: int) -> datetime:
        """Return a moment in office hours so many working days ago; never later than now."""
        day = self.at.astimezone(OFFICE_ZONE).date()
        while working_days:
            day -= timedelta(days=1)
            working_days -= self.calendar.is_working_day(day)
        moment = datetime.combine(day, time(9, 5 + position), OFFICE_ZONE)
        return min(moment, self.at)

    def officer_of(self, department: str) -> Actor:
        """Return an officer of that department: one of the two with an account, or a stand-in with the same rights."""
        found = db.session.scalar(select(Department.id).where(Department.code == department))
        named = [
            actor for actor in self.actors.values() if actor.department_id == found and Role.OFFICER in actor.roles
        ]
        if named:
            return named[0]
        other = self.actors["officer"]
        return Actor(id=other.id, name=other.name, roles=other.roles, department_id=found)


def _play(sample: Sample, position: int, office: _Office) -> None:
    """File the sample and lead it as far as it says."""
    key = drafts.new_key()
    filed_at = office.days_back(sample.filed_back, position=position)
    with office.transaction():
        case_id = _file(sample, key, office, at=filed_at).case_id
    acts = sample.acts if sample.waits else (("assign", sample.filed_back), *sample.acts)
    for act, back in acts:
        moment = max(office.days_back(back, position=position) + timedelta(hours=1), filed_at)
        with office.transaction():
            ACTS[act](db.session.get_one(Case, case_id), sample, office, min(moment, office.at))


def _file(sample: Sample, key: str, office: _Office, *, at: datetime) -> intake.Filed:
    """File the sample online, or let the clerk register what came another way, with nobody reached yet."""
    answers = samples.answers(sample)
    if sample.channel is not Channel.ONLINE:
        receipt = Receipt(channel=sample.channel, arrived_on=_day(at), confirmed_on=None)
        incoming = registration.Incoming(answers=answers, receipt=receipt, contact=ContactWay.PHONE, signed=False)
        return registration.register(key, incoming, actor=office.actors["clerk"], at=at)
    for step, typed in answers.items():
        drafts.save(key, step, typed, at=at)
    return intake.file(key, at=at)


def _no_contact(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    clerk = office.actors["clerk"]
    note = "上午、下午各拨打一次，无人接听。"
    receipts.log_contact(case.id, way=ContactWay.PHONE, note=note, version=case.version, actor=clerk, at=at)


def _assign(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    if case.department_id is None:
        routing.assign(case.id, department=sample.department, version=case.version, actor=office.actors["clerk"], at=at)


def _department(case: Case) -> str:
    return case.department.code if case.department else ""


def _return(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    officer = office.officer_of(_department(case))
    routing.return_to_clerk(
        case.id, reason="申请事项属于其他部门职责，请重新分派。", version=case.version, actor=officer, at=at
    )


def _propose(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    extensions.propose(
        case.id,
        working_days=sample.extension_days,
        reason="需检索的历史档案较多，并须与档案馆核对。",
        version=case.version,
        actor=office.officer_of(_department(case)),
        at=at,
    )


def _approve(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    extensions.approve(case.id, version=case.version, actor=office.actors["head"], at=at)


def _refuse(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    extensions.refuse(
        case.id, reason="档案已数字化，可在原期限内办结。", version=case.version, actor=office.actors["head"], at=at
    )


def _notify(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    posting = extensions.Posting(
        on=at.astimezone(OFFICE_ZONE).date(), tracking_number="EX000000001CN", confirmed_late=False
    )
    extensions.notify(case.id, posting, version=case.version, actor=office.actors["clerk"], at=at)


def _ask(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    notice = supplements.Notice(
        items="请写明工程或者文件的名称、文号。\n请写明所需材料形成的年份。",
        guidance="名称、文号可以在建设单位的公示栏或者公示网页上查到。",
        reply_by=office.calendar.nth_working_day(_day(at), sample.reply_days),
        override="",
    )
    officer = office.officer_of(_department(case))
    supplements.ask(case.id, notice, version=case.version, actor=officer, at=at)


def _tell(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    handover = replies.Handover(on=_day(at), tracking_number=_posted(case, "EX000000003CN"))
    supplements.notify(case.id, handover, version=case.version, actor=office.actors["clerk"], at=at)


def _correct(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    asked = supplements.asked(case.id)
    text = "是示范花园3号楼的竣工验收备案表，大约在2024年形成。"
    supplements.take_online(case.id, asked.id, text=text, key=drafts.new_key(), at=at)


def _lapse(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    supplements.lapse(
        case.id,
        no_good_reason=True,
        judgement="期限届满后两次电话联系，申请人表示不再补充材料。",
        version=case.version,
        actor=office.officer_of(_department(case)),
        at=at,
    )


def _withdraw(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    withdrawals.by_applicant(case.id, reason="已从其他途径取得该信息。", at=at)


def _draft(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    content = demonstration_replies.reply(sample, searched_on=_day(at))
    replies.save_draft(case.id, content, version=case.version, actor=office.officer_of(_department(case)), at=at)


def _submit(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    content = demonstration_replies.reply(sample, searched_on=_day(at))
    replies.submit(case.id, content, version=case.version, actor=office.officer_of(_department(case)), at=at)


def _send_back(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    replies.return_to_officer(
        case.id, reason="请写明检索的范围和关键词。", version=case.version, actor=office.actors["head"], at=at
    )


def _issue(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    replies.issue(case.id, version=case.version, actor=office.actors["head"], at=at)


def _deliver(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    handover = replies.Handover(on=_day(at), tracking_number=_posted(case, "EX000000002CN"))
    replies.deliver(case.id, handover, version=case.version, actor=office.actors["clerk"], at=at)


def _posted(case: Case, number: str) -> str:
    return number if case.delivery_way is DeliveryWay.POST else ""


def _day(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()


def _propose_fee(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    officer = office.officer_of(_department(case))
    fees.propose(case.id, basis=FeeBasis.BY_PAGE, quantity=68, version=case.version, actor=officer, at=at)


def _approve_fee(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    fees.approve(case.id, version=case.version, actor=office.actors["head"], at=at)


def _consult(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    question = Question(
        kind=ConsultedKind.THIRD_PARTY,
        name="示范己建设有限公司",
        contact="示范区示范街2号，0431-00000002",
        matter=f"“{sample.title}”中涉及贵方的银行账户和报价构成。",
    )
    officer = office.officer_of(_department(case))
    consultations.open_consultation(case.id, question, version=case.version, actor=officer, at=at)


def _on_consultation(act: Callable[..., None], what: object, case: Case, office: _Office, at: datetime) -> None:
    row = consulted.of_case(case, today=_day(at))[-1].row
    act(case.id, row.id, what, version=case.version, actor=office.officer_of(_department(case)), at=at)


def _question_arrives(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    arrival = consultations.Arrival(on=_day(at), proof="EX000000004CN")
    _on_consultation(consultations.record_delivery, arrival, case, office, at)


def _object(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    opinion = consultations.Opinion(on=_day(at), position=Position.OBJECTS, reasons="银行账户和报价构成是商业秘密。")
    _on_consultation(consultations.close, opinion, case, office, at)


def _weigh(case: Case, sample: Sample, office: _Office, at: datetime) -> None:
    judgement = consultations.Judgement(
        is_reasonable=True, reasons="报价构成未曾公开，公开会影响其以后的竞争，理由成立。", public_interest=""
    )
    _on_consultation(consultations.judge, judgement, case, office, at)


ACTS: dict[str, Callable[[Case, Sample, _Office, datetime], None]] = {
    "no_contact": _no_contact,
    "assign": _assign,
    "return": _return,
    "propose": _propose,
    "approve": _approve,
    "refuse": _refuse,
    "notify": _notify,
    "draft": _draft,
    "submit": _submit,
    "send_back": _send_back,
    "issue": _issue,
    "deliver": _deliver,
    "ask": _ask,
    "tell": _tell,
    "correct": _correct,
    "lapse": _lapse,
    "withdraw": _withdraw,
    "consult": _consult,
    "question_arrives": _question_arrives,
    "object": _object,
    "weigh": _weigh,
    "propose_fee": _propose_fee,
    "approve_fee": _approve_fee,
}
