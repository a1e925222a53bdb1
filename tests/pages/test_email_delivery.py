"""电子邮件送达: only with consent, the address kept only then, and answered on the day on which it was sent (L8)."""

import pytest

from caseapp.domain.filing import ConsentMissing, DeliveryWay, EmailMissing, Medium, PaperNotByEmail, check_delivery
from caseapp.domain.lifecycle import Status
from caseapp.services import letters
from tests.makers import RECEIVED, moment
from tests.pages.filing_desk import FilingDesk
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

EMAIL = "shenqingren@example.com"
BY_EMAIL = {"medium": "electronic", "way": "email", "email": EMAIL, "email_consent": "y"}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"email": ""}, EmailMissing),
        ({"consents": False}, ConsentMissing),
        ({"medium": Medium.PAPER}, PaperNotByEmail),
    ],
)
def test_without_address_or_consent_nothing_goes_by_email(given, refusal):
    usual = {"medium": Medium.ELECTRONIC, "way": DeliveryWay.EMAIL, "address": "", "email": EMAIL, "consents": True}
    check_delivery(**usual)
    with pytest.raises(refusal):
        check_delivery(**usual | given)


def test_the_page_asks_for_address_and_consent_and_says_so_before_filing(app):
    desk = FilingDesk(app).comes_to("delivery")
    page = desk.goes_on("delivery", **{**BY_EMAIL, "email": "nonsense"})
    assert "请核对电子邮箱" in page.words
    desk = FilingDesk(app).comes_to("delivery")
    without = {name: value for name, value in BY_EMAIL.items() if name != "email_consent"}
    page = desk.goes_on("delivery", **without)
    assert "用电子邮件送达须经您同意" in page.words
    page = desk.goes_on("delivery", **BY_EMAIL)
    assert page.response.request.path == "/apply/check"
    assert f"{EMAIL}（同意用电子邮件送达）" in page.words


def test_an_address_that_the_chosen_way_does_not_need_is_not_kept(app):
    desk = FilingDesk(app).comes_to("delivery")
    page = desk.goes_on("delivery", **{**BY_EMAIL, "way": "online"})
    assert page.response.request.path == "/apply/check"
    assert EMAIL not in page.words


@pytest.mark.rule("R29")
def test_the_case_counts_as_answered_on_the_day_of_sending(maker, app):
    case = maker.issued(maker.case(received_on=RECEIVED, way="email", email=EMAIL), on=DAY)
    assert (case.status, case.applicant.email) == (Status.ISSUED, EMAIL)
    case_id = case.id
    desk = StaffDesk(app, "clerk", at=moment(DAY, 16))
    desk.open(f"/cases/{case_id}/delivery")
    assert EMAIL in desk.page.text
    assert not desk.page.select("[name=tracking_number]")
    desk.send(on=DAY.isoformat())
    assert "这份申请已答复" in desk.page.text
    case = maker.again(case_id)
    assert (case.status, case.answered_on) == (Status.ANSWERED, DAY)
    assert letters.of_case(case_id)[-1].delivery.way is DeliveryWay.EMAIL


def test_who_may_not_see_identities_sees_no_address(maker, app):
    case = maker.case(received_on=RECEIVED, way="email", email=EMAIL)
    for name, sees in (("clerk", True), ("auditor", False), ("head", False)):
        desk = StaffDesk(app, name, at=moment(DAY, 16))
        desk.open(f"/cases/{case.id}")
        assert (EMAIL in desk.page.text) is sees, name


def test_the_window_keeps_the_address_of_a_paper_that_names_one(app):
    desk = StaffDesk(app, "clerk", at=moment(RECEIVED, 10))
    desk.open("/cases/register")
    desk.send(
        channel="in_person",
        arrived_on=RECEIVED.isoformat(),
        kind="person",
        name="申请人某",
        identity_kind="passport",
        identity_number="E00000000",
        phone="0431-00000000",
        description="申请公开3号楼竣工验收备案表。",
        medium="electronic",
        way="email",
    )
    assert "请填写电子邮箱" in desk.page.text
    desk.send(email=EMAIL)
    assert "请填写电子邮箱" not in desk.page.text
