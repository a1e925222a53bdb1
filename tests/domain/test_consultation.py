"""Asking others: what silence means, what must be weighed, and what an answer may say then (art. 15, 32 to 34)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain import consultation as rules
from caseapp.domain import consulted_reply as replies
from caseapp.domain.consultation import Consulted, ConsultedKind, Position
from caseapp.domain.consulted_reply import check_reply_with_consultations
from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.reply_content import ReplyContent

TODAY, DUE, AFTER = date(2026, 3, 18), date(2026, 4, 1), date(2026, 4, 2)
ASKED = Consulted(
    id=1,
    kind=ConsultedKind.THIRD_PARTY,
    name="示范建设有限公司",
    opened_on=date(2026, 3, 9),
    delivered_on=date(2026, 3, 11),
    due_on=DUE,
    today=TODAY,
    recorded=None,
    is_judged=False,
    is_reasonable=None,
    public_interest="",
    notice_issued=False,
    notice_delivered_on=None,
)
ORGAN = replace(ASKED, kind=ConsultedKind.ORGAN, name="示范区水务局")
ORGAN_OBJECTS = replace(ORGAN, recorded=Position.OBJECTS)
AGREES = replace(ASKED, recorded=Position.AGREES)
OBJECTS = replace(ASKED, recorded=Position.OBJECTS)
SILENT = replace(ASKED, today=AFTER)
REASONABLE = replace(OBJECTS, is_judged=True, is_reasonable=True)
UNREASONABLE = replace(OBJECTS, is_judged=True, is_reasonable=False)
OVERRIDDEN = replace(REASONABLE, public_interest="涉及公共安全。")
TOLD = {"notice_issued": True, "notice_delivered_on": TODAY}
DISCLOSED = ReplyContent(outcome=Outcome.DISCLOSED)
PARTIAL = ReplyContent(outcome=Outcome.PARTIAL, ground=Ground.THIRD_PARTY)
ON_ANOTHER_GROUND = ReplyContent(outcome=Outcome.PARTIAL, ground=Ground.DELIBERATION)
WITHHELD = ReplyContent(outcome=Outcome.WITHHELD, ground=Ground.THIRD_PARTY)
NOT_FOUND = ReplyContent(outcome=Outcome.NOT_FOUND)
SECRET = ReplyContent(outcome=Outcome.WITHHELD, ground=Ground.STATE_SECRET)


@pytest.mark.rule("R24")
def test_on_the_last_day_an_answer_may_still_come_and_on_the_next_there_is_silence():
    assert replace(ASKED, today=DUE).position is None
    assert SILENT.position is Position.SILENT


@pytest.mark.rule("R24")
def test_a_third_partys_silence_waits_for_a_person_and_an_organs_is_consent():
    assert SILENT.needs_judgement
    assert not SILENT.is_deemed_consent
    organ = replace(ORGAN, today=AFTER)
    assert organ.is_deemed_consent
    assert not organ.needs_judgement


@pytest.mark.rule("R23")
def test_silence_to_a_letter_that_never_arrived_is_nobodys_consent():
    organ = replace(ORGAN, today=AFTER, delivered_on=None)
    assert not organ.is_deemed_consent
    assert organ.needs_judgement


@pytest.mark.rule("R24")
@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("content", "consulted", "refusal"),
    [
        # Nothing goes out while an answer may come.
        (NOT_FOUND, ASKED, replies.StillAsking),
        (DISCLOSED, ORGAN, replies.StillAsking),
        # An objection and a third party's silence are weighed first, where the answer depends on them.
        (WITHHELD, OBJECTS, replies.NotWeighed),
        (WITHHELD, SILENT, replies.NotWeighed),
        (DISCLOSED, OBJECTS, replies.NotWeighed),
        (DISCLOSED, SILENT, replies.NotWeighed),
        (PARTIAL, OBJECTS, replies.NotWeighed),
        (NOT_FOUND, OBJECTS, None),
        (SECRET, SILENT, None),
        (DISCLOSED, ORGAN_OBJECTS, replies.NotWeighed),
        # Art. 15 protects somebody who is to be protected.
        (WITHHELD, REASONABLE, None),
        (PARTIAL, REASONABLE, None),
        (WITHHELD, AGREES, replies.NobodyToProtect),
        (WITHHELD, UNREASONABLE, replies.NobodyToProtect),
        (WITHHELD, OVERRIDDEN, replies.NobodyToProtect),
        (WITHHELD, replace(SILENT, is_judged=True, is_reasonable=True), None),
        (WITHHELD, replace(SILENT, is_judged=True, is_reasonable=False), replies.NobodyToProtect),
        # Disclosure goes against nobody's good reasons, but for the public interest, and never behind his back.
        (DISCLOSED, AGREES, None),
        (DISCLOSED, REASONABLE, replies.AgainstObjection),
        (ON_ANOTHER_GROUND, REASONABLE, replies.AgainstObjection),
        (DISCLOSED, OVERRIDDEN, replies.ThirdPartyNotTold),
        (DISCLOSED, replace(OVERRIDDEN, notice_issued=True), replies.ThirdPartyNotTold),
        (DISCLOSED, replace(OVERRIDDEN, **TOLD), None),
        (DISCLOSED, UNREASONABLE, replies.ThirdPartyNotTold),
        (DISCLOSED, replace(UNREASONABLE, **TOLD), None),
        (DISCLOSED, replace(SILENT, is_judged=True, is_reasonable=False), None),
        (DISCLOSED, replace(SILENT, is_judged=True, is_reasonable=True), replies.AgainstObjection),
        # An organ is heard; its silence is consent.
        (DISCLOSED, replace(ORGAN, today=AFTER), None),
        (DISCLOSED, replace(ORGAN_OBJECTS, is_judged=True, is_reasonable=True), replies.AgainstOrgan),
        (DISCLOSED, replace(ORGAN_OBJECTS, is_judged=True, is_reasonable=False), None),
    ],
)  # fmt: skip
def test_an_answer_goes_neither_before_nor_against_those_asked(content, consulted, refusal):
    if refusal is None:
        check_reply_with_consultations(content, [consulted])
    else:
        with pytest.raises(refusal):
            check_reply_with_consultations(content, [consulted])


def test_where_one_agrees_and_another_is_protected_the_answer_may_be_partial():
    check_reply_with_consultations(PARTIAL, [AGREES, REASONABLE])
    with pytest.raises(replies.ThirdPartyNotTold):
        check_reply_with_consultations(PARTIAL, [OVERRIDDEN, REASONABLE])


@pytest.mark.rule("R32")
def test_without_any_consultation_the_note_in_the_reply_is_enough():
    check_reply_with_consultations(WITHHELD, [])


@pytest.mark.rule("R23")
@pytest.mark.parametrize(
    ("asked", "on", "refusal"),
    [
        (replace(ASKED, delivered_on=None), date(2026, 3, 8), rules.DeliveredBeforeLetter),
        (replace(ASKED, delivered_on=None), date(2026, 3, 19), rules.DeliveredInFuture),
        (ASKED, date(2026, 3, 12), rules.DeliveredAlready),
    ],
)
def test_a_delivery_is_recorded_once_on_a_possible_day(asked, on, refusal):
    with pytest.raises(refusal):
        rules.check_delivery(asked, on=on, today=TODAY)


@pytest.mark.rule("R23")
@pytest.mark.parametrize(
    ("asked", "on", "refusal"),
    [
        (replace(ASKED, delivered_on=None), TODAY, rules.NotDelivered),
        (ASKED, date(2026, 3, 10), rules.ReplyBeforeDelivery),
        (ASKED, date(2026, 3, 19), rules.ReplyInFuture),
        (AGREES, TODAY, rules.AnsweredAlready),
    ],
)
def test_an_answer_is_taken_in_once_after_the_delivery(asked, on, refusal):
    with pytest.raises(refusal):
        rules.check_answer(asked, on=on, today=TODAY)


@pytest.mark.rule("R24")
def test_a_late_answer_of_a_third_party_is_heard_and_an_organs_is_too_late():
    rules.check_answer(SILENT, on=AFTER, today=AFTER)
    with pytest.raises(rules.DeemedConsent):
        rules.check_answer(replace(ORGAN, today=AFTER), on=AFTER, today=AFTER)
    rules.check_answer(replace(ORGAN, today=AFTER), on=DUE, today=AFTER)


@pytest.mark.parametrize("asked", [ASKED, AGREES, replace(ORGAN, today=AFTER)])
def test_what_needs_no_weighing_is_not_weighed(asked):
    with pytest.raises(rules.NothingToWeigh):
        rules.check_judgement(asked)


def test_once_the_third_party_has_been_told_the_judgement_stands():
    with pytest.raises(rules.NoticeIssuedAlready):
        rules.check_judgement(replace(OVERRIDDEN, notice_issued=True))


@pytest.mark.parametrize("asked", [ASKED, AGREES, OBJECTS, REASONABLE])
def test_a_notice_of_disclosure_goes_only_to_whom_it_is_owed(asked):
    with pytest.raises(rules.NoticeNotWanted):
        rules.check_notice(asked)


@pytest.mark.rule("R64")
def test_the_applicant_reads_that_somebody_is_asked_but_not_who():
    third, organ = ConsultedKind.THIRD_PARTY, ConsultedKind.ORGAN
    asked = [(third, "王某"), (organ, "水务局"), (third, "李某")]
    assert rules.names_for_the_applicant(asked) == ["第三方（1）", "有关行政机关", "第三方（2）"]
    assert rules.names_for_the_applicant(asked[:1]) == ["第三方"]
    assert rules.names_for_staff([*asked, (third, "王某")]) == ["王某（第1次）", "水务局", "李某", "王某（第2次）"]


@pytest.mark.rule("R64")
@pytest.mark.parametrize("words", ["申请人赵某要求公开报价。", "请致电 0431-12345678。"])
def test_a_letter_to_others_that_names_the_applicant_is_refused_at_its_field(words):
    with pytest.raises(rules.IdentityInLetter) as refusal:
        rules.check_keeps_identity({"matter": ("内容", words)}, identity=["赵某", "", "0431-12345678"])
    assert refusal.value.field == "matter"
