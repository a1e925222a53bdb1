"""The routing rules as data: loaded from a plan, edited by an administrator, in force at once everywhere."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, func, select

from caseapp.db import db, transaction
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.routing import TableBroken
from caseapp.domain.routing_rules import (
    DepartmentNeeded,
    DepartmentNotListed,
    DepartmentNotNeeded,
    FieldNotListed,
    TermMissing,
    TermTooLong,
    WeightNotNeeded,
    WeightOutOfRange,
)
from caseapp.domain.routing_table import Kind, Term
from caseapp.models import Department, Event, RoutingTerm
from caseapp.services import routing, routing_rules, routing_table
from caseapp.services.routing_rules import TermExists, TermFilters

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NEW_WORD = "飞天茶壶"  # in no plan
ROW = {"term": "茶壶", "kind": "object", "department_code": "shuiwu", "field_code": "", "weight": 6, "active": True}
MOON = {"code": "moon", "name": "月", "departments": []}


def term(**given):
    usual = {"term": NEW_WORD, "kind": Kind.OBJECT, "department_code": "shuiwu", "field_code": "", "weight": 8.0}
    return Term(**(usual | given))


def add(maker, **given):
    with transaction():
        return routing_rules.add_term(term(**given), actor=maker.actor("admin"), at=AT).id


def suggested():
    return routing.suggestion(title="", document_no="", description=f"请公开{NEW_WORD}。")


def test_a_new_word_routes_the_next_request(maker):
    assert suggested().department == "triage"
    add(maker)
    assert suggested().department == "shuiwu"
    assert NEW_WORD in suggested().reason


def test_another_process_sees_an_edit_at_its_next_use(maker, app):
    suggested()
    elsewhere = dict(app.extensions["caseapp"].memo)
    add(maker)
    app.extensions["caseapp"].memo.clear()
    app.extensions["caseapp"].memo.update(elsewhere)
    assert suggested().department == "shuiwu"


def test_the_rules_in_force_cost_one_query(maker):
    routing_table.current()
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        routing_table.current()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 1


def test_an_edit_that_is_rolled_back_leaves_no_trace_in_the_rules(maker):
    with transaction():
        routing_rules.add_term(term(), actor=maker.actor("admin"), at=AT)
        assert suggested().department == "shuiwu"  # built, and kept, inside the edit
        db.session.rollback()
    assert suggested().department == "triage"
    add(maker, department_code="guizi")
    assert suggested().department == "guizi"


def test_a_word_is_kept_as_requests_are_read(maker):
    added = add(maker, term="  ＧＩＳ茶壶 ")
    assert db.session.get_one(RoutingTerm, added).term == "gis茶壶"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"term": "  "}, TermMissing),
        ({"term": "长" * 41}, TermTooLong),
        ({"department_code": "nowhere"}, DepartmentNotListed),
        ({"department_code": ""}, DepartmentNeeded),
        ({"kind": Kind.MASK, "weight": 0.0}, DepartmentNotNeeded),
        ({"kind": Kind.MASK, "department_code": "", "weight": 3.0}, WeightNotNeeded),
        ({"field_code": "nothing"}, FieldNotListed),
        ({"weight": 0.0}, WeightOutOfRange),
        ({"weight": -1.0}, WeightOutOfRange),
        ({"weight": 20.5}, WeightOutOfRange),
        ({"weight": float("nan")}, WeightOutOfRange),
    ],
)
def test_a_word_that_could_not_work_is_refused(maker, given, refusal):
    with pytest.raises(refusal):
        add(maker, **given)


def test_a_word_stands_once_for_a_department_and_kind(maker):
    add(maker)
    with pytest.raises(TermExists, match=NEW_WORD):
        add(maker, field_code="land")
    add(maker, kind=Kind.MATTER)
    add(maker, department_code="guizi")


def test_a_change_of_weight_counts_at_once_and_is_recorded(maker):
    added = add(maker)
    add(maker, department_code="guizi", weight=7.0)
    assert suggested().department == "shuiwu"
    with transaction():
        routing_rules.change_term(added, field_code="", weight=2.0, actor=maker.actor("admin"), at=AT)
    assert suggested().department == "guizi"
    newest = db.session.scalars(select(Event).order_by(Event.position.desc()).limit(1)).one()
    assert newest.kind is EventKind.ROUTING_CHANGED
    assert newest.facts["setting"] == f"修改词语“{NEW_WORD}”（权重 8 → 2）"


def test_a_word_out_of_use_counts_no_more_until_it_is_put_back(maker):
    added, actor = add(maker), maker.actor("admin")
    with transaction():
        routing_rules.deactivate_term(added, actor=actor, at=AT)
    assert suggested().department == "triage"
    with transaction():
        routing_rules.activate_term(added, actor=actor, at=AT)
    assert suggested().department == "shuiwu"


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "auditor"])
def test_only_administrators_edit_the_rules(maker, who):
    added, actor = add(maker), maker.actor(who)
    acts = (
        lambda: routing_rules.find(TermFilters(), actor=actor),
        lambda: routing_rules.add_term(term(term="别的"), actor=actor, at=AT),
        lambda: routing_rules.change_term(added, field_code="", weight=1.0, actor=actor, at=AT),
        lambda: routing_rules.deactivate_term(added, actor=actor, at=AT),
        lambda: routing_rules.activate_term(added, actor=actor, at=AT),
        lambda: routing_rules.try_out(title="", document_no="", description=NEW_WORD, actor=actor),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_the_list_of_words_is_paged_by_key_without_gap_or_repeat(maker):
    actor, seen, after = maker.actor("admin"), [], None
    for _ in range(1000):
        page = routing_rules.find(TermFilters(department="jiaoyi", after=after), actor=actor)
        seen += [row.id for row in page.terms]
        after = page.next_after
        if after is None:
            break
    all_ids = set(db.session.scalars(select(RoutingTerm.id).where(RoutingTerm.department_code == "jiaoyi")))
    assert len(seen) == len(all_ids) > routing_rules.PAGE
    assert set(seen) == all_ids


def test_the_list_is_narrowed_by_the_start_of_a_word(maker):
    add(maker, term="百%分")
    add(maker, term="百姓分")
    found = routing_rules.find(TermFilters(prefix="百%"), actor=maker.actor("admin"))
    assert [row.term for row in found.terms] == ["百%分"]


def test_trying_the_rules_writes_nothing(maker):
    add(maker)
    before = db.session.scalar(select(func.count()).select_from(Event))
    trial = routing_rules.try_out(
        title="", document_no="", description=f"请公开{NEW_WORD}。", actor=maker.actor("admin")
    )
    assert trial.suggestion.department == "shuiwu"
    assert trial.names.departments["shuiwu"] == "水利局"
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


def test_a_plan_loaded_twice_adds_nothing_and_keeps_what_was_edited(maker):
    add(maker)
    with transaction():
        assert routing_table.load_plan() == routing_table.Loaded(departments=0, terms=0, number_patterns=0)
    assert suggested().department == "shuiwu"


def plan(tmp_path, **parts):
    whole = {
        "organ": "示范机关",
        "departments": [{"code": "shuiwu", "name": "水利局", "short_name": "水利局", "letter_prefix": "×水"}],
        "fields": [{"code": "other", "name": "其他", "departments": []}],
        "terms": [
            {
                "term": NEW_WORD,
                "kind": "object",
                "department_code": "shuiwu",
                "field_code": "",
                "weight": 6,
                "active": True,
            }
        ],
    } | parts
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def test_a_plan_replaces_the_words_when_asked_and_leaves_the_departments(maker, tmp_path):
    departments = db.session.scalar(select(func.count()).select_from(Department))
    with transaction():
        routing_table.replace_plan(plan(tmp_path), at=AT)
    assert db.session.scalar(select(func.count()).select_from(RoutingTerm)) == 1
    assert db.session.scalar(select(func.count()).select_from(Department)) == departments
    assert suggested().department == "shuiwu"


@pytest.mark.parametrize(
    ("parts", "entry"),
    [
        ({"terms": [ROW, ROW]}, r"terms（茶壶）.*写了两次"),
        ({"terms": [ROW | {"weight": 0}]}, r"terms（茶壶）.*权重为 0"),
        ({"terms": [ROW | {"department_code": "nowhere"}]}, r"terms（茶壶）.*nowhere"),
        ({"terms": [ROW | {"kind": "poem"}]}, r"terms 第 1 条"),
        ({"terms": [{"term": "茶壶"}]}, r"terms 第 1 条.*缺少 kind"),
        ({"terms": "茶壶"}, r"terms 不能使用：应当是一个列表"),
        ({"terms": [ROW | {"term": "长" * 41}]}, r"超过 40 字"),
        ({"departments": [{"code": "shuiwu"}]}, r"departments 第 1 条.*缺少 name"),
        ({"fields": [MOON], "terms": [ROW | {"field_code": "moon"}]}, "moon"),
    ],
)  # fmt: skip
def test_a_broken_plan_is_refused_by_the_name_of_its_entry(maker, tmp_path, parts, entry):
    with pytest.raises(TableBroken, match=entry), transaction():
        routing_table.replace_plan(plan(tmp_path, **parts), at=AT)


def test_a_file_that_is_no_plan_is_refused(maker, tmp_path):
    path = tmp_path / "plan.json"
    for content in ("", "{", "[]", "3"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(TableBroken, match=r"plan\.json"):
            routing_table.load_plan(path)
    with pytest.raises(TableBroken, match="读不出来"):
        routing_table.load_plan(tmp_path / "none.json")
