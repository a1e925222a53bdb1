"""部分公开 item by item: each item says what becomes of it and why; the whole follows from the items (art. 37)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain import partial as rules
from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome, report_row
from caseapp.domain.partial import Typed, check_items, in_items, item_of, typed_of
from caseapp.domain.remedies import Remedy, remedy_for
from caseapp.domain.reply_content import Item, ItemDecision, NotStated, ReplyContent, check_reply

WHOLE = ReplyContent(outcome=Outcome.PARTIAL, way="邮寄", reviewed_by="审查员")
GIVEN = Item(name="合同正文", decision=ItemDecision.GIVEN, ground=None, reason="")
SECRET = Item(name="附件三", decision=ItemDecision.WITHHELD, ground=Ground.THIRD_PARTY, reason="附件三是报价构成。")
DRAFT = Item(name="请示稿", decision=ItemDecision.WITHHELD, ground=Ground.DELIBERATION, reason="是过程稿")
OTHER = Item(name="个人便条", decision=ItemDecision.NOT_INFORMATION, ground=None, reason="不是履职中形成")
TABLE = Item(name="汇总表", decision=ItemDecision.NEEDS_PROCESSING, ground=None, reason="须另行汇总")


@pytest.mark.rule("R39")
def test_the_whole_follows_from_the_items_and_beats_every_other_row():
    content = in_items(WHOLE, [SECRET, GIVEN, DRAFT])
    assert content.given == "合同正文"
    assert content.grounds == (Ground.THIRD_PARTY, Ground.DELIBERATION)
    first, second = content.withheld.split("\n")
    assert first.startswith("1. 附件三。该内容属于涉及商业秘密")
    assert first.endswith("第十五条的规定，不予公开。理由：附件三是报价构成。")
    assert "第十六条第二款的规定，不予公开。理由：是过程稿。" in second
    assert report_row(content.outcome, content.ground) == "3.2"


def test_what_is_no_information_or_must_be_made_rests_on_no_ground_and_leaves_the_choice():
    content = in_items(WHOLE, [GIVEN, OTHER, TABLE])
    assert (content.ground, content.rest_is_not_information) == (None, True)
    assert "不属于政府信息，不予提供。理由：不是履职中形成。" in content.withheld
    assert "第三十八条的规定，不予提供" in content.withheld
    from_2024 = date(2026, 5, 1)
    assert remedy_for(content.outcome, content.ground, from_2024) is Remedy.CHOICE
    assert remedy_for(Outcome.PARTIAL, in_items(WHOLE, [GIVEN, TABLE, DRAFT]).ground, from_2024) is Remedy.MIXED


@pytest.mark.rule("R31")
@pytest.mark.parametrize(
    ("items", "refusal", "field"),
    [
        ([], rules.ItemsMissing, None),
        ([GIVEN, GIVEN], rules.ItemsMissing, None),
        ([SECRET, OTHER], rules.ItemsMissing, None),
        ([GIVEN, replace(SECRET, name=" ")], rules.ItemNotNamed, "item_name_2"),
        ([GIVEN, replace(SECRET, decision=None)], rules.ItemNotDecided, "item_way_2"),
        ([GIVEN, replace(SECRET, reason="")], rules.ReasonMissing, "item_reason_2"),
        ([GIVEN, *[SECRET] * 40], rules.TooManyItems, None),
    ],
)
def test_items_that_do_not_say_enough_are_refused_at_their_field(items, refusal, field):
    with pytest.raises(refusal) as refused:
        check_items(in_items(WHOLE, items))
    assert refused.value.field == field


@pytest.mark.rule("R32")
def test_every_ground_among_the_items_asks_for_its_own_statements():
    content = in_items(WHOLE, [GIVEN, SECRET, DRAFT])
    with pytest.raises(NotStated) as refused:
        check_reply(content)
    assert refused.value.field == "consultation"
    with pytest.raises(NotStated) as refused:
        check_reply(replace(content, consultation="第三方不同意，理由成立。"))
    assert refused.value.field in ("disclosure_demanded", "discretion")
    check_reply(
        replace(content, consultation="不同意，理由成立。", disclosure_demanded=False, discretion="影响坦率讨论")
    )


@pytest.mark.parametrize("item", [GIVEN, SECRET, DRAFT, OTHER, TABLE])
def test_an_item_goes_into_the_form_and_comes_back(item):
    assert item_of(typed_of(item)) == item


def test_what_nobody_chose_is_not_decided():
    assert item_of(Typed(name="附件", way="forged")).decision is None
