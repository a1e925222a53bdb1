"""通知 on its page: what failed is sent again or put aside with a reason."""

from caseapp.db import db, transaction
from caseapp.domain.notices import NoticeState, PermanentFailure
from caseapp.models import Notice
from caseapp.services import jobs
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


class Broken:
    def deliver(self, *, phone, words, at):
        raise PermanentFailure("号码不存在")


def test_the_administrator_sees_to_what_could_not_be_sent(maker, app):
    first, second = (maker.issued(maker.case(), on=DAY) for _ in range(2))
    jobs.run(Broken(), transaction=transaction, now=lambda: moment(DAY, 18))
    admin = StaffDesk(app, "admin", at=moment(DAY, 19))
    admin.open("/admin/notices")
    assert "发送失败：号码不存在" in admin.page.text
    assert first.number in admin.page.text
    phone = first.applicant.phone
    assert phone not in admin.page.text
    ids = [row.id for row in db.session.query(Notice).order_by(Notice.id)]
    db.session.rollback()

    admin.send(to=f"/admin/notices/{ids[0]}/again")
    assert "将再次发送。" in admin.said
    admin.open(f"/admin/notices/{ids[1]}/give-up")
    admin.send()
    assert "请写明不再发送的理由" in admin.error_at("reason")
    admin.send(reason="已电话告知。")
    assert "没有需要处理的通知。" in admin.page.text
    states = {row.id: row.state for row in db.session.query(Notice)}
    assert states == {ids[0]: NoticeState.WAITING, ids[1]: NoticeState.GIVEN_UP}
    assert second.number
    admin.open(f"/admin/notices/{ids[1]}/give-up")
    assert admin.status == 404
