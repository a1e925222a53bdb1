"""Makes what a test needs, through the acts themselves; a test states only what matters to it."""

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.outcome import Outcome, ReplyContent
from caseapp.domain.permissions import Actor, Role
from caseapp.models import Case, Department, Person
from caseapp.services import drafts, extensions, intake, replies
from caseapp.services.demonstration_cases import Sample, answers, reply

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
