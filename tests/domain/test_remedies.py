"""The remedy paragraph, word for word (regulation, section 5; R40 to R43, R47)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.remedies import (
    OnlineReviewAddressMissing,
    OrganKind,
    OrganProfile,
    Remedy,
    RemedyMissing,
    ReviewBodyMissing,
    StaleWording,
    check_online_delivery,
    check_remedy_stands,
    check_wording,
    remedy_for,
    remedy_paragraph,
    review_body,
)

TODAY = date(2026, 5, 20)
ORGAN = OrganProfile(
    name="示例区规划分局",
    review_body="示例区人民政府",
    court="示例区人民法院",
    online_review_address=None,
    kind=OrganKind.LOCAL_DEPARTMENT,
)
CHOICE = (
    "如对本答复不服，可以自收到本答复书之日起60日内向示例区人民政府申请行政复议，"
    "或者自收到本答复书之日起6个月内依法向示例区人民法院提起行政诉讼。"
)
REVIEW_FIRST = (
    "如对本答复不服，应当自收到本答复书之日起60日内先向示例区人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
)
MIXED = (
    "如对本答复中不予公开的决定不服，应当自收到本答复书之日起60日内先向示例区人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
    "如对本答复的其他内容不服，可以自收到本答复书之日起60日内向示例区人民政府申请行政复议，"
    "或者自收到本答复书之日起6个月内依法向示例区人民法院提起行政诉讼。"
)


@pytest.mark.rule("R40")
@pytest.mark.parametrize("ground", Ground)
def test_a_refusal_on_articles_14_to_16_asks_for_review_first(ground):
    assert remedy_paragraph(Outcome.WITHHELD, ground, letter_date=TODAY, profile=ORGAN) == REVIEW_FIRST


@pytest.mark.rule("R40")
def test_a_partial_disclosure_asks_for_review_first_only_for_the_part_kept_back():
    assert remedy_paragraph(Outcome.PARTIAL, Ground.THIRD_PARTY, letter_date=TODAY, profile=ORGAN) == MIXED


@pytest.mark.rule("R40")
@pytest.mark.parametrize(
    "outcome", [Outcome.DISCLOSED, Outcome.ALREADY_PUBLIC, Outcome.PARTIAL, Outcome.NOT_FOUND, Outcome.NOT_OURS]
)
def test_other_answers_leave_the_choice(outcome):
    assert remedy_paragraph(outcome, None, letter_date=TODAY, profile=ORGAN) == CHOICE


@pytest.mark.rule("R40")
@pytest.mark.parametrize(
    ("letter_date", "remedy"), [(date(2023, 12, 31), Remedy.CHOICE), (date(2024, 1, 1), Remedy.REVIEW_FIRST)]
)
def test_review_comes_first_from_2024_on(letter_date, remedy):
    assert remedy_for(Outcome.WITHHELD, Ground.STATE_SECRET, letter_date) is remedy


BEFORE, FIRST, MIDDLE, SINCE = date(2023, 12, 31), date(2024, 1, 1), date(2025, 5, 31), date(2025, 6, 1)
WITH_REVIEW_FIRST = [(Outcome.WITHHELD, ground, Remedy.REVIEW_FIRST) for ground in Ground]
IN_PART = [(Outcome.PARTIAL, ground, Remedy.MIXED) for ground in Ground]
OTHERS = [
    (Outcome.DISCLOSED, None, Remedy.CHOICE),
    (Outcome.ALREADY_PUBLIC, None, Remedy.CHOICE),
    (Outcome.PARTIAL, None, Remedy.CHOICE),  # the rest is no government information
    (Outcome.NOT_FOUND, None, Remedy.CHOICE),
    (Outcome.NOT_OURS, None, Remedy.CHOICE),
    (Outcome.BUSINESS_LOOKUP, None, Remedy.CHOICE),  # an open point: its basis is not art. 14 to 16
    (Outcome.NEEDS_PROCESSING, None, Remedy.CHOICE),
    (Outcome.UNCLEAR, None, Remedy.CHOICE),
    (Outcome.PETITION, None, Remedy.CHOICE),
    (Outcome.REPEATED, None, Remedy.CHOICE),
    (Outcome.PUBLICATION, None, Remedy.CHOICE),
    (Outcome.EXCESSIVE, None, Remedy.CHOICE),
    (Outcome.RECONFIRMATION, None, Remedy.CHOICE),
    (Outcome.CORRECTED, None, Remedy.CHOICE),
    (Outcome.NOT_CORRECTED, None, Remedy.CHOICE),
    (Outcome.CORRECTION_PASSED_ON, None, Remedy.CHOICE),
    (Outcome.CORRECTION_ELSEWHERE, None, Remedy.CHOICE),
    (Outcome.LAPSED, None, Remedy.CHOICE),  # if a letter goes out at all (D30)
    (Outcome.UNPAID, None, Remedy.CHOICE),
    (Outcome.WITHDRAWN, None, None),
]


@pytest.mark.rule("R40")
@pytest.mark.parametrize("letter_date", [FIRST, MIDDLE, SINCE])
@pytest.mark.parametrize(("outcome", "ground", "remedy"), [*WITH_REVIEW_FIRST, *IN_PART, *OTHERS])
def test_outcome_and_ground_choose_the_remedy_from_2024_on(outcome, ground, remedy, letter_date):
    assert remedy_for(outcome, ground, letter_date) is remedy


@pytest.mark.rule("R40")
@pytest.mark.parametrize(("outcome", "ground", "later"), [*WITH_REVIEW_FIRST, *IN_PART, *OTHERS])
def test_before_2024_every_answer_left_the_choice(outcome, ground, later):
    assert remedy_for(outcome, ground, BEFORE) is (Remedy.CHOICE if later else None)


def test_the_table_of_remedies_leaves_no_outcome_out():
    assert {outcome for outcome, _, _ in [*WITH_REVIEW_FIRST, *OTHERS]} == set(Outcome)


def test_a_withdrawn_request_has_no_remedy():
    assert remedy_paragraph(Outcome.WITHDRAWN, None, letter_date=TODAY, profile=ORGAN) is None


def test_an_answer_that_does_not_handle_the_request_is_called_a_notice():
    paragraph = remedy_paragraph(Outcome.REPEATED, None, letter_date=TODAY, profile=ORGAN)
    assert paragraph.startswith("如对本告知书不服，可以自收到本告知书之日起60日内")


def test_without_a_set_court_the_letter_says_the_peoples_court():
    paragraph = remedy_paragraph(Outcome.NOT_FOUND, None, letter_date=TODAY, profile=replace(ORGAN, court=""))
    assert paragraph.endswith("6个月内依法向人民法院提起行政诉讼。")


@pytest.mark.rule("R42")
def test_the_online_address_is_added_and_demanded_for_online_delivery():
    organ = replace(ORGAN, online_review_address="https://fuyi.example.gov.cn")
    paragraph = remedy_paragraph(Outcome.NOT_FOUND, None, letter_date=TODAY, profile=organ)
    assert paragraph == CHOICE + "行政复议申请也可以通过互联网提交，网址：https://fuyi.example.gov.cn。"
    check_online_delivery(organ)
    with pytest.raises(OnlineReviewAddressMissing):
        check_online_delivery(ORGAN)


def test_no_paragraph_is_made_without_a_review_body():
    with pytest.raises(ReviewBodyMissing):
        remedy_paragraph(Outcome.NOT_FOUND, None, letter_date=TODAY, profile=replace(ORGAN, review_body=" "))


@pytest.mark.rule("R40")
def test_a_letter_without_its_paragraph_is_refused():
    check_remedy_stands(f"正文。\n{CHOICE}\n特此答复。", CHOICE)
    with pytest.raises(RemedyMissing):
        check_remedy_stands("正文。\n特此答复。", CHOICE)


@pytest.mark.rule("R43")
@pytest.mark.parametrize(
    "words",
    [
        "或者在3个月内依法向人民法院提起行政诉讼。",
        "三个月内向人民法院起诉",
        "可以向上一级主管部门或者本级人民政府申请复议",
    ],
)
def test_words_that_are_no_longer_law_are_refused(words):
    with pytest.raises(StaleWording):
        check_wording(words, letter_date=date(2024, 1, 1), organ_kind=OrganKind.LOCAL_DEPARTMENT)


@pytest.mark.rule("R43")
def test_words_that_are_still_law_pass():
    check_wording(CHOICE + MIXED, letter_date=TODAY, organ_kind=OrganKind.LOCAL_DEPARTMENT)
    check_wording("合同约定3个月内付款。", letter_date=TODAY, organ_kind=OrganKind.LOCAL_DEPARTMENT)
    check_wording("向上一级主管部门申请行政复议", letter_date=TODAY, organ_kind=OrganKind.VERTICAL)
    check_wording("向上一级主管部门申请", letter_date=date(2023, 12, 31), organ_kind=OrganKind.LOCAL_DEPARTMENT)


@pytest.mark.rule("R41")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (OrganKind.LOCAL_DEPARTMENT, "本级政府"),
        (OrganKind.LOCAL_GOVERNMENT, "上一级机关"),
        (OrganKind.PROVINCE, "本机关"),
        (OrganKind.MINISTRY, "本机关"),
        (OrganKind.VERTICAL, "上一级机关"),
        (OrganKind.JUSTICE, "本级政府或者上一级机关"),
    ],
)
def test_the_review_body_follows_the_kind_of_organ(kind, body):
    assert review_body(kind, name="本机关", own_government="本级政府", next_higher="上一级机关") == body
