"""分案: each part has a number, a route, a clock and an answer of its own; the applicant sees them as one filing."""

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain import split as rules
from caseapp.domain.duties import DutyKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import NotVisible
from caseapp.domain.split import Part
from caseapp.models import Attachment, Case, Duty, Split
from caseapp.services import attachments, audit, identities, intake, splitting, tracking
from tests.makers import RECEIVED, moment
from tests.services.other_desk import PARTS
from tests.services.test_replies import DAY

PDF = b"%PDF-1.4 both"


def split(maker, case, parts=PARTS, *, by="officer", on=DAY):
    with transaction():
        numbers = splitting.split(
            case.id, parts=parts, reason="申请了两项信息。", version=case.version, actor=maker.actor(by),
            at=moment(on, 15),
        )  # fmt: skip
    db.session.expire_all()
    return [db.session.scalars(select(Case).where(Case.number == number)).one() for number in numbers]


@pytest.mark.rule("R50")
def test_each_part_has_a_number_a_route_and_a_clock_from_the_same_day(maker):
    case = maker.case(description="申请公开备案表；另申请公开土地出让合同。")
    due_on = case.local_due_on

    first, second = split(maker, case, by="clerk")

    assert (first.id, first.number) == (case.id, case.number)
    assert second.number != first.number
    assert [one.department.code if one.department else None for one in (first, second)][1] == "guizi"
    assert {one.received_on for one in (first, second)} == {RECEIVED}
    assert {one.local_due_on for one in (first, second)} == {due_on}
    assert second.status is Status.IN_HAND
    assert (second.title, first.title) == ("土地出让合同", "竣工验收备案表")
    kept = db.session.scalars(select(Split)).one()
    assert kept.description == "申请公开备案表；另申请公开土地出让合同。"
    kinds = set(db.session.scalars(select(Duty.kind).where(Duty.case_id == second.id)))
    assert {DutyKind.ANSWER_LOCAL, DutyKind.ANSWER_STATUTORY} <= kinds
    assert [entry.kind.value for entry in audit.history(second.id)][-1] == "split"
    assert audit.verify() is None


def test_one_query_code_opens_every_part(maker):
    key = maker.draft()
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    first, second = split(maker, maker.again(filed.case_id))

    assert tracking.open_case(number=second.number, code=filed.query_code) == second.id
    assert splitting.sibling(first, second.number) == second.id
    other = maker.case()
    with pytest.raises(NotVisible):
        splitting.sibling(first, other.number)


def test_the_applicant_is_the_same_and_the_number_is_sealed_to_each_case(maker):
    first, second = split(maker, maker.case())
    assert second.applicant.name == first.applicant.name
    assert second.applicant.identity_digest == first.applicant.identity_digest
    shown = []
    for case, by in ((first, "officer"), (second, "officer2")):
        with transaction():
            shown.append(identities.show(case.id, actor=maker.actor(by), at=moment(DAY, 16)))
    assert shown[0] == shown[1]


def test_files_are_copied_so_that_each_department_has_them(maker):
    key = maker.draft()
    with transaction():
        attachments.add(key, name="附图.pdf", content=PDF, at=moment(RECEIVED))
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    _, second = split(maker, maker.again(filed.case_id))
    names = [row.stored_name for row in db.session.scalars(select(Attachment))]
    assert len(set(names)) == 2
    [copy] = second.attachments
    assert attachments.open_for_staff(second.id, copy.id, actor=maker.actor("officer2")).content == PDF


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        (PARTS[:1], rules.TooFewParts),
        (PARTS * 6, rules.TooManyParts),
        ((PARTS[0], Part(title="", document_no="", description=" ")), rules.PartNotDescribed),
    ],
)
def test_parts_that_cannot_be_are_refused_and_nothing_is_half_done(maker, parts, refusal):
    case = maker.case()
    with pytest.raises(refusal):
        split(maker, case, parts)
    db.session.rollback()
    assert len(db.session.scalars(select(Case)).all()) == 1


def test_a_case_is_split_before_anything_else_and_only_once(maker):
    busy = maker.asked(maker.case(), on=DAY)
    with pytest.raises(rules.SplitTooLate):
        split(maker, busy)
    first, second = split(maker, maker.again(maker.case().id))
    for part, by in ((first, "officer"), (second, "officer2")):
        with pytest.raises(rules.SplitTwice):
            split(maker, part, by=by)
