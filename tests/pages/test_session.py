"""A session lasts eight hours from the last page, give or take five minutes; not every page signs it anew."""

from contextvars import Context
from datetime import date, timedelta

import pytest

from caseapp import clock
from tests.desk import Desk
from tests.makers import moment

NOON = moment(date(2026, 3, 4), 12)


@pytest.fixture
def desk(app):
    def signed_in():
        with clock.stopped_at(NOON):
            return Desk(app).signs_in("clerk")

    return Context().run(signed_in)


def is_signed_anew(desk, *, minutes) -> bool:
    def opened():
        with clock.stopped_at(NOON + timedelta(minutes=minutes)):
            return desk.client.get("/cases/all")

    answer = Context().run(opened)
    assert answer.status_code == 200
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("session=")]
    assert all("Expires=" in line for line in cookies)
    return bool(cookies)


def test_the_hours_begin_anew_every_five_minutes_and_not_at_every_page(desk):
    is_signed_anew(desk, minutes=0)
    assert not is_signed_anew(desk, minutes=1)
    assert not is_signed_anew(desk, minutes=4)
    assert is_signed_anew(desk, minutes=5)
    assert not is_signed_anew(desk, minutes=9)
    assert is_signed_anew(desk, minutes=10)
