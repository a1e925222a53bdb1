"""Whose date moved with the calendar is told: on the applicant's progress page and on the page of the case (L6)."""

from datetime import date

import pytest

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.models import Case
from caseapp.services import calendar_notices
from tests.makers import moment
from tests.pages.filing_desk import FilingDesk
from tests.pages.staff_desk import StaffDesk

FILED = moment(date(2026, 3, 2))


@pytest.mark.rule("R15")
def test_applicant_and_officer_read_what_moved_and_why(app, maker):
    with clock.stopped_at(FILED):
        applicant = FilingDesk(app)
        number, code = applicant.files(), applicant.code
    row = CalendarRow(day=date(2026, 3, 11), is_working=False, reason="示范日", source="示区办〔2026〕1号")
    with transaction():
        calendar_notices.change_day(row, actor=maker.actor("admin"), at=moment(date(2026, 3, 5)))

    with clock.stopped_at(moment(date(2026, 3, 6))):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert (
            "承诺期限由2026年3月23日改为2026年3月24日；法定期限由2026年3月30日改为2026年3月31日。"
            in applicant.page.words
        )
    case_id = db.session.query(Case.id).scalar()
    db.session.rollback()
    officer = StaffDesk(app, "officer", at=moment(date(2026, 3, 6)))
    officer.open(f"/cases/{case_id}")
    assert "因工作日历调整" in officer.page.find(id="ledger").text
