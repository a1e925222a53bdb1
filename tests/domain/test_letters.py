"""The kinds of letter and their fields; the texts that a document can carry."""

from datetime import date

import pytest

from caseapp.domain.letters import FIELDS, LETTERS, MAY_BE_EMPTY, LetterKind
from caseapp.domain.moments import chinese_date
from caseapp.domain.printable import LineBreakNotAllowed, UnprintableCharacter, check_line, check_text


def test_the_stored_values_of_the_kinds_stay():
    assert [kind.value for kind in LetterKind] == [
        "disclosed",
        "already_public",
        "partial",
        "withheld",
        "not_found",
        "not_ours",
        "extension_notice",
        "supplement_notice",
        "consultation_third_party",
        "consultation_organ",
        "consultation_notice",
        "disclosure_notice",
        "fee_notice",
        "reasons_request",
        "excessive",
        "business_lookup",
        "needs_processing",
        "unclear",
        "petition",
        "repeated",
        "publication",
        "reconfirmation",
        "receipt",
        "corrected",
        "not_corrected",
        "correction_passed_on",
        "correction_transfer",
        "correction_elsewhere",
    ]


@pytest.mark.rule("R47")
def test_answers_carry_a_remedy_and_notices_none():
    assert {kind.value for kind in LetterKind if not LETTERS[kind].needs_remedy} == {
        "extension_notice",
        "supplement_notice",
        "consultation_third_party",
        "consultation_organ",
        "consultation_notice",
        "fee_notice",
        "reasons_request",
        "receipt",
        "correction_transfer",
    }


@pytest.mark.rule("R21")
def test_the_notice_of_extension_names_both_dates_the_days_and_the_reason():
    assert LETTERS[LetterKind.EXTENSION_NOTICE].required >= {"original_due_on", "new_due_on", "days", "reason"}


@pytest.mark.parametrize("kind", LetterKind)
def test_every_field_of_a_kind_is_in_the_vocabulary(kind):
    assert LETTERS[kind].may_ask <= set(FIELDS)
    assert set(FIELDS) >= MAY_BE_EMPTY


@pytest.mark.rule("R64")
def test_a_letter_to_others_cannot_even_ask_for_what_the_applicant_wrote():
    passed_on = LetterKind.CORRECTION_TRANSFER  # goes with the request itself (art. 41)
    to_others = [row for kind, row in LETTERS.items() if not row.to_applicant and kind is not passed_on]
    assert len(to_others) == 3
    for row in to_others:
        assert row.may_ask <= {
            "you",
            "case_number",
            "matter",
            "reply_days",
            "disclosed",
            "disclosure_reason",
            "contact",
            "remedy",
        }


@pytest.mark.rule("R46")
def test_a_date_has_no_leading_zeros():
    assert chinese_date(date(2026, 5, 8)) == "2026年5月8日"
    assert chinese_date(date(2026, 12, 31)) == "2026年12月31日"


@pytest.mark.parametrize("text", ["𠮷野", "㛃", "👩‍👩‍👧", "<w:p/>&", "{{x}}", "甲\n乙", "甲\r\n乙", "甲\t乙", ""])
def test_rare_characters_emoji_and_markup_are_text(text):
    check_text(text, field="facts", label="事实")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\x1f", "\x7f", "\x85", "\u202e", "\ud800", "\ufffe"])
def test_control_characters_are_refused_with_their_place(sign):
    with pytest.raises(UnprintableCharacter) as refusal:
        check_text(f"甲{sign}乙", field="facts", label="事实")
    assert refusal.value.field == "facts"
    assert "第 2 个字符" in str(refusal.value)


@pytest.mark.parametrize("text", ["甲\n乙", "甲\n", "甲\r", "甲\u2028乙"])
def test_a_line_has_no_break(text):
    with pytest.raises(LineBreakNotAllowed):
        check_line(text, field="title", label="标题")
