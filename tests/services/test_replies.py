"""From draft to delivered letter (art. 36, 37; L8; R29 to R48)."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from caseapp.db import db, transaction
from caseapp.domain.extension import OwnProposal
from caseapp.domain.grounds import Ground
from caseapp.domain.letters import LETTERS
from caseapp.domain.lifecycle import ActionNotAllowed, Status
from caseapp.domain.outcome import OFFERED, GroundMissing, Outcome
from caseapp.domain.permissions import NotVisible, Role
from caseapp.domain.post import TrackingNumberMissing
from caseapp.domain.remedies import OnlineReviewAddressMissing, StaleWording
from caseapp.domain.replies import DeliveredBeforeIssue, DeliveredInFuture
from caseapp.domain.reply_content import NotStated
from caseapp.gateways.files import FileBroken, digest
from caseapp.models import IssuedDocument, Letter
from caseapp.services import letters, replies, tracking
from tests.makers import moment
from tests.services import answers_desk
from tests.services.answers_desk import DAY, GROUNDS, RECEIVED

CITED = {
    Outcome.DISCLOSED: "第三十六条第（二）项",
    Outcome.ALREADY_PUBLIC: "第三十六条第（一）项",
    Outcome.PARTIAL: "第三十七条",
    Outcome.WITHHELD: "第十六条第二款和第三十六条第（三）项",
    Outcome.NOT_FOUND: "第三十六条第（四）项",
    Outcome.NOT_OURS: "第十条和第三十六条第（五）项",
    Outcome.BUSINESS_LOOKUP: "第三十六条第（七）项",
    Outcome.NEEDS_PROCESSING: "第三十八条",
    Outcome.UNCLEAR: "第三十条",
    Outcome.PETITION: "第三十九条第一款",
    Outcome.REPEATED: "第三十六条第（六）项",
    Outcome.PUBLICATION: "第三十九条第二款",
    Outcome.EXCESSIVE: "第三十五条",
    Outcome.RECONFIRMATION: "第二条",
}


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.rule("R29")
@pytest.mark.rule("R40")
@pytest.mark.parametrize("outcome", OFFERED)
def test_every_offered_outcome_leaves_as_a_numbered_letter_with_its_remedy(maker, outcome):
    case, content = answers_desk.ready(maker, outcome)
    case = maker.issued(case, on=DAY, content=content)
    assert (case.status, case.outcome, case.answered_on) == (Status.ANSWERED, outcome, DAY)
    letter = letters.of_case(case.id)[-1]
    words = text_of(letters.download(case, letter.id).content)
    assert case.applicant.name in words
    assert "2026年3月10日" in words
    assert f"《中华人民共和国政府信息公开条例》{CITED[outcome]}的规定" in words
    paper = LETTERS[letter.kind].paper
    first = f"应当自收到本{paper}之日起60日内先向示范区人民政府申请行政复议"
    choice = f"可以自收到本{paper}之日起60日内向示范区人民政府申请行政复议"
    assert (first in words) is (outcome in GROUNDS)
    assert (choice in words) is (outcome is not Outcome.WITHHELD)
    assert "3个月" not in words
    assert words.index("行政复议") < max(words.rfind("特此答复。"), words.rfind("特此告知。"))


@pytest.mark.rule("R44")
def test_each_department_numbers_its_own_letters_without_gap(maker):
    numbers = []
    for _ in range(3):
        case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
        numbers.append(letters.of_case(case.id)[0].number)
    assert [number.rpartition("〕")[2] for number in numbers] == ["1号", "2号", "3号"]
    assert len({number.rpartition("〔")[0] for number in numbers}) == 1


@pytest.mark.rule("R48")
def test_a_failed_issue_takes_no_number(maker):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    with transaction():
        case.department.review_address = ""
    case = maker.again(case.id)
    with pytest.raises(OnlineReviewAddressMissing), transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY))
    with transaction():
        maker.again(case.id).department.review_address = "https://fuyi.example.com"
    case = maker.again(case.id)
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY))
    assert letters.of_case(case.id)[0].number.endswith("〔2026〕1号")


def test_the_issued_letter_is_frozen(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    letter = letters.of_case(case.id)[0]
    before = letters.download(case, letter.id).content
    assert digest(before) == letter.sha256
    with transaction():
        maker.again(case.id).department.name = "改了名的局"
    assert letters.download(maker.again(case.id), letter.id).content == before
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.get_one(IssuedDocument, letter.id).content = b"forged"


def test_bytes_changed_behind_our_back_are_not_handed_out(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    letter = letters.of_case(case.id)[0]
    with transaction():
        db.session.get_one(Letter, letter.id).sha256 = "0" * 64
    with pytest.raises(FileBroken):
        letters.download(maker.again(case.id), letter.id)


@pytest.mark.rule("R31")
def test_an_incomplete_reply_can_be_kept_but_not_sent(maker):
    case = maker.case(received_on=RECEIVED)
    bare = replace(maker.content(Outcome.WITHHELD, ground=Ground.DELIBERATION), ground=None)
    with transaction():
        replies.save_draft(case.id, bare, version=case.version, actor=maker.actor("officer"), at=moment(DAY))
    case = maker.again(case.id)
    assert replies.content_of(replies.of(case.id)) == bare
    with pytest.raises(GroundMissing) as refused:
        maker.submitted(case, on=DAY, content=bare)
    assert refused.value.field == "ground"
    assert maker.again(case.id).status is Status.IN_HAND


@pytest.mark.rule("R33")
def test_not_found_without_a_search_is_refused(maker):
    content = replace(maker.content(Outcome.NOT_FOUND), search=None)
    with pytest.raises(NotStated, match="检索") as refused:
        maker.submitted(maker.case(received_on=RECEIVED), on=DAY, content=content)
    assert refused.value.field == "search_systems"


def test_a_draft_survives_the_database_whole(maker):
    case = maker.case(received_on=RECEIVED)
    content = maker.content(Outcome.NOT_FOUND)
    with transaction():
        replies.save_draft(case.id, content, version=case.version, actor=maker.actor("officer"), at=moment(DAY))
    maker.again(case.id)
    assert replies.content_of(replies.of(case.id)) == content


def test_who_drafted_or_sent_it_cannot_decide_it(maker):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    both = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)
    with pytest.raises(OwnProposal), transaction():
        replies.issue(case.id, version=case.version, actor=both, at=moment(DAY))
    with pytest.raises(OwnProposal), transaction():
        replies.return_to_officer(case.id, reason="改", version=case.version, actor=both, at=moment(DAY))
    assert maker.again(case.id).status is Status.IN_APPROVAL


@pytest.mark.rule("R48")
def test_a_returned_reply_needs_a_new_approval(maker):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    head = maker.actor("head")
    with transaction():
        replies.return_to_officer(case.id, reason="请补充。", version=case.version, actor=head, at=moment(DAY))
    case = maker.again(case.id)
    assert (case.status, replies.of(case.id).returned_reason) == (Status.IN_HAND, "请补充。")
    with pytest.raises(ActionNotAllowed), transaction():
        replies.issue(case.id, version=case.version, actor=head, at=moment(DAY))


@pytest.mark.rule("R29")
def test_by_post_the_case_is_answered_on_the_posting_date(maker):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    assert (case.status, case.answered_on) == (Status.ISSUED, None)
    clerk, later = maker.actor("clerk"), moment(date(2026, 3, 13))

    def deliver(on: date, number: str = "EX000000001CN") -> None:
        with transaction():
            replies.deliver(
                case.id, replies.Handover(on=on, tracking_number=number), version=case.version, actor=clerk, at=later
            )

    with pytest.raises(DeliveredInFuture):
        deliver(date(2026, 3, 14))
    with pytest.raises(DeliveredBeforeIssue):
        deliver(date(2026, 3, 9))
    with pytest.raises(TrackingNumberMissing):
        deliver(date(2026, 3, 12), "")
    deliver(date(2026, 3, 12))
    case = maker.again(case.id)
    assert (case.status, case.answered_on, case.urgency_on) == (Status.ANSWERED, date(2026, 3, 12), None)
    assert letters.of_case(case.id)[0].delivery.tracking_number == "EX000000001CN"


def test_the_applicant_gets_a_letter_only_once_it_has_been_delivered_and_only_his_own(maker):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    other = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    letter = letters.of_case(case.id)[0]
    with pytest.raises(NotVisible):
        tracking.download(case.id, letter.id)
    with pytest.raises(NotVisible):
        tracking.download(case.id, letters.of_case(other.id)[0].id)
    assert tracking.download(other.id, letters.of_case(other.id)[0].id).content.startswith(b"PK")


def test_text_that_looks_like_markup_or_template_stays_text(maker):
    given = "<w:p>{{ 7*7 }}{% raw %}</w:t> & “引号” 𠮷㛃"
    content = replace(maker.content(), given=given)
    case = maker.issued(maker.case(received_on=RECEIVED, name="某<b>{{x}}"), on=DAY, content=content)
    words = text_of(letters.download(case, letters.of_case(case.id)[0].id).content)
    assert given in words
    assert "某<b>{{x}}：" in words


def test_stale_law_typed_into_the_reasons_is_refused(maker):
    content = replace(
        maker.content(Outcome.WITHHELD, ground=Ground.DELIBERATION), facts="可以在3个月内向人民法院提起行政诉讼。"
    )
    with pytest.raises(StaleWording):
        maker.submitted(maker.case(received_on=RECEIVED), on=DAY, content=content)


def test_nothing_is_left_to_do_with_an_answered_case(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(ActionNotAllowed):
        maker.submitted(case, on=DAY)
    assert len(list(db.session.scalars(select(Letter)))) == 1
