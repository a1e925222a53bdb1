"""What a case does not have is not asked for, and nothing that it has is passed over."""

from datetime import date

from caseapp.models import Consultation, Extension, Letter, Reply, Supplement
from caseapp.services import case_pages, deadlines, letters, papers
from tests.makers import RECEIVED

DAY = date(2026, 3, 4)


def test_a_new_case_has_none(maker):
    assert papers.of_case(maker.case(received_on=RECEIVED).id) == frozenset()


def test_every_kind_that_a_case_has_is_named_and_no_other_cases(maker):
    other = maker.awaiting(maker.case(received_on=RECEIVED), on=DAY)
    case = maker.asked(maker.extended(maker.case(received_on=RECEIVED), on=DAY), on=DAY)
    assert papers.of_case(other.id) == {Supplement, Letter}
    assert papers.of_case(case.id) == {Extension, Consultation, Letter}
    answered = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    assert papers.of_case(answered.id) == {Reply, Letter}


def test_the_case_page_counts_from_every_fact(maker):
    for case in (
        maker.awaiting(maker.case(received_on=RECEIVED), on=DAY),
        maker.asked(maker.case(received_on=RECEIVED), on=DAY),
        maker.extended(maker.case(received_on=RECEIVED), on=DAY),
    ):
        page = case_pages.show(case.id, actor=maker.actor("officer"), today=DAY)
        assert page.clocks == deadlines.clocks(case, today=DAY)
        assert page.badge == deadlines.badge_of(case, today=DAY)
        assert page.letters == letters.of_case(case.id) != []
