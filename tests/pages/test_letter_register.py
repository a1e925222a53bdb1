"""文号登记簿: every number of a series in order, page by page, and a gap is said (R44)."""

import pytest

from caseapp.db import db, transaction
from caseapp.models import Letter
from caseapp.services import letter_register
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


@pytest.mark.rule("R44")
def test_the_register_lists_every_number_of_a_department_and_says_that_none_is_missing(maker, app):
    for _ in range(3):
        maker.issued(maker.case(), on=DAY)
    auditor = StaffDesk(app, "auditor", at=moment(DAY, 15))
    auditor.open("/supervision/letters?department=zhujian")
    numbers = [cell.text for cell in auditor.page.select("tbody th")]
    assert [number.rpartition("〕")[2] for number in numbers] == ["3号", "2号", "1号"]
    assert "没有缺号" in auditor.page.text
    auditor.open("/supervision/letters?department=guizi")
    assert "这一年还没有签发的文书。" in auditor.page.text
    for path in ("department=nobody", "year=1", "before=0"):
        auditor.open(f"/supervision/letters?{path}")
        assert auditor.status == 404


@pytest.mark.rule("R44")
def test_pages_follow_by_number_and_a_gap_is_counted(maker):
    for _ in range(4):
        maker.issued(maker.case(), on=DAY)
    with transaction():
        db.session.query(Letter).filter(Letter.serial == 4).one().serial = 6
    first = letter_register.page("zhujian", year=2026, before=None, actor=maker.actor("head"), size=3)
    assert [letter.serial for letter in first.letters] == [6, 3, 2]
    assert (first.count, first.last, first.missing) == (4, 6, 2)
    second = letter_register.page("zhujian", year=2026, before=first.next_before, actor=maker.actor("head"), size=3)
    assert ([letter.serial for letter in second.letters], second.next_before) == ([1], None)
