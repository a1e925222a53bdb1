"""How numbers are written (R44; GB/T 9704-2012, 7.2.5)."""

import pytest

from caseapp.domain.numbering import (
    DEFAULT_PATTERN,
    PatternOutOfOrder,
    PatternUnknown,
    PatternWithoutSerial,
    PatternWithoutYear,
    SerialOutOfRange,
    case_number,
    check_pattern,
    is_case_number,
    letter_number,
    read_letter_number,
)


@pytest.mark.parametrize(
    ("serial", "number"), [(1, "2026-0001"), (9999, "2026-9999"), (10000, "2026-10000"), (123456, "2026-123456")]
)
def test_a_case_number_has_four_digits_and_grows(serial, number):
    assert case_number(year=2026, serial=serial) == number
    assert is_case_number(number)


@pytest.mark.parametrize("text", ["2026-1", "26-0001", "2026-0001 ", "２０２６-0001", "2026—0001"])
def test_other_texts_are_no_case_numbers(text):
    assert not is_case_number(text)


@pytest.mark.rule("R44")
@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (DEFAULT_PATTERN, "示规资复〔2026〕5号"),
        ("{prefix}〔{year}〕第{serial}号", "示规资复〔2026〕第5号"),
        ("{prefix}〔{year}〕{serial:04}号", "示规资复〔2026〕0005号"),
        ("{prefix}〔{year}〕{serial}号-不告", "示规资复〔2026〕5号-不告"),
    ],
)
def test_a_letter_number_follows_its_pattern(pattern, number):
    assert letter_number(pattern, prefix="示规资复", year=2026, serial=5) == number


def test_braces_in_a_prefix_stay_text():
    assert letter_number(DEFAULT_PATTERN, prefix="{year}", year=2026, serial=1) == "{year}〔2026〕1号"


@pytest.mark.rule("R44")
@pytest.mark.parametrize(
    ("pattern", "refused"),
    [
        ("{prefix}[{year}]{serial}号", PatternWithoutYear),
        ("{prefix}（{year}）{serial}号", PatternWithoutYear),
        ("{prefix}{serial}号", PatternWithoutYear),
        ("{prefix}〔{year}〕号", PatternWithoutSerial),
        ("{prefix}〔{year}〕{serial}{serial}号", PatternWithoutSerial),
        ("{prefix}〔{year}〕{serial}", PatternOutOfOrder),
        ("{serial}号{prefix}〔{year}〕", PatternOutOfOrder),
        ("{prefix}{prefix}〔{year}〕{serial}号", PatternOutOfOrder),
        ("{office}〔{year}〕{serial}号", PatternUnknown),
        ("{prefix.x}〔{year}〕{serial}号", PatternUnknown),
        ("{prefix}〔{year}〕{serial}号}", PatternUnknown),
        ("{prefix}〔{year}〕{serial}号\n", PatternUnknown),
    ],
)
def test_a_pattern_that_makes_no_lawful_number_is_refused(pattern, refused):
    with pytest.raises(refused) as refusal:
        check_pattern(pattern)
    assert refusal.value.field == "pattern"


def test_serials_begin_with_one():
    with pytest.raises(SerialOutOfRange):
        letter_number(DEFAULT_PATTERN, prefix="示", year=2026, serial=0)


@pytest.mark.parametrize(
    ("text", "follows"),
    [("示〔2026〕5号", True), ("示〔2026〕第5号", False), ("示〔2026〕05号", False)],
)
def test_a_number_says_whether_it_follows_the_standard(text, follows):
    assert read_letter_number(text).follows_the_standard is follows


@pytest.mark.parametrize("text", ["示[2026]5号", "示（2026）5号", "示〔26〕5号", "示〔2026〕5"])
def test_a_text_of_another_form_is_no_letter_number(text):
    assert read_letter_number(text) is None
