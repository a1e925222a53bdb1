"""What the letters state of a department: edited by an administrator, judged before it can make a wrong letter."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.department_facts import AddressNotOnline, FactMissing, NumberShared, PrefixRefused
from caseapp.domain.events import EventKind
from caseapp.domain.filing import TextTooLong
from caseapp.domain.numbering import PatternOutOfOrder, PatternWithoutSerial, PatternWithoutYear
from caseapp.domain.permissions import NotPermitted
from caseapp.models import Event
from caseapp.services import departments, routing

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def change(maker, code="shuiwu", *, seen=None, by="admin", **facts):
    found = maker.department(code)
    wanted = replace(departments.facts(found), **facts)
    seen = seen or departments.state(found)
    with transaction():
        departments.change(found.id, wanted=wanted, seen=seen, actor=maker.actor(by), at=AT)


def test_a_change_is_kept_and_recorded_with_what_was_before(maker):
    change(maker, phone="0755-00000000")
    assert maker.department("shuiwu").phone == "0755-00000000"
    newest = db.session.scalars(select(Event).order_by(Event.position.desc()).limit(1)).one()
    assert newest.kind is EventKind.DEPARTMENT_CHANGED
    assert (newest.facts["was"], newest.facts["now"]) == ({"phone": ""}, {"phone": "0755-00000000"})


def test_the_reasons_of_routing_use_the_new_short_name_at_once(maker):
    change(maker, "zhujian", short_name="住建委")
    found = routing.suggestion(title="", document_no="", description="申请公开示范花园3号楼竣工验收备案表。")
    assert "住建委" in found.reason


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"name": " "}, FactMissing, "name"),
        ({"short_name": ""}, FactMissing, "short_name"),
        ({"letter_prefix": ""}, FactMissing, "letter_prefix"),
        ({"court": "长" * 81}, TextTooLong, "court"),
        ({"review_address": "fuyi.example.com"}, AddressNotOnline, "review_address"),
        ({"review_address": "javascript:alert(1)"}, AddressNotOnline, "review_address"),
        ({"review_address": "https:// x"}, AddressNotOnline, "review_address"),
        ({"number_pattern": "{prefix}{serial}号"}, PatternWithoutYear, "number_pattern"),
        ({"number_pattern": "{prefix}〔{year}〕号"}, PatternWithoutSerial, "number_pattern"),
        ({"number_pattern": "〔{year}〕{prefix}{serial}号"}, PatternOutOfOrder, "number_pattern"),
        ({"letter_prefix": "×水〔公〕"}, PrefixRefused, "letter_prefix"),
    ],
)
def test_a_fact_that_would_make_a_wrong_letter_is_refused_at_its_field(maker, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        change(maker, **facts)
    assert refused.value.field == field


def test_two_departments_cannot_write_the_same_numbers(maker):
    with pytest.raises(NumberShared, match=maker.department("zhujian").name):
        change(maker, letter_prefix=maker.department("zhujian").letter_prefix)


def test_a_form_drawn_from_an_older_state_is_refused(maker):
    seen = departments.state(maker.department("shuiwu"))
    change(maker, phone="0755-00000000")
    with pytest.raises(departments.DepartmentChanged, match="刚被别人更新"):
        change(maker, phone="0755-11111111", seen=seen)
    db.session.rollback()
    assert maker.department("shuiwu").phone == "0755-00000000"


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "auditor"])
def test_only_administrators_edit_departments(maker, who):
    with pytest.raises(NotPermitted):
        change(maker, by=who, phone="0755-00000000")
