"""The annual report from cases: what counts where, frozen 结转, identities over random years (R55, R56)."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from caseapp.db import db, transaction
from caseapp.domain.annual_report import (
    TOTAL,
    Layout,
    OfficeKind,
    PlaceMissing,
    PublishedOnWrongDay,
    ReportBroken,
    leaves,
    publication_due,
)
from caseapp.domain.correction import CaseKind
from caseapp.domain.dispute import DisputeKind, DisputeResult, Order
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotPermitted
from caseapp.models import Applicant, Case
from caseapp.services import disputes, reports, withdrawals
from tests.makers import moment
from tests.services.other_desk import begun, contested, decision, unconfirmed
from tests.services.test_replies import DAY

NEXT_YEAR = moment(date(2027, 1, 5))


def cells(year, *codes, column=TOTAL, department=""):
    table = reports.annual(year, department=department).table_three
    return [table[code, column] for code in codes]


@pytest.mark.rule("R39")
def test_each_end_of_a_case_counts_in_its_row_and_column(maker):
    maker.issued(maker.case(), on=DAY)
    maker.issued(maker.case(kind="legal", name="示范律师事务所"), on=DAY, content=maker.content(Outcome.NOT_FOUND))
    content = maker.content(Outcome.WITHHELD, ground=Ground.DELIBERATION)
    maker.issued(maker.case(), on=DAY, content=content)
    taken_back = maker.case()
    with transaction():
        withdrawals.by_applicant(taken_back.id, reason="", at=moment(DAY))
    maker.case()
    unconfirmed(maker)  # not yet received: in no row

    assert cells(2026, "1", "2", "3.1", "3.3.6", "3.4.1", "3.6.3", "3.7", "4") == [5, 0, 1, 1, 1, 1, 4, 1]
    assert cells(2026, "3.4.1", "3.1", column="法律服务机构") == [1, 0]
    report = reports.annual(2026)
    assert (report.broken, report.warnings) == ((), ())
    assert report.layout is Layout.OF_2021


@pytest.mark.rule("R62")
def test_a_request_for_correction_is_in_no_row(maker):
    case = maker.case()
    with transaction():
        db.session.get_one(Case, case.id).case_kind = CaseKind.CORRECTION
    assert cells(2026, "1", "3.7", "4") == [0, 0, 0]


@pytest.mark.rule("R39")
def test_a_case_handled_anew_counts_once_where_it_first_ended(maker):
    case = maker.issued(maker.case(), on=DAY)
    case = contested(maker, case, on=DAY)
    with transaction():
        disputes.reopen(
            case.id, decision(on=DAY), Order(effective_on=DAY), version=case.version, actor=maker.actor("clerk"),
            at=moment(DAY, 18),
        )  # fmt: skip
    assert cells(2026, "1", "3.1", "3.7", "4") == [1, 1, 1, 0]
    maker.issued(maker.again(case.id), on=DAY + timedelta(days=2), content=maker.content(Outcome.NOT_FOUND))
    assert cells(2026, "3.1", "3.4.1", "3.7") == [1, 0, 1]
    four = reports.annual(2026).table_four
    assert (four["行政复议", "结果纠正"], four["行政复议", TOTAL]) == (1, 1)


@pytest.mark.rule("R63")
def test_table_four_counts_what_was_decided_in_the_year_and_what_was_pending_at_its_end(maker):
    first, second = (maker.issued(maker.case(), on=DAY) for _ in range(2))
    contested(maker, first, on=DAY)
    with transaction():
        disputes.record(
            second.id, begun(on=DAY, kind=DisputeKind.SUIT), version=second.version, actor=maker.actor("head"),
            at=moment(DAY, 17),
        )  # fmt: skip
    case = maker.again(second.id)
    with transaction():
        disputes.decide(
            case.id, decision(on=date(2027, 2, 1), result=DisputeResult.UPHELD), version=case.version,
            actor=maker.actor("head"), at=moment(date(2027, 2, 2)),
        )  # fmt: skip
    four = reports.annual(2026).table_four
    assert (four["行政复议", "尚未审结"], four["行政诉讼｜未经复议直接起诉", "尚未审结"]) == (1, 1)
    later = reports.annual(2027).table_four
    assert later["行政诉讼｜未经复议直接起诉", "结果维持"] == 1
    assert later["行政复议", "尚未审结"] == 1
    for year, table in ((2026, four), (2027, later)):
        for (block, cell), figure in table.items():
            found, after = reports.dispute_cases_of(
                year, block, cell, department="", before=None, actor=maker.actor("head")
            )
            assert (len(found), after) == (figure, None), (year, block, cell)
    of = {"department": "zhujian", "before": None, "actor": maker.actor("head")}
    opened, _ = reports.dispute_cases_of(2027, "行政复议", "尚未审结", **of)
    assert [case.number for case in opened] == [maker.again(first.id).number]


@pytest.mark.rule("R56")
def test_what_a_year_carried_over_is_frozen_and_becomes_row_two_whatever_is_changed_later(maker):
    case = maker.case()
    with pytest.raises(reports.YearNotOver), transaction():
        reports.freeze(2026, actor=maker.actor("admin"), at=moment(date(2026, 12, 31), 23))
    with pytest.raises(NotPermitted), transaction():
        reports.freeze(2026, actor=maker.actor("officer"), at=NEXT_YEAR)
    with transaction():
        assert reports.freeze(2026, actor=maker.actor("admin"), at=NEXT_YEAR) == 1
    with pytest.raises(reports.AlreadyFrozen), transaction():
        reports.freeze(2026, actor=maker.actor("admin"), at=NEXT_YEAR)
    assert cells(2027, "2", "4") == [1, 1]

    with transaction():  # a day of receipt that moves into the next year, found out afterwards
        db.session.get_one(Case, case.id).received_on = date(2027, 1, 4)
    report = reports.annual(2027)
    assert report.table_three["2", TOTAL] == 1
    assert [(one.identity, one.left, one.right) for one in report.warnings if one.column == TOTAL] == [("I5", 1, 0)]
    assert any(one.identity == "I1" for one in report.broken)


@pytest.mark.rule("R56")
def test_two_who_freeze_at_once_leave_one_list(maker):
    maker.case()
    with transaction():
        reports.freeze(2026, actor=None, at=NEXT_YEAR)
    with pytest.raises(reports.AlreadyFrozen), transaction():
        reports.freeze(2026, actor=None, at=NEXT_YEAR)
    assert reports.is_frozen(2026)


@pytest.mark.rule("R55", "R56")
def test_five_thousand_random_cases_over_two_years_hold_every_identity(maker):
    seed = maker.case()
    fill(maker, seed, how_many=5_000, chance=random.Random(2026))
    with transaction():
        reports.freeze(2024, actor=None, at=moment(date(2025, 1, 2)))
    with transaction():
        reports.freeze(2025, actor=None, at=moment(date(2026, 1, 2)))
    for year in (2024, 2025, 2026):
        report = reports.annual(year)
        assert (report.broken, report.warnings) == ((), ()), year
    first, second = reports.annual(2024).table_three, reports.annual(2025).table_three
    for column in (*(kind.label for kind in ApplicantKind), TOTAL):
        assert second["2", column] == first["4", column]
    assert second["1", TOTAL] > 1_000
    assert first["3.7", TOTAL] > 1_000
    assert sum(second[code, TOTAL] > 0 for code in leaves(Layout.OF_2021)) == 21
    parts = [reports.annual(2025, department=code).table_three["1", TOTAL] for code in ("zhujian", "guizi")]
    assert sum(parts) == second["1", TOTAL]


def fill(maker, seed, *, how_many, chance):
    """Write so many cases like `seed`, received from 2024 on; most have ended, each in some row of table three."""
    departments = [maker.department(code).id for code in ("zhujian", "guizi")]
    columns = [column for column in Case.__table__.columns if column.name != "id"]
    like = {column.name: getattr(seed, column.name) for column in columns}
    applicant = {column.name: getattr(seed.applicant, column.name) for column in Applicant.__table__.columns}
    rows, applicants, rows_of_table = [], [], leaves(Layout.OF_2021)
    for number in range(1, how_many + 1):
        received_on = date(2024, 1, 1) + timedelta(days=chance.randrange(730))
        ended_on = received_on + timedelta(days=chance.randrange(1, 60)) if chance.random() < 0.95 else None
        if ended_on and ended_on > date(2025, 12, 20):
            ended_on = None
        rows.append(
            like
            | {
                "id": seed.id + number,
                "number": f"9999-{number}",
                "filing_digest": f"{number:064}",
                "department_id": chance.choice(departments),
                "received_on": received_on,
                "confirmed_on": received_on,
                "arrived_on": received_on,
                "report_row": chance.choice(rows_of_table) if ended_on else None,
                "reported_on": ended_on,
            }
        )
        applicants.append(applicant | {"case_id": seed.id + number, "kind": chance.choice(list(ApplicantKind))})
    with transaction():
        db.session.execute(insert(Case.__table__), rows)
        db.session.execute(insert(Applicant.__table__), applicants)


@pytest.mark.rule("R58")
@pytest.mark.parametrize(
    ("kind", "due"), [(OfficeKind.DEPARTMENT, date(2027, 1, 31)), (OfficeKind.GOVERNMENT, date(2027, 3, 31))]
)
def test_the_last_day_to_publish_follows_the_kind_of_organ(kind, due):
    assert publication_due(2026, kind) == due


@pytest.mark.rule("R58")
def test_the_report_is_owed_from_the_first_of_january_until_its_publication_is_recorded(maker):
    assert reports.owed(today=date(2027, 1, 1)) is None  # an office without a case in that year owes none
    maker.case()
    assert reports.owed(today=date(2026, 12, 31)) is None
    owed = reports.owed(today=date(2027, 1, 1))
    assert (owed.year, owed.due_on, owed.is_overdue) == (2026, date(2027, 3, 31), False)
    assert reports.owed(today=date(2027, 4, 1)).is_overdue
    with transaction():
        reports.publish(2026, place="门户网站", published_on=date(2027, 1, 5), actor=maker.actor("admin"), at=NEXT_YEAR)
    assert reports.owed(today=date(2027, 4, 1)) is None


@pytest.mark.rule("R55")
def test_a_report_that_does_not_add_up_cannot_be_called_published(maker):
    case = maker.case()
    with transaction():
        reports.freeze(2026, actor=None, at=NEXT_YEAR)
    with transaction():
        db.session.get_one(Case, case.id).received_on = date(2027, 1, 4)
    with pytest.raises(ReportBroken, match="I1"), transaction():
        reports.publish(
            2027, place="门户网站", published_on=date(2028, 1, 5), actor=maker.actor("admin"),
            at=moment(date(2028, 1, 6)),
        )  # fmt: skip
    assert reports.published(2027) is None


@pytest.mark.parametrize(
    ("place", "day", "refusal"),
    [
        (" ", date(2027, 1, 5), PlaceMissing),
        ("门户网站", date(2026, 12, 31), PublishedOnWrongDay),
        ("门户网站", date(2027, 1, 6), PublishedOnWrongDay),
    ],
)
def test_a_publication_has_a_place_and_a_possible_day(maker, place, day, refusal):
    maker.case()
    with pytest.raises(refusal), transaction():
        reports.publish(2026, place=place, published_on=day, actor=maker.actor("admin"), at=NEXT_YEAR)


@pytest.mark.rule("R39")
def test_every_number_opens_just_the_cases_that_it_counts(maker):
    seed = maker.case()
    fill(maker, seed, how_many=400, chance=random.Random(7))
    with transaction():
        reports.freeze(2024, actor=None, at=moment(date(2025, 1, 2)))
    head = maker.actor("head")
    for department in ("", "guizi"):
        table = reports.annual(2025, department=department).table_three
        for (row, column), number in table.items():
            found, before = [], None
            while True:
                page, before = reports.cases_of(
                    2025, row, column=column, department=department, before=before, actor=head
                )
                found += [case.id for case in page]
                if before is None:
                    break
            assert len(found) == len(set(found)) == number, (row, column, department)


def test_who_may_not_read_every_case_opens_no_number(maker):
    maker.case()
    with pytest.raises(NotPermitted):
        reports.cases_of(2026, "1", column=TOTAL, department="", before=None, actor=maker.actor("admin"))
