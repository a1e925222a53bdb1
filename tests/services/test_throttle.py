"""Guarded doors: the last allowed attempt passes, the next does not, and what is over is forgotten."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.models import Attempt
from caseapp.services import throttle
from caseapp.services.throttle import Door, TooManyAttempts
from tests.makers import moment

NOON = moment(date(2026, 3, 4), 12)
DOOR = Door(name="probe", words="敲门", each=2, together=3)


def knocks(who, *, at=NOON):
    with transaction():
        throttle.count(DOOR, {"address": who}, at=at)


def counts():
    return sorted(db.session.scalars(select(Attempt.count)))


def test_each_and_all_together_may_try_so_often_and_a_refused_attempt_is_not_counted(maker):
    knocks("one")
    knocks("one")
    with pytest.raises(TooManyAttempts):
        knocks("one")
    assert counts() == [2, 2]
    knocks("two")
    with pytest.raises(TooManyAttempts):
        knocks("three")
    assert counts() == [1, 2, 3]


def test_the_window_before_is_kept_and_older_ones_go_when_a_new_one_opens(maker):
    knocks("one")
    knocks("one", at=NOON + timedelta(minutes=15))
    assert counts() == [1, 1, 1, 1]
    knocks("one", at=NOON + timedelta(minutes=30))
    assert counts() == [1, 1, 1, 1]
