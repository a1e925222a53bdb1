"""Search on both databases: two characters are enough, only one's own cases come, an index serves it."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from caseapp.db import db, transaction
from caseapp.domain.permissions import NotPermitted
from caseapp.models import Applicant, Case, Letter
from caseapp.services import search, supplements
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


def numbers(query, actor):
    return [case.number for case in search.find(query, place=search.Place(), actor=actor).cases]


def test_a_case_is_found_by_its_words_and_its_applicant_and_by_nothing_else(maker):
    case = maker.case(received_on=RECEIVED)
    clerk = maker.actor("clerk")
    words = [
        case.description[1:3],
        case.description[:4],
        case.applicant.name,
        f"{case.description[:2]} {case.title[:2]}",
    ]
    for query in words:
        assert case.number in numbers(query, clerk), query
    assert numbers("鑫淼", clerk) == []
    assert numbers(f"{case.description[:2]} 鑫淼", clerk) == []


def test_numbers_in_full_find_their_case(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    other = maker.case(received_on=RECEIVED)
    clerk = maker.actor("clerk")
    letter = db.session.query(Letter).filter(Letter.case_id == case.id).one()
    assert numbers(case.number, clerk) == [case.number]
    assert numbers(letter.number, clerk) == [case.number]
    assert numbers(other.number, clerk) == [other.number]
    assert numbers("2026-9999", clerk) == []


def test_an_identity_number_finds_its_cases_for_those_only_who_may_see_one(maker):
    case = maker.case(received_on=RECEIVED)
    typed = "91110000MA0000000X"
    digest = search.installation.current().vault.digest(typed, purpose="same applicant")
    with transaction():
        maker.again(case.id).applicant.identity_digest = digest
    assert numbers(typed.lower(), maker.actor("clerk")) == [case.number]
    assert numbers(typed, maker.actor("head")) == []


def test_a_telephone_number_finds_its_cases_for_those_only_who_may_see_one(maker):
    case = maker.case(received_on=RECEIVED)
    phone = case.applicant.phone
    for typed in (phone, f" {phone[:4]} {phone[4:]}", phone.replace("0", "０")):
        assert numbers(typed, maker.actor("clerk")) == [case.number], typed
    assert numbers(phone, maker.actor("head")) == []
    assert numbers(phone[:-1] + ("1" if phone[-1] == "0" else "0"), maker.actor("clerk")) == []


def test_a_code_as_long_as_an_identity_number_is_found_as_a_word(maker):
    case = maker.case(received_on=RECEIVED, description="申请公开项目2101AB00000000001X的竣工验收备案表。")
    for name in ("clerk", "head"):
        assert numbers("2101ab00000000001x", maker.actor(name)) == [case.number]


def test_cases_of_one_identity_follow_page_by_page_within_the_department(maker, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    made = [maker.case(received_on=RECEIVED) for _ in range(4)]
    typed = "91110000MA0000000X"
    digest = search.installation.current().vault.digest(typed, purpose="same applicant")
    elsewhere = maker.actor("officer2").department_id
    with transaction():
        for applicant in db.session.scalars(select(Applicant)):
            applicant.identity_digest = digest
        db.session.get_one(Case, made[3].id).department_id = elsewhere
    officer = maker.actor("officer")
    first = search.find(typed, place=search.Place(), actor=officer)
    second = search.find(typed, place=first.next_place, actor=officer)
    assert [case.id for case in (*first.cases, *second.cases)] == [made[2].id, made[1].id, made[0].id]


def test_an_officer_finds_the_cases_of_his_department_only(maker):
    case = maker.case(received_on=RECEIVED)
    query = case.description[:3]
    mine, other = maker.actor("officer"), maker.actor("officer2")
    assert mine.department_id == case.department_id != other.department_id
    assert numbers(query, mine) == [case.number]
    assert numbers(query, other) == numbers(case.number, other) == []
    with pytest.raises(NotPermitted):
        search.find(query, place=search.Place(), actor=maker.actor("admin"))


def test_pages_follow_by_key_the_newest_first(maker, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    made = [maker.case(received_on=RECEIVED) for _ in range(5)]
    query, clerk = made[0].description[:3], maker.actor("clerk")
    seen, place = [], search.Place()
    while True:
        page = search.find(query, place=place, actor=clerk)
        seen += [case.id for case in page.cases]
        if (place := page.next_place) is None:
            break
    assert seen == sorted((case.id for case in made), reverse=True)


def test_signs_of_a_query_language_are_letters_like_others(maker):
    case = maker.case(received_on=RECEIVED)
    for query in (f'"{case.description[:2]}"', f"{case.description[:2]}%", f"{case.description[:3]}')--"):
        assert numbers(query, maker.actor("clerk")) == [case.number], query


def test_an_act_that_is_rolled_back_leaves_no_entry(maker):
    case = maker.case(received_on=RECEIVED)
    count = text("SELECT COUNT(*) FROM search_entries")
    before = db.session.scalar(count)
    number = case.id

    def given_up():
        with transaction():
            search.put(maker.again(number))
            db.session.execute(text("DELETE FROM cases"))  # refused: rows of other tables belong to it

    with pytest.raises(IntegrityError):
        given_up()
    assert db.session.scalar(count) == before == 1


def test_pages_cross_from_one_window_to_the_next_and_lose_nothing(maker, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    monkeypatch.setattr(search, "WINDOW", 3)
    made = [maker.case(received_on=RECEIVED) for _ in range(7)]
    clerk, place, pages = maker.actor("clerk"), search.Place(), []
    while place is not None:
        page = search.find(made[0].description[:3], place=place, actor=clerk)
        pages.append([case.id for case in page.cases])
        place = page.next_place
    assert [len(page) for page in pages] == [2, 1, 2, 1, 1]
    assert [case_id for page in pages for case_id in page] == sorted((case.id for case in made), reverse=True)


def test_what_the_title_says_stands_above_what_the_text_mentions(maker):
    titled = maker.case(received_on=RECEIVED, title="竣工验收备案表")
    quoting = maker.case(received_on=RECEIVED, title="其他材料", description="申请公开竣工验收备案表的附件和说明。")
    exact = maker.case(received_on=RECEIVED, title="竣工验收")
    nothing = maker.case(received_on=RECEIVED, title="房源表", description="申请公开公租房的房源表。")
    found = numbers("竣工验收", maker.actor("clerk"))
    assert found[0] == exact.number
    assert found[1] == titled.number
    assert found[2:] == [quoting.number]
    assert nothing.number not in found


def test_the_words_of_a_letter_and_of_a_correction_find_their_case_from_the_act_on(maker, app):
    case, other = maker.case(received_on=RECEIVED), maker.case(received_on=RECEIVED)
    clerk = maker.actor("clerk")
    rare = "鑫淼档案馆"
    content = replace(maker.content(), given=f"竣工验收备案表，原件存{rare}")
    assert numbers(rare, clerk) == []
    maker.issued(case, on=DAY, content=content)
    assert numbers(rare, clerk) == [case.number]
    desk = StaffDesk(app, "clerk", at=moment(RECEIVED, 15))
    desk.open("/cases/search")
    desk.send(words=rare)
    assert "这些字见于补正、文书" in desk.page.text
    maker.awaiting(other, on=RECEIVED)
    number = other.id
    with transaction():
        version = maker.again(number).version
        supplements.take_on_paper(
            number, taken_on=RECEIVED, text="补充：鑫淼小区三期", version=version, actor=clerk, at=moment(RECEIVED, 16)
        )
    assert numbers("鑫淼小区", clerk) == [other.number]


def test_an_index_serves_the_search(maker):
    maker.case(received_on=RECEIVED)
    dialect = db.engine.dialect.name
    statement = search.FIND[dialect] + search.NEWEST[dialect]
    place = {"match": search.MATCH[dialect](search.search_words.phrases("竣工验收")), "before": 9, "most": 26}
    if dialect == "postgresql":
        condition = "search_entries.tokens @@ to_tsquery('simple', :match)"
        assert condition in statement
        db.session.execute(text("SET LOCAL enable_seqscan = off"))  # the table is too small to be worth an index
        words = text(f"EXPLAIN SELECT case_id FROM search_entries WHERE {condition}")
        plan = "\n".join(row[0] for row in db.session.execute(words, {"match": place["match"]}))
        assert "ix_search_entries_tokens" in plan
    else:
        plan = "\n".join(row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"), place))
        assert "SCAN search_entries VIRTUAL TABLE INDEX" in plan
        assert "TEMP B-TREE" not in plan


def test_the_page_marks_the_hit_keeps_what_was_typed_and_puts_it_in_no_address(maker, app):
    case = maker.case(received_on=RECEIVED)
    query = case.description[2:5]
    clerk = StaffDesk(app, "clerk", at=moment(RECEIVED, 15))
    clerk.open("/cases/search")
    clerk.send(words=query)
    assert {mark.text for mark in clerk.page.select("mark")} == {query}
    assert clerk.page.select_one(".rows__number a").text == case.number
    assert clerk.page.select_one("#words")["value"] == query
    assert clerk.path == "/cases/search"
    clerk.send(words="收")
    assert "请至少输入两个连续的字" in clerk.page.text
    assert clerk.page.select_one("#words")["value"] == "收"
    clerk.send(words="鑫淼鑫淼")
    assert "没有找到您能查看的申请" in clerk.page.text
    clerk.send(words="字" * 81)
    assert "请控制在 80 字以内" in clerk.page.text
