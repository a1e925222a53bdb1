"""Documents of identity, codes of organisations, telephone numbers: accepted, refused in words, masked."""

from datetime import date

import pytest

from caseapp.domain import identity
from caseapp.domain.identity import IdentityKind

TODAY = date(2026, 11, 23)
# The examples that GB 11643 and GB 32100 print themselves.
RESIDENT_ID = "11010519491231002X"
CREDIT_CODE = "91350100M000100Y43"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("11010519491231002X", id="as printed"),
        pytest.param("11010519491231002x", id="small x"),
        pytest.param(" 110105 19491231 002X ", id="with blanks"),
        pytest.param("１１０１０５１９４９１２３１００２Ｘ", id="full width"),
    ],
)
def test_a_resident_number_is_kept_as_printed_on_the_card(written):
    assert identity.check_resident_id(written, today=TODAY) == RESIDENT_ID


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1101051949123100", "居民身份证号码应为 18 位。"),
        ("110105491231002", "居民身份证号码应为 18 位。"),
        ("110105194912310021", "请核对居民身份证号码，最后一位与前 17 位不匹配。"),
        ("11010519491331002X", "请核对居民身份证号码，第 7 至 14 位应为出生日期。"),
        ("11010520270101002X", "请核对居民身份证号码，第 7 至 14 位应为出生日期。"),
        ("1101051949123100XX", "居民身份证号码应由数字组成，只有最后一位可以是 X。"),
    ],
)
def test_a_wrong_resident_number_is_told_what_to_look_at(number, words):
    with pytest.raises(identity.DomainError, match=words) as refusal:
        identity.check_resident_id(number, today=TODAY)
    assert refusal.value.field == "identity_number"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityKind.PASSPORT, "E00000000"),
        (IdentityKind.HK_MACAO_PERMIT, "H0000000000"),
        (IdentityKind.TAIWAN_PERMIT, "00000000"),
        (IdentityKind.FOREIGN_RESIDENT_ID, "XXX110100000000"),
        (IdentityKind.OTHER, "军字第0000000号"),
    ],
)
def test_other_documents_are_taken_without_a_check_digit(kind, number):
    assert identity.check_identity_number(number, kind=kind, today=TODAY) == number


def test_a_passport_number_of_three_signs_is_refused_by_name():
    with pytest.raises(identity.IdentityNumberForm, match="请核对护照号码"):
        identity.check_identity_number("E12", kind=IdentityKind.PASSPORT, today=TODAY)


def test_every_document_has_a_label():
    assert [kind.label for kind in IdentityKind] == [
        "居民身份证",
        "护照",
        "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证",
        "外国人永久居留身份证",
        "其他证件",
    ]


def test_a_credit_code_is_kept_in_capitals():
    assert identity.check_credit_code("91350100m000100y43") == CREDIT_CODE


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9135010", "统一社会信用代码应为 18 位数字或大写字母。"),
        ("91350100M000100Y4-", "统一社会信用代码应为 18 位数字或大写字母。"),
        ("91350100I000100Y43", "请核对统一社会信用代码，其中不会出现字母 I、O、S、V、Z。"),
        ("91350100M000100Y44", "请核对统一社会信用代码，最后一位与前 17 位不匹配。"),
    ],
)
def test_a_wrong_credit_code_is_told_what_to_look_at(code, words):
    with pytest.raises(identity.DomainError, match=words) as refusal:
        identity.check_credit_code(code)
    assert refusal.value.field == "credit_code"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "138 0000 0000".replace(" ", "")),
        ("+86 13800000000", "+8613800000000"),
        ("0431-00000000", "0431-00000000"),
        ("（0431）00000000转12", "(0431)00000000转12"),
        ("010 00000000", "01000000000"),
        ("400-000-0000", "400-000-0000"),
        ("+1 202 5550100", "+12025550100"),
    ],
)
def test_a_telephone_number_is_taken_as_people_write_it(written, kept):
    assert identity.check_phone(written) == kept


@pytest.mark.parametrize("written", ["12", "1380000000", "88887777", "没有电话", "1" * 40, "13800000000;x"])
def test_what_nobody_could_dial_is_refused(written):
    with pytest.raises(identity.PhoneForm, match="手机号为 11 位，座机请写上区号"):
        identity.check_phone(written)


@pytest.mark.parametrize("written", ["a@example.com", " a.b+c@mail.example.com "])
def test_an_email_address_is_taken(written):
    assert identity.check_email(written) == written.strip()


@pytest.mark.parametrize("written", ["a", "a@b", "a b@example.com", "a@example.com\nb@example.com", "a@@example.com"])
def test_what_is_no_email_address_is_refused(written):
    with pytest.raises(identity.EmailForm):
        identity.check_email(written)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(RESIDENT_ID, "1101**********002X"), ("E00000001", "E0*****01"), ("12345", "1***5"), ("123", "***"), ("", "")],
)
def test_a_masked_number_hides_at_least_half(number, shown):
    assert identity.masked_id(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("王某某", "王**"), ("王某", "王*"), ("王", "*"), ("𠮷某某", "𠮷**"), ("", "")]
)
def test_a_masked_name_shows_its_first_character(name, shown):
    assert identity.masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800001234", "138****1234"), ("0431-00007777", "0431-****7777"), ("1234567", "***4567")]
)
def test_a_masked_telephone_number_hides_four_digits(phone, shown):
    assert identity.masked_phone(phone) == shown
