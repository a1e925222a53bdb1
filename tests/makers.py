"""Makes what a test needs, through the acts themselves; a test states only what matters to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.reply_content import ReplyContent
from caseapp.models import Case, Consultation, Department, Person
from caseapp.services import consultations, drafts, extensions, intake, replies, supplements
from caseapp.services.consultations import Arrival, Judgement, Opinion
from caseapp.services.consulted import Disclosure, Question
from caseapp.services.demonstration_cases import Sample, answers
from caseapp.services.demonstration_replies import reply

CLEAR = "申请公开示范花园3号楼竣工验收备案表。"  # zhujian, without doubt
VAGUE = "我想知道去年我们这里的情况，请把有关材料都给我。"
RECEIVED = date(2026, 3, 2)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Return a moment of that day on the office's clock."""
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)


class Maker:
    """Stands in the office and does what each person there would do."""

    def actor(self, sign_in_name: str) -> Actor:
        person = db.session.scalars(select(Person).where(Person.sign_in_name == sign_in_name)).one()
        return Actor(
            id=person.id,
            name=person.name,
            roles=frozenset(held.role for held in person.roles),
            department_id=person.department_id,
        )

    def department(self, code: str) -> Department:
        return db.session.scalars(select(Department).where(Department.code == code)).one()

    def with_roles(self, actor: Actor, *roles: Role) -> Actor:
        return replace(actor, roles=frozenset(roles))

    def draft(self, *, key: str | None = None, at: datetime | None = None, **sample: object) -> str:
        """Fill in every step and return the filing key."""
        key = key or drafts.new_key()
        given = {"title": "", "description": CLEAR, "filed_back": 0, **sample}
        with transaction():
            for step, typed in answers(Sample(**given)).items():  # type: ignore[arg-type]
                drafts.save(key, step, typed, at=at or moment(RECEIVED))
        return key

    def case(self, *, received_on: date = RECEIVED, **sample: object) -> Case:
        """File a request on that day; by default a person's, online, clearly for 住建局."""
        at = moment(received_on)
        key = self.draft(at=at, **sample)
        with transaction():
            filed = intake.file(key, at=at)
        return self.again(filed.case_id)

    def again(self, case_id: int) -> Case:
        """Return the case as the database has it now."""
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(Case, case_id)

    def content(self, outcome: Outcome = Outcome.DISCLOSED, **sample: object) -> ReplyContent:
        """Return a complete reply of this outcome."""
        given = Sample(title="竣工验收备案表", description=CLEAR, filed_back=0, outcome=outcome, **sample)  # type: ignore[arg-type]
        return reply(given, searched_on=RECEIVED)

    def submitted(self, case: Case, *, on: date, content: ReplyContent | None = None) -> Case:
        """Let the officer send a reply for approval."""
        with transaction():
            replies.submit(
                case.id,
                content or self.content(),
                version=case.version,
                actor=self.actor("officer"),
                at=moment(on),
            )
        return self.again(case.id)

    def issued(self, case: Case, *, on: date, content: ReplyContent | None = None) -> Case:
        """Let the officer send a reply and the head issue it, on one day."""
        case = self.submitted(case, on=on, content=content)
        with transaction():
            replies.issue(case.id, version=case.version, actor=self.actor("head"), at=moment(on, 11))
        return self.again(case.id)

    def notice(self, *, reply_by: date = date(2026, 3, 20), override: str = "") -> supplements.Notice:
        """Return a notice to correct with two points."""
        return supplements.Notice(
            items="请写明材料的名称或文号。\n请写明大致的时间。", guidance="", reply_by=reply_by, override=override
        )

    def awaiting(self, case: Case, *, on: date, reply_by: date = date(2026, 3, 20), override: str = "") -> Case:
        """Let the officer tell the applicant what to correct."""
        notice = self.notice(reply_by=reply_by, override=override)
        with transaction():
            supplements.ask(case.id, notice, version=case.version, actor=self.actor("officer"), at=moment(on))
        return self.again(case.id)

    def proposed(self, case: Case, *, on: date, working_days: int = 10) -> Case:
        """Let the officer ask for more time."""
        with transaction():
            extensions.propose(
                case.id,
                working_days=working_days,
                reason="需检索的档案较多。",
                version=case.version,
                actor=self.actor("officer"),
                at=moment(on),
            )
        return self.again(case.id)

    def extended(self, case: Case, *, on: date, working_days: int = 10) -> Case:
        """Let the officer ask and the head approve, on one day."""
        case = self.proposed(case, on=on, working_days=working_days)
        with transaction():
            extensions.approve(case.id, version=case.version, actor=self.actor("head"), at=moment(on, 11))
        return self.again(case.id)

    def asked(self, case: Case, *, on: date, kind: str = "third_party", name: str = "示范建设有限公司") -> Case:
        """Let the officer send a question; the newest consultation is `consultation(case)`."""
        question = Question(
            kind=ConsultedKind(kind), name=name, contact="示范区示范街2号", matter="示范花园3号楼施工合同中的报价构成。"
        )
        with transaction():
            consultations.open_consultation(
                case.id, question, version=case.version, actor=self.actor("officer"), at=moment(on)
            )
        return self.again(case.id)

    def consultation(self, case: Case) -> Consultation:
        """Return the newest consultation of the case."""
        query = select(Consultation).where(Consultation.case_id == case.id).order_by(Consultation.id.desc()).limit(1)
        return db.session.scalars(query).one()

    def arrived(self, case: Case, *, on: date, id: int | None = None) -> Case:
        """Let the officer record the delivery of a question, on that day; the newest one where none is named."""
        return self._of_consultation(
            case, consultations.record_delivery, Arrival(on=on, proof="EX000000003CN"), at=moment(on, 11), id=id
        )

    def answered(
        self, case: Case, *, on: date, position: str = "objects", reasons: str = "", id: int | None = None
    ) -> Case:
        """Let the officer take in an answer, on that day."""
        opinion = Opinion(on=on, position=Position(position), reasons=reasons)
        return self._of_consultation(case, consultations.close, opinion, at=moment(on, 12), id=id)

    def weighed(self, case: Case, *, on: date, harms: bool, public_interest: str = "", id: int | None = None) -> Case:
        """Let the officer weigh what came back, on that day."""
        judgement = Judgement(is_reasonable=harms, reasons="已逐项核对。", public_interest=public_interest)
        return self._of_consultation(case, consultations.judge, judgement, at=moment(on, 13), id=id)

    def told(self, case: Case, *, on: date, id: int | None = None) -> Case:
        """Let the officer issue the notice of disclosure and record its delivery, on one day."""
        told = Disclosure(disclosed="施工合同的总价。", reasons="涉及公共安全，须让公众了解。")
        case = self._of_consultation(case, consultations.issue_disclosure_notice, told, at=moment(on, 14), id=id)
        arrival = Arrival(on=on, proof="EX000000004CN")
        return self._of_consultation(case, consultations.deliver_disclosure_notice, arrival, at=moment(on, 15), id=id)

    def _of_consultation(
        self, case: Case, act: Callable[..., None], what: object, *, at: datetime, id: int | None
    ) -> Case:
        id = id or self.consultation(case).id
        with transaction():
            act(case.id, id, what, version=case.version, actor=self.actor("officer"), at=at)
        return self.again(case.id)
