"""说明理由: what must have happened before a request is turned away as excessive (art. 35; R36)."""

from dataclasses import dataclass
from datetime import date

import pytest

from caseapp.domain import reasons as rules

TODAY = date(2026, 3, 20)


@dataclass
class Asked:
    recorded_on: date | None = None
    is_accepted: bool | None = None


@pytest.mark.rule("R36")
@pytest.mark.parametrize(
    ("request_made", "refusal"),
    [
        (None, rules.ExcessNotAsked),
        (Asked(), rules.ExcessNotAnswered),
        (Asked(recorded_on=TODAY), rules.ExcessNotJudged),
        (Asked(recorded_on=TODAY, is_accepted=True), rules.ReasonsHold),
    ],
)
def test_turned_away_only_when_asked_answered_and_found_wanting(request_made, refusal):
    with pytest.raises(refusal):
        rules.check_excessive(request_made)
    rules.check_excessive(Asked(recorded_on=TODAY, is_accepted=False))


@pytest.mark.rule("R36")
def test_silence_is_recorded_only_after_the_period():
    with pytest.raises(rules.StillTimeToAnswer):
        rules.check_silence(reply_by=TODAY, today=TODAY)
    rules.check_silence(reply_by=date(2026, 3, 19), today=TODAY)


def test_reasons_are_asked_once_and_with_time_to_answer():
    with pytest.raises(rules.ReasonsAskedTwice):
        rules.check_question(Asked(), reply_by=date(2026, 4, 1), today=TODAY)
    with pytest.raises(rules.ReplyBeforeToday):
        rules.check_question(None, reply_by=TODAY, today=TODAY)


@pytest.mark.rule("R36")
def test_an_answer_counts_only_when_the_question_left():
    with pytest.raises(rules.SendingMissing):
        rules.check_sent(None, asked_on=date(2026, 3, 10), today=TODAY)
    with pytest.raises(rules.QuestionSentTooEarly):
        rules.check_sent(date(2026, 3, 9), asked_on=date(2026, 3, 10), today=TODAY)
    with pytest.raises(rules.QuestionSentInFuture):
        rules.check_sent(date(2026, 3, 21), asked_on=date(2026, 3, 10), today=TODAY)


def test_a_judgement_fits_what_came_back():
    due = date(2026, 3, 23)
    with pytest.raises(rules.SilenceHolds):
        rules.check_judgement(accepted=True, silent=True, delayed_until=None, due_on=due)
    with pytest.raises(rules.DelayNotNeeded):
        rules.check_judgement(accepted=False, silent=False, delayed_until=date(2026, 4, 1), due_on=due)
    with pytest.raises(rules.DelayTooShort):
        rules.check_judgement(accepted=True, silent=False, delayed_until=due, due_on=due)
    rules.check_judgement(accepted=True, silent=False, delayed_until=date(2026, 4, 1), due_on=due)


def test_only_what_came_back_can_be_judged_and_once():
    for request_made in (None, Asked(), Asked(recorded_on=TODAY, is_accepted=False)):
        with pytest.raises(rules.NoReasonsToJudge):
            rules.check_judgeable(request_made)
    rules.check_judgeable(Asked(recorded_on=TODAY))
    with pytest.raises(rules.NoReasonsAsked):
        rules.check_waits(Asked(recorded_on=TODAY))
