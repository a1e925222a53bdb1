"""Post is the only carrier; nobody pays on delivery (235号; R30)."""

from pathlib import Path

import pytest

from caseapp.domain.filing import DeliveryWay
from caseapp.domain.post import NotByPost, TrackingNumberMissing, check_tracking_number

ROOT = Path(__file__).parents[2]


@pytest.mark.rule("R30")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("EX000000001CN", "EX000000001CN"),
        (" ex000000001cn ", "EX000000001CN"),
        ("ＸＡ00000000001", "XA00000000001"),
        ("1234 5678 90123", "1234567890123"),
    ],
)
def test_a_number_of_the_postal_enterprise_is_taken_as_it_is_printed(typed, number):
    assert check_tracking_number(typed) == number


@pytest.mark.rule("R30")
@pytest.mark.parametrize("typed", ["SF1234567890123", "YT0000000000000", "780000000000", "JD0000000000000-1", "寄出"])
def test_the_number_of_another_carrier_is_refused_with_the_reason(typed):
    with pytest.raises(NotByPost, match="235号") as refused:
        check_tracking_number(typed)
    assert refused.value.field == "tracking_number"


def test_no_number_is_asked_for():
    with pytest.raises(TrackingNumberMissing):
        check_tracking_number("  ")


@pytest.mark.rule("R30")
def test_no_other_carrier_and_no_payment_on_delivery_is_offered_anywhere():
    assert {way.label for way in DeliveryWay} == {"网上获取", "电子邮件", "邮寄", "当面领取"}
    for folder in ("templates", "letters"):
        for path in (ROOT / folder).rglob("*.*"):
            words = path.read_text("utf-8")
            assert "到付" not in words, path
            assert "快递" not in words, path
