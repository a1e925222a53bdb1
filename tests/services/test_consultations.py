"""Consultations on a real case: dates, letters, silence, and what may then be answered (art. 32 to 34; R22 to R25)."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain import consultation as rules
from caseapp.domain import consulted_reply
from caseapp.domain.consultation import Position
from caseapp.domain.grounds import Ground
from caseapp.domain.letters import LetterKind
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.models import IssuedDocument, Letter
from caseapp.services import audit, case_pages, consultations, consulted, deadlines, timelines, tracking
from caseapp.services.consulted import Question
from caseapp.web.public import progress_words
from tests.makers import moment

# Received on Monday 2 March 2026: due on the 23rd. Asked on Monday 9 March, when five working days had been counted.
ASKED_ON, DUE = date(2026, 3, 9), date(2026, 3, 23)
ARRIVED_ON, REPLY_DUE = date(2026, 3, 11), date(2026, 4, 1)  # fifteen working days later
AFTER = date(2026, 4, 2)
CANARY = "金丝雀某"
COMPANY = "示范建设有限公司"


def bytes_of(case, kind: LetterKind) -> str:
    """Return all text parts of the newest letter of this kind."""
    content = db.session.scalars(
        select(IssuedDocument.content)
        .join(Letter, Letter.id == IssuedDocument.letter_id)
        .where(Letter.case_id == case.id, Letter.kind == kind)
        .order_by(Letter.id.desc())
    ).first()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", errors="replace") for name in parts.namelist())


@pytest.mark.rule("R22")
def test_an_open_question_projects_the_due_date_and_the_safe_one_stays(maker):
    case = maker.asked(maker.case(), on=ASKED_ON)
    # Until its delivery is known, fifteen working days from the opening: 10 to 30 March left out, 清明节 on 6 April.
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 4, 14), date(2026, 4, 21))
    both = deadlines.clocks(case, today=ASKED_ON)
    assert (both.local.safe_due, both.local.state.value) == (DUE, "suspended")
    assert deadlines.badge_of(case, today=ASKED_ON).words == "征求意见中，预计 4月14日到期"


@pytest.mark.rule("R23")
def test_the_reply_period_runs_from_the_delivery(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    assert consulted.of_case(case, today=ARRIVED_ON)[0].rules.due_on == REPLY_DUE
    assert case.local_due_on == date(2026, 4, 16)


@pytest.mark.rule("R22")
def test_an_early_answer_lets_the_period_run_on(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    case = maker.answered(case, on=date(2026, 3, 18), position="agrees")
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 4, 1), date(2026, 4, 9))


@pytest.mark.rule("R22")
def test_two_questions_at_once_leave_a_day_out_once(maker):
    case = maker.asked(maker.case(), on=ASKED_ON)
    first = maker.consultation(case).id
    case = maker.arrived(case, on=ASKED_ON)
    case = maker.asked(case, on=date(2026, 3, 12), name="另一家公司")
    case = maker.arrived(case, on=date(2026, 3, 12))
    case = maker.answered(case, on=date(2026, 3, 18), position="agrees", id=first)
    case = maker.answered(case, on=date(2026, 3, 24), position="agrees")
    assert case.local_due_on == date(2026, 4, 8)  # 10 to 24 March left out


def test_the_same_party_asked_twice_is_two_questions(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ASKED_ON)
    case = maker.answered(case, on=date(2026, 3, 11), position="agrees")
    case = maker.arrived(maker.asked(case, on=date(2026, 3, 16)), on=date(2026, 3, 16))
    # The first leaves out 10 and 11 March, the second from 17 March; its answer does not reopen or close the first.
    case = maker.answered(case, on=date(2026, 3, 18), position="agrees")
    assert case.local_due_on == date(2026, 3, 27)
    words = "".join(line.why for line in deadlines.clocks(case, today=date(2026, 3, 18)).local.ledger)
    assert f"{COMPANY}（第1次）" in words
    assert f"{COMPANY}（第2次）" in words


def test_the_batch_for_many_cases_reads_the_same_facts(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    with transaction():
        consultations.refresh_lapsed(moment(AFTER, 1))
    case = maker.again(case.id)
    one = deadlines.timeline(case).events
    many = timelines.of_cases([case.id])[case.id]
    assert [(type(event), event.on) for event in one] == [(type(event), event.on) for event in many]
    assert len(one) == 1  # silence is no answer: the reply period ends by itself


@pytest.mark.rule("R24")
def test_a_third_partys_silence_is_recorded_by_night_and_waits_for_a_person(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    due = case.local_due_on
    with transaction():
        assert consultations.refresh_lapsed(moment(REPLY_DUE, 23)) == 0
        assert consultations.refresh_lapsed(moment(AFTER, 1)) == 1
        assert consultations.refresh_lapsed(moment(AFTER, 2)) == 0
    case = maker.again(case.id)
    row = maker.consultation(case)
    assert (row.position, row.closed_on, row.judged_on) == (Position.SILENT, REPLY_DUE, None)
    assert case.local_due_on == due
    content = maker.content(Outcome.PARTIAL, ground=Ground.THIRD_PARTY)
    with pytest.raises(consulted_reply.NotWeighed):
        maker.submitted(case, on=AFTER, content=content)
    case = maker.weighed(maker.again(case.id), on=AFTER, harms=True)
    maker.submitted(case, on=AFTER, content=content)
    assert audit.verify() is None


@pytest.mark.rule("R24")
def test_an_organs_silence_is_consent_without_anybodys_act(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON, kind="organ", name="示范区水务局"), on=ARRIVED_ON)
    assert maker.consultation(case).applicant_letter_id is None
    maker.submitted(case, on=AFTER)


@pytest.mark.rule("R24")
def test_silence_is_weighed_even_before_the_night_has_recorded_it(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    with pytest.raises(rules.NothingToWeigh):
        maker.weighed(case, on=REPLY_DUE, harms=False)
    case = maker.weighed(maker.again(case.id), on=AFTER, harms=False)
    row = maker.consultation(case)
    assert (row.position, row.closed_on) == (Position.SILENT, REPLY_DUE)
    maker.submitted(case, on=AFTER)


@pytest.mark.rule("R24")
def test_a_late_answer_is_heard_moves_no_date_and_is_weighed_anew(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    case = maker.weighed(case, on=AFTER, harms=False)
    due = case.local_due_on
    case = maker.answered(case, on=date(2026, 4, 3), reasons="报价是商业秘密。")
    assert case.local_due_on == due
    with pytest.raises(consulted_reply.NotWeighed):
        maker.submitted(case, on=date(2026, 4, 3))


def test_a_question_that_reached_nobody_is_not_taken_for_silence_by_night(maker):
    case = maker.asked(maker.case(), on=ASKED_ON)
    with transaction():
        assert consultations.refresh_lapsed(moment(AFTER)) == 0
    case = maker.weighed(maker.again(case.id), on=AFTER, harms=True)
    assert "期限内未能送达" in consulted.rules_of(case, today=AFTER)[0].words


def test_no_answer_is_sent_for_approval_while_one_may_still_come_but_it_may_be_drafted(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    with pytest.raises(consulted_reply.StillAsking, match="正在征求“示范建设有限公司”的意见（期限至 2026年4月1日）"):
        maker.submitted(case, on=REPLY_DUE)


@pytest.mark.rule("R25")
def test_disclosure_against_an_objection_needs_the_public_interest_and_word_to_the_third_party(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    case = maker.answered(case, on=date(2026, 3, 18), reasons="报价是商业秘密。")
    with pytest.raises(consulted_reply.NotWeighed):
        maker.submitted(case, on=date(2026, 3, 19))
    case = maker.weighed(maker.again(case.id), on=date(2026, 3, 19), harms=True)
    with pytest.raises(consulted_reply.AgainstObjection):
        maker.submitted(case, on=date(2026, 3, 19))
    case = maker.weighed(maker.again(case.id), on=date(2026, 3, 19), harms=True, public_interest="涉及公共安全。")
    with pytest.raises(consulted_reply.ThirdPartyNotTold):
        maker.submitted(case, on=date(2026, 3, 19))
    case = maker.told(maker.again(case.id), on=date(2026, 3, 20))
    notice = maker.consultation(case).notice_letter
    assert "6个月内依法向示范市示范区人民法院提起行政诉讼" in notice.fields["remedy"]
    assert maker.issued(case, on=date(2026, 3, 20)).outcome is Outcome.DISCLOSED


@pytest.mark.rule("R64")
@pytest.mark.parametrize("kind", ["third_party", "organ"])
def test_no_letter_to_others_shows_who_asks(maker, kind):
    case = maker.case(name=CANARY, title=f"{CANARY}的房屋", way="post")
    asked = maker.asked(case, on=ASKED_ON, kind=kind)
    told = bytes_of(asked, LetterKind(f"consultation_{kind}"))
    assert f"{COMPANY}：" in told
    for secret in (CANARY, "0431-00000000", "YANSHI-000001", "示范街1号", case.applicant.identity_masked):
        assert secret not in told
    if kind == "third_party":
        case = maker.answered(maker.arrived(asked, on=ARRIVED_ON), on=date(2026, 3, 18))
        case = maker.told(maker.weighed(case, on=date(2026, 3, 18), harms=False), on=date(2026, 3, 19))
        told = bytes_of(case, LetterKind.DISCLOSURE_NOTICE)
        assert f"{COMPANY}：" in told
        for secret in (CANARY, "0431-00000000", "YANSHI-000001", "示范街1号"):
            assert secret not in told


@pytest.mark.rule("R64")
def test_a_question_that_names_the_applicant_is_refused(maker):
    case = maker.case(name=CANARY)
    kind, matter = rules.ConsultedKind.THIRD_PARTY, f"{CANARY}要的合同。"
    question = Question(kind=kind, name=COMPANY, contact="电话", matter=matter)
    with pytest.raises(rules.IdentityInLetter), transaction():
        consultations.open_consultation(
            case.id, question, version=case.version, actor=maker.actor("officer"), at=moment(ASKED_ON)
        )
    assert consulted.of_case(maker.again(case.id), today=ASKED_ON) == []


@pytest.mark.rule("R64")
def test_the_applicant_gets_his_own_notice_and_neither_name_nor_letter_of_the_other(maker):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    shown = progress_words.page(tracking.case_for_applicant(case.id), today=ARRIVED_ON)
    assert shown["status"].words == "正在征求第三方意见"
    assert "征求意见所需时间不计入答复期限" in shown["status"].next_line
    assert [row["words"] for row in shown["letters"]] == ["征求意见告知书"]
    assert COMPANY not in str(shown)
    assert COMPANY not in bytes_of(case, LetterKind.CONSULTATION_NOTICE)
    with pytest.raises(NotVisible):
        tracking.download(case.id, maker.consultation(case).letter_id)


def test_by_post_the_applicants_notice_is_recorded_when_it_left(maker):
    case = maker.asked(maker.case(way="post"), on=ASKED_ON)
    assert progress_words.page(tracking.case_for_applicant(case.id), today=ASKED_ON)["letters"] == []
    arrival = consultations.Arrival(on=ASKED_ON, proof="EX000000005CN")
    with transaction():
        consultations.post_notice(
            case.id,
            maker.consultation(case).id,
            arrival,
            version=case.version,
            actor=maker.actor("clerk"),
            at=moment(ASKED_ON, 15),
        )
    case = maker.again(case.id)
    shown = progress_words.page(tracking.case_for_applicant(case.id), today=ASKED_ON)
    assert [row["words"] for row in shown["letters"]] == ["征求意见告知书"]


def test_only_the_officer_of_the_department_asks(maker):
    case = maker.case()
    question = Question(kind=rules.ConsultedKind.ORGAN, name="示范区水务局", contact="电话", matter="会议纪要。")
    for who, refusal in (("officer2", NotVisible), ("clerk", NotPermitted), ("head", NotPermitted)):
        with pytest.raises(refusal), transaction():
            consultations.open_consultation(
                case.id, question, version=case.version, actor=maker.actor(who), at=moment(ASKED_ON)
            )


def test_a_consultation_of_another_case_is_not_found(maker):
    other = maker.asked(maker.case(), on=ASKED_ON)
    id = maker.consultation(other).id
    case = maker.case()
    with pytest.raises(NotVisible):
        maker.arrived(case, on=ASKED_ON, id=id)


def test_the_dates_are_shown_before_an_act_and_nothing_is_kept(maker):
    case = maker.case()
    moved = consulted.if_opened(case, today=ASKED_ON)
    assert (moved.local_after, moved.safe_on, moved.reply_due_on) == (date(2026, 4, 14), DUE, date(2026, 3, 30))
    case = maker.asked(case, on=ASKED_ON)
    asked = consulted.of_case(case, today=ARRIVED_ON)[0]
    moved = consulted.if_delivered(case, asked, on=ARRIVED_ON, today=ARRIVED_ON)
    assert (moved.local_after, moved.reply_due_on) == (date(2026, 4, 16), REPLY_DUE)
    case = maker.arrived(case, on=ARRIVED_ON)
    asked = consulted.of_case(case, today=date(2026, 3, 18))[0]
    moved = consulted.if_answered(case, asked, on=date(2026, 3, 18), today=date(2026, 3, 18))
    assert moved.local_after == date(2026, 4, 1)
    assert case.local_due_on == date(2026, 4, 16)


def test_the_case_page_reads_every_consultation(maker):
    case = maker.asked(maker.asked(maker.case(), on=ASKED_ON), on=ASKED_ON, kind="organ", name="示范区水务局")
    shown = case_pages.show(case.id, actor=maker.actor("officer"), today=ASKED_ON)
    assert [asked.rules.name for asked in shown.consultations] == [COMPANY, "示范区水务局"]
