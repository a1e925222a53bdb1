"""The yardstick stands: the bulk rows are whole, and every page that is timed answers as it should."""

from itertools import pairwise

import pytest

from caseapp import clock
from caseapp.services import audit
from tests.bench import plain
from tests.bench.many_cases import EVENTS, LOOKED_AT, fill
from tests.bench.race import compared, race
from tests.bench.visitors import Anybody, Applicant, Clerk

CASES = 400


@pytest.fixture
def looked_at(app):
    return fill(app, CASES, today=clock.today())


@pytest.fixture
def yardstick(app, looked_at):
    made = plain.create_app(app.config["SQLALCHEMY_DATABASE_URI"])
    yield made
    plain.drop(made)


def test_the_bulk_rows_hold_an_unbroken_history(app, looked_at):
    assert len(looked_at) == LOOKED_AT
    with app.app_context():
        assert audit.verify() is None
        assert audit.length() == CASES + LOOKED_AT * (EVENTS - 1)


def test_the_pages_that_are_timed_answer_in_the_app(app, looked_at):
    clerk, applicant = Clerk(app, looked_at), Applicant(app, 2)
    for deed in (clerk.opens_the_list, clerk.opens_the_worklist, clerk.opens_a_case):
        deed()
    applicant.submits()
    applicant.submits()
    with app.app_context():
        assert audit.verify() is None


def test_the_pages_that_are_timed_answer_on_the_yardstick(yardstick, looked_at):
    anybody = Anybody(yardstick, looked_at)
    for deed in (anybody.opens_the_list, anybody.opens_the_worklist, anybody.opens_a_case, anybody.submits):
        deed()


def test_each_contestant_has_its_turn_in_every_round():
    turns = []
    race({"own": lambda: turns.append("own"), "bare": lambda: turns.append("bare")}, rounds=2, times=1)
    assert len(turns) == 6
    assert all(one != next_one for one, next_one in pairwise(turns))


def test_the_share_is_the_subjects_speed_over_the_yardsticks():
    line = compared("list page", 200.0, 400.0, aim=0.5, backend="sqlite", cases=1000)
    assert line.share == 0.5
    assert "1,000 cases" in line.words
    assert '"share": 0.5' in line.json
