"""Kinds numbered apart: a series of their own without gaps, and no two series that could write one number."""

import pytest

from caseapp.db import db, transaction
from caseapp.domain.department_facts import NumberShared, PatternTooLong
from caseapp.domain.letters import LetterKind
from caseapp.domain.numbering import NumberTaken, PatternOutOfOrder, PatternShared, PatternWithoutSerial
from caseapp.domain.permissions import NotPermitted
from caseapp.services import departments, letter_register, letter_series, letters
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_departments import change
from tests.services.test_replies import DAY

KIND = LetterKind.EXTENSION_NOTICE
TOLD = "{prefix}〔{year}〕第{serial}号-告"


def apart(maker, pattern=TOLD, *, code="zhujian", kind=KIND, by="admin"):
    department_id = maker.department(code).id
    with transaction():
        letter_series.set_pattern(department_id, kind, pattern=pattern, actor=maker.actor(by), at=moment(DAY))


def numbers(case):
    return {row.kind: row.number.rpartition("〕")[2] for row in letters.of_case(case.id)}


@pytest.mark.rule("R44")
def test_each_series_counts_for_itself_and_has_its_page(maker):
    apart(maker)
    for place in (1, 2):
        case = maker.issued(maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED), on=DAY)
        assert numbers(case)[KIND] == f"第{place}号-告"
        assert numbers(case)[LetterKind.DISCLOSED] == f"{place}号"
    for kind in (None, KIND):
        page = letter_register.page("zhujian", year=DAY.year, before=None, kind=kind, actor=maker.actor("head"))
        assert (page.count, page.last, page.missing) == (2, 2, 0)

    apart(maker, "")
    case = maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED)
    assert numbers(case)[KIND] == "3号"
    apart(maker)
    case = maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED)
    assert numbers(case)[KIND] == "第3号-告"


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        ("{prefix}〔{year}〕{serial}号", PatternShared),
        ("{prefix}〔{year}〕{serial:04}号", PatternShared),
        ("{prefix}〔{year}〕号", PatternWithoutSerial),
        ("{prefix}" + "长" * 60 + "〔{year}〕{serial}号", PatternTooLong),
        ("〔{year}〕{prefix}{serial}号-告", PatternOutOfOrder),
    ],
)
def test_a_pattern_that_could_give_one_number_twice_is_refused(maker, pattern, refusal):
    with pytest.raises(refusal) as refused:
        apart(maker, pattern)
    assert refused.value.field == "pattern"
    assert letter_series.of_department(maker.department("zhujian").id) == []


def test_another_kind_or_department_cannot_take_the_same_form(maker):
    apart(maker)
    with pytest.raises(PatternShared, match="延期答复告知书"):
        apart(maker, kind=LetterKind.RECEIPT)
    other = maker.department("guizi")
    prefix = departments.facts(maker.department("zhujian")).letter_prefix
    with pytest.raises(PatternShared):
        apart(maker, TOLD.replace("{prefix}", prefix), code="guizi")
    with pytest.raises(NumberShared) as refused:
        change(maker, code="guizi", letter_prefix=prefix, number_pattern=TOLD)
    assert refused.value.field == "letter_prefix"
    for padded in ("{prefix}〔{year}〕{serial:04}号", "{prefix}〔{year}〕{serial}号"):
        with pytest.raises(NumberShared):
            change(maker, code="guizi", letter_prefix=prefix, number_pattern=padded)
    db.session.rollback()
    assert departments.facts(maker.department("guizi")).letter_prefix == other.letter_prefix


def test_a_number_that_was_used_before_is_not_begun_again(maker):
    change(maker, code="zhujian", number_pattern=TOLD)
    maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    change(maker, code="zhujian", number_pattern="{prefix}〔{year}〕{serial}号")
    with pytest.raises(NumberTaken, match="已经用过"):
        apart(maker)


def test_only_the_administrator_sets_it_and_the_page_says_what_is_wrong(maker, app):
    with pytest.raises(NotPermitted):
        apart(maker, by="head")
    admin = StaffDesk(app, "admin", at=moment(DAY))
    path = f"/admin/departments/{maker.department('zhujian').id}/series"
    admin.open(path)
    admin.send(kind=KIND.value, pattern="{prefix}〔{year}〕{serial}号")
    assert "会与" in admin.page.select_one("#error-summary").text
    admin.send(kind=KIND.value, pattern=TOLD)
    assert "第1号-告" in admin.page.text
    auditor = StaffDesk(app, "auditor", at=moment(DAY))
    auditor.open(f"/supervision/letters?department=zhujian&kind={KIND.value}")
    assert auditor.page.select_one("#kind option[selected]")["value"] == KIND.value
