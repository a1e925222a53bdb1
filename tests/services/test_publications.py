"""The yearly review of what was withheld (art. 18), and publishing what several ask for (art. 44)."""

from datetime import date, timedelta

import pytest

from caseapp.db import db, transaction
from caseapp.domain import publication as rules
from caseapp.domain import yearly_review
from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.publication import PublicationSource, information_name
from caseapp.domain.yearly_review import ReviewResult, next_review
from caseapp.models import PublicationTask, WithheldReview
from caseapp.services import publications, worklists
from caseapp.services.publications import Publishing
from caseapp.services.worklists import Task
from tests.makers import RECEIVED, moment
from tests.services.test_replies import DAY

YEAR_ON = date(2027, 3, 10)


def tasks_of(maker, by, day):
    found = worklists.mine(maker.actor(by), today=day).rows
    return [(row.case.number, row.task) for row in found]


@pytest.fixture
def withheld(maker):
    content = maker.content(Outcome.WITHHELD, ground=Ground.DELIBERATION)
    return maker.issued(maker.case(), on=DAY, content=content)


def review(maker, case, result, *, on, reason="依据仍然成立。"):
    with transaction():
        publications.review(
            case.id, result=result, reason=reason, version=case.version, actor=maker.actor("officer"), at=moment(on)
        )
    return maker.again(case.id)


@pytest.mark.rule("R60")
@pytest.mark.parametrize(
    ("after", "due"),
    [(date(2026, 3, 10), date(2027, 3, 10)), (date(2028, 2, 29), date(2029, 3, 1))],
)
def test_a_review_is_due_a_year_later(after, due):
    assert next_review(after) == due


@pytest.mark.rule("R60")
def test_what_was_withheld_comes_up_a_year_after_the_answer_and_not_before(maker, withheld):
    [row] = publications.reviews_of(withheld.id)
    assert (row.due_on, row.done_on) == (YEAR_ON, None)
    task = (withheld.number, Task.REVIEW_WITHHELD)
    assert task not in tasks_of(maker, "officer", YEAR_ON - timedelta(days=1))
    assert task in tasks_of(maker, "officer", YEAR_ON)
    assert task not in tasks_of(maker, "officer2", YEAR_ON)
    with pytest.raises(yearly_review.ReviewTooEarly):
        review(maker, withheld, ReviewResult.STILL_WITHHELD, on=YEAR_ON - timedelta(days=1))


@pytest.mark.rule("R60")
def test_what_stays_withheld_comes_up_every_year_and_years_that_were_missed_once(maker, withheld):
    case = review(maker, withheld, ReviewResult.STILL_WITHHELD, on=YEAR_ON + timedelta(days=20))
    assert [row.due_on for row in publications.reviews_of(case.id)] == [YEAR_ON, date(2028, 3, 10)]
    case = review(maker, case, ReviewResult.STILL_WITHHELD, on=date(2030, 5, 1))
    assert [row.due_on for row in publications.reviews_of(case.id)][-1] == date(2031, 3, 10)
    assert (case.number, Task.REVIEW_WITHHELD) not in tasks_of(maker, "officer", date(2031, 3, 9))


@pytest.mark.rule("R60")
def test_what_can_be_disclosed_becomes_a_question_of_publishing_and_ends_the_reviews(maker, withheld):
    case = review(maker, withheld, ReviewResult.CAN_BE_DISCLOSED, on=YEAR_ON)
    assert all(row.done_on for row in publications.reviews_of(case.id))
    [task] = publications.tasks_of(case.id)
    assert task.source is PublicationSource.YEARLY_REVIEW
    assert (case.number, Task.DECIDE_PUBLICATION) in tasks_of(maker, "officer", YEAR_ON)


def test_a_review_without_a_reason_changes_nothing(maker, withheld):
    with pytest.raises(yearly_review.ReviewReasonMissing):
        review(maker, withheld, ReviewResult.STILL_WITHHELD, on=YEAR_ON, reason=" ")
    assert db.session.query(WithheldReview).one().done_on is None


def test_what_was_given_in_full_is_never_reviewed(maker):
    case = maker.issued(maker.case(), on=DAY)
    assert publications.reviews_of(case.id) == []


@pytest.mark.rule("R61")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "示范花园竣工验收备案表"}, {"title": " 示范花园 竣工验收备案表。"}),
        ({"document_no": "示建〔2026〕3号"}, {"document_no": "示建〔２０２６〕３号", "title": "备案表"}),
    ],
)
def test_the_same_name_is_found_whatever_its_spaces_and_signs(one, other):
    blank = {"title": "", "document_no": "", "description": ""}
    assert information_name(**(blank | one)) == information_name(**(blank | other)) != ""


@pytest.mark.rule("R61")
def test_a_second_applicant_for_the_same_disclosed_information_raises_the_question_once(maker):
    same = {"title": "竣工验收备案表"}
    first = maker.issued(maker.case(**same), on=DAY)
    assert publications.tasks_of(first.id) == []

    second = maker.issued(maker.case(**same, kind="business", name="示范贸易有限公司"), on=DAY)
    [task] = publications.tasks_of(second.id)
    assert (task.source, task.other_case_id) == (PublicationSource.SEVERAL_APPLICANTS, first.id)
    assert (second.number, Task.DECIDE_PUBLICATION) in tasks_of(maker, "officer", DAY)

    third = maker.issued(maker.case(**same, kind="legal", name="示范律师事务所"), on=DAY)
    assert publications.tasks_of(third.id) == []


@pytest.mark.rule("R61")
def test_the_same_applicant_or_an_answer_that_gives_nothing_raises_no_question(maker):
    same = {"title": "竣工验收备案表"}
    maker.issued(maker.case(**same), on=DAY)
    maker.issued(maker.case(**same), on=DAY)
    other = maker.case(**same, kind="business", name="示范贸易有限公司")
    maker.issued(other, on=DAY, content=maker.content(Outcome.NOT_FOUND))
    assert db.session.query(PublicationTask).all() == []


def decide(maker, case, decision):
    with transaction():
        publications.decide(case.id, decision, version=case.version, actor=maker.actor("officer"), at=moment(DAY, 17))
    return maker.again(case.id)


@pytest.mark.rule("R61")
@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (Publishing(publishes=True, published_on=DAY), rules.PlaceMissing),
        (Publishing(publishes=True, place="门户网站"), rules.DayMissing),
        (Publishing(publishes=True, place="门户网站", published_on=DAY + timedelta(days=1)), rules.PublishedInFuture),
        (Publishing(publishes=False), rules.WhyNotMissing),
    ],
)
def test_a_person_says_where_it_is_published_or_why_not(maker, decision, refusal):
    maker.issued(maker.case(title="竣工验收备案表"), on=DAY)
    case = maker.case(title="竣工验收备案表", kind="business", name="示范贸易有限公司", received_on=RECEIVED)
    case = maker.issued(case, on=DAY)
    with pytest.raises(refusal):
        decide(maker, case, decision)
    case = decide(maker, maker.again(case.id), Publishing(publishes=True, place="门户网站", published_on=DAY))
    [task] = publications.tasks_of(case.id)
    assert (task.publishes, task.place, task.published_on) == (True, "门户网站", DAY)
    assert (case.number, Task.DECIDE_PUBLICATION) not in tasks_of(maker, "officer", DAY)
