"""考核: each point lost has its reason, no criterion falls below zero, a person adjusts with words, and all is told."""

import io
from datetime import date

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.assessment import AdjustmentRefused, CriteriaBroken, Criterion, criteria, marks
from caseapp.domain.oversight import Verdict
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.services import assessment
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_oversight import draw, record

TODAY = date(2026, 6, 30)
LATE = Criterion(code="t", words="及时", most=10, counts=("late", "overdue"), each=4)


def scores(maker, who="auditor", year=2026):
    return assessment.scores(year, today=TODAY, actor=maker.actor(who))


def adjust(maker, points, *, by="auditor", department="zhujian", reason="经验被推广"):
    with transaction():
        assessment.adjust(
            2026, department=department, points=points, reason=reason, actor=maker.actor(by), at=moment(TODAY)
        )


@pytest.mark.parametrize(
    ("found", "points", "because"),
    [
        ({}, 10, ()),
        ({"late": 1}, 6, ("逾期办结 1，每项扣 4 分",)),
        ({"late": 1, "overdue": 1}, 2, ("逾期办结 1，每项扣 4 分", "逾期未办结 1，每项扣 4 分")),
        ({"late": 99}, 0, ("逾期办结 99，每项扣 4 分",)),
    ],
)
def test_each_point_lost_has_its_reason_and_none_falls_below_zero(found, points, because):
    [mark] = marks(found, [LATE])
    assert (mark.points, mark.because) == (points, because)


@pytest.mark.parametrize(
    "bad",
    [
        [],
        None,
        [3],
        [{"code": "a", "words": "b", "most": 0, "counts": ["late"], "each": 1}],
        [{"code": "a", "words": "b", "most": 10, "counts": ["nonsense"], "each": 1}],
        [{"code": "", "words": "b", "most": 10, "counts": ["late"], "each": 1}],
        [{"code": "a", "words": "b", "most": True, "counts": ["late"], "each": 1}],
    ],
)
def test_broken_criteria_are_refused(bad):
    with pytest.raises(CriteriaBroken):
        criteria(bad)


def test_the_criteria_that_come_with_the_system_give_a_hundred_points():
    assert sum(one.most for one in assessment.criteria()) == 100


def test_a_score_follows_from_the_cases_and_the_draws(maker):
    late = maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 5, 20))
    [score] = scores(maker)
    assert score.total == 100 - 5 - 1
    draw(maker, 1)
    record(maker, late.id, Verdict.FAULTY, "没有写明检索的系统。")
    [score] = scores(maker)
    assert score.total == 100 - 5 - 1 - 2
    assert "抽查有问题 1，每项扣 2 分" in assessment.said(score)
    assert scores(maker, year=2025) == []


def test_an_adjustment_needs_words_rights_and_a_measure(maker):
    maker.case(received_on=date(2026, 6, 29))
    adjust(maker, 5)
    adjust(maker, -3, reason="迟报进展")
    [score] = scores(maker)
    assert (score.total, [one.points for one in score.adjusted]) == (102, [5, -3])
    assert "-3 分：迟报进展" in assessment.said(score)
    for points in (0, 21, -21):
        with pytest.raises(AdjustmentRefused):
            adjust(maker, points)
    with pytest.raises(NotPermitted):
        adjust(maker, 1, by="head")
    with pytest.raises(NotVisible):
        adjust(maker, 1, department="nowhere")
    for name in ("clerk", "officer"):
        with pytest.raises(NotPermitted):
            scores(maker, who=name)


def test_the_notice_names_every_department_with_its_reasons(maker, app):
    maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 5, 20))
    auditor = StaffDesk(app, "auditor", at=moment(TODAY))
    auditor.open("/supervision/assessment?year=2026")
    assert "逾期办结 1，每项扣 5 分" in auditor.page.text
    auditor.open("/supervision/assessment/adjust?year=2026")
    auditor.send(department="zhujian", points="x", reason="")
    assert "请写明加减分的理由" in auditor.page.text
    auditor.send(department="zhujian", points="2", reason="经验被推广")
    assert "已登记加减分" in auditor.page.text
    answer = auditor._ask(auditor.client.get, "/supervision/assessment/file?year=2026")
    cells = [cell.text for row in Document(io.BytesIO(answer.data)).tables[0].rows for cell in row.cells]
    assert cells[0] == "1. 住建局"
    assert cells[1].startswith("96分")
    assert "+2 分：经验被推广" in cells[1]
