from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.rulesets import (
    BY_ID,
    CN_2007,
    CN_2019,
    DISTRICT_15,
    LocalStandardTooLong,
    NoStatute,
    UnknownRuleSet,
    by_id,
    check_local_standard,
    statute_for,
)


@pytest.mark.rule("R16")
@pytest.mark.parametrize(
    ("received_on", "statute"),
    [
        (date(2008, 5, 1), CN_2007),
        (date(2019, 5, 14), CN_2007),
        (date(2019, 5, 15), CN_2019),
        (date(2030, 1, 1), CN_2019),
    ],
)
def test_the_day_of_receipt_decides_which_statute_applies(received_on, statute):
    assert statute_for(received_on) is statute


@pytest.mark.rule("R16")
def test_before_the_regulation_there_is_no_statute():
    with pytest.raises(NoStatute, match="2008-04-30"):
        statute_for(date(2008, 4, 30))


@pytest.mark.rule("R19")
@pytest.mark.parametrize(
    ("rule_set", "answer", "extension", "notice", "consultation"),
    [(CN_2007, 15, 15, None, 15), (CN_2019, 20, 20, 7, 15), (DISTRICT_15, 15, 15, 7, 15)],
)
def test_the_lengths_are_those_of_the_text(rule_set, answer, extension, notice, consultation):
    assert (rule_set.answer_days, rule_set.extension_days) == (answer, extension)
    assert (rule_set.supplement_notice_days, rule_set.consultation_days) == (notice, consultation)


@pytest.mark.rule("R17")
def test_a_local_standard_may_be_shorter_or_equal():
    check_local_standard(DISTRICT_15, CN_2019)
    check_local_standard(replace(DISTRICT_15, answer_days=20, extension_days=20), CN_2019)


@pytest.mark.rule("R17")
@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ({"answer_days": 21}, "答复期限设为 21 个工作日，.*最多 20 个工作日"),
        ({"extension_days": 25}, "延长期限设为 25 个工作日，.*最多 20 个工作日"),
    ],
)
def test_a_local_standard_longer_than_the_statute_is_refused(lengths, words):
    with pytest.raises(LocalStandardTooLong, match=words):
        check_local_standard(replace(DISTRICT_15, **lengths), CN_2019)


def test_a_rule_set_is_found_by_its_name():
    assert sorted(BY_ID) == ["CN-2007", "CN-2019", "district-15"]
    assert by_id("CN-2019") is CN_2019


def test_an_unknown_name_is_refused():
    with pytest.raises(UnknownRuleSet, match="CN-2099"):
        by_id("CN-2099")
