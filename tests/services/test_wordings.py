"""The office's own words: proposed by one, approved by another, refused where law or a required field is missing."""

from io import BytesIO

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.extension import OwnProposal
from caseapp.domain.letters import LetterKind
from caseapp.domain.permissions import NotPermitted, Role
from caseapp.domain.wording import NoWordingWaits, WordingStatus, WordingUnchanged, WordingWaits
from caseapp.services import letters, wording_previews, wordings
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

KIND = LetterKind.DISCLOSED
REASON = "第二段与规定不符。"


def mended():
    return wordings.original(KIND).replace("特此答复。", "特此答复，请查收。")


def propose(maker, text=None, by="admin"):
    with transaction():
        return wordings.propose(KIND, text or mended(), actor=maker.actor(by), at=moment(DAY)).id


def decide(maker, wording_id, *, approves=True, actor=None):
    with transaction():
        wordings.decide(
            wording_id,
            approves=approves,
            refusal=REASON,
            actor=actor or maker.actor("head"),
            at=moment(DAY, 11),
        )


def body(maker, case):
    [letter] = [row for row in letters.of_case(case.id) if row.kind is KIND]
    return letters.download_for_staff(case.id, letter.id, actor=maker.actor("auditor")).content


def paragraphs(content):
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_the_original_ends_as_these_tests_expect(maker):
    assert mended() != wordings.original(KIND)


def test_approved_words_set_the_next_letter_and_leave_the_last_one_alone(maker):
    first = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    before = body(maker, first)
    wording_id = propose(maker)
    waiting = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    assert "特此答复。" in paragraphs(body(maker, waiting))

    decide(maker, wording_id)
    second = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    assert "特此答复，请查收。" in paragraphs(body(maker, second))
    assert body(maker, first) == before
    assert [row.status for row in wordings.versions(KIND)] == [WordingStatus.APPROVED]


def test_a_refused_proposal_changes_nothing_and_is_kept_with_its_reason(maker):
    decide(maker, propose(maker), approves=False)
    assert wordings.current_text(KIND) == wordings.original(KIND)
    [version] = wordings.versions(KIND)
    assert (version.status, version.refusal) == (WordingStatus.REFUSED, REASON)
    assert propose(maker) != version.id


def test_two_people_and_one_decision(maker):
    wording_id = propose(maker)
    both = maker.with_roles(maker.actor("admin"), Role.ADMINISTRATOR, Role.HEAD)
    with pytest.raises(OwnProposal):
        decide(maker, wording_id, actor=both)
    with pytest.raises(NotPermitted):
        decide(maker, wording_id, actor=maker.actor("officer"))
    with pytest.raises(NotPermitted):
        propose(maker, by="head")
    decide(maker, wording_id)
    with pytest.raises(NoWordingWaits):
        decide(maker, wording_id, approves=False)
    assert wordings.current_text(KIND) == mended()


def test_one_proposal_at_a_time_and_none_that_changes_nothing(maker):
    with pytest.raises(WordingUnchanged):
        propose(maker, wordings.original(KIND).replace("\n", "\r\n"))
    propose(maker)
    with pytest.raises(WordingWaits):
        propose(maker, mended().replace("请查收", "请核对"))


@pytest.mark.rule("R43")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("特此答复。", "可以在3个月内向人民法院提起行政诉讼。", "3个月"),
        ("特此答复。", "可以向上一级主管部门申请行政复议。特此答复。", "第"),
        ("{{ remedy }}", "", "remedy"),
        ("特此答复。", "{{ applicant_phone }}", "applicant_phone"),
        ("特此答复。", "{% for x in you %}{% endfor %}", "第"),
        ("特此答复。", "{{ you.__class__ }}", "第"),
        ("---\n", "", "---"),
    ],
)
def test_what_breaks_the_law_or_the_letter_is_refused_with_its_place(maker, old, new, said):
    assert old in wordings.original(KIND)
    with pytest.raises(wordings.WordingRefused, match="行：") as refused:
        propose(maker, wordings.original(KIND).replace(old, new))
    assert said in str(refused.value)
    assert refused.value.field == "text"
    assert wordings.versions(KIND) == []


def test_the_effect_names_the_letters_that_would_read_otherwise(maker):
    assert wording_previews.preview(KIND, mended(), today=DAY).of_number == ""
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    [letter] = [row for row in letters.of_case(case.id) if row.kind is KIND]
    shown = wording_previews.preview(KIND, mended(), today=DAY)
    assert (shown.of_number, shown.compared) == (letter.number, 1)
    assert "请查收" in shown.shown.text
    assert case.title in shown.shown.text
    [one] = shown.differences
    assert (one.lines.gone, one.lines.new) == (("特此答复。",), ("特此答复，请查收。",))
    assert wording_previews.preview(KIND, wordings.original(KIND), today=DAY).differences == []


def test_the_journey_over_two_desks(maker, app):
    admin = StaffDesk(app, "admin", at=moment(DAY))
    admin.open(f"/admin/wordings/{KIND.value}")
    broken = wordings.original(KIND).replace("{{ remedy }}", "")
    admin.send(text=broken, act="propose")
    assert "remedy" in admin.page.select_one("#error-summary").text
    assert admin.page.select_one("textarea").text.strip() == broken.strip()
    admin.send(text=mended(), act="preview")
    assert "还没有签发过" in admin.page.text
    admin.send(text=mended(), act="propose")
    assert "由负责人审批" in admin.page.text

    head = StaffDesk(app, "head", at=moment(DAY, 11))
    head.open("/supervision/")
    head.open(head.page.select_one("a[href*='/supervision/wordings/']")["href"])
    assert "特此答复，请查收。" in head.page.text
    head.send(decision="return", reason="")
    assert "请说明理由" in head.page.text
    head.send(decision="approve", reason="")
    assert "已同意修改" in head.page.text
    assert wordings.current_text(KIND) == mended()
