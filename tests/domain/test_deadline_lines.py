import json
from datetime import date

import pytest

from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.services.deadline_lines import Answered, Malformed, answer

CALENDAR = base_calendar()
OPENED = {"type": "consultation_opened", "on": "2025-03-05", "delivered_on": "2025-03-06", "ref": "c1"}
CLOSED = {"type": "consultation_closed", "on": "2025-03-11", "ref": "c1"}
ASKED = {"type": "supplement_requested", "on": "2025-03-06", "reply_by": "2025-03-20"}
TAKEN = {"type": "supplement_received", "on": "2025-03-14"}
GRANTED = {"type": "extension_granted", "on": "2025-03-10", "days": 5, "notified_on": "2025-03-11"}


def line(*events, without=None, **changes):
    case = {"id": "a", "ruleset": "CN-2019", "received": "2025-03-03", "events": events, "as_of": "2025-03-12"}
    return json.dumps({name: value for name, value in (case | changes).items() if name != without})


def only(text):
    [result] = answer([text], calendar=CALENDAR)
    return result


def test_a_good_line_gets_its_dates_and_its_ledger():
    record = only(line(OPENED)).record
    assert list(record) == [
        *("id", "state", "supplement_notice_due", "answer_due", "consultation_due"),
        *("violations", "provisional", "ledger"),
    ]
    assert (record["state"], record["consultation_due"]) == ("suspended", "2025-03-27")
    assert record["ledger"][0] == {
        "first": "2025-03-03",
        "last": "2025-03-03",
        "counted": False,
        "number": None,
        "kind": "receipt",
        "why": "收到申请，当日不计",
    }
    json.dumps(record)


def test_without_an_open_or_lapsed_consultation_there_is_no_consultation_date():
    assert "consultation_due" not in only(line(OPENED, CLOSED)).record


def test_blank_lines_are_counted_and_passed_over():
    results = list(answer(["", line(), "  \n", "{"], calendar=CALENDAR))
    assert [type(result) for result in results] == [Answered, Malformed]
    assert [result.line for result in results] == [2, 4]
    assert results[1].record == {"line": 4, "error": "这一行不是 JSON"}


def test_events_may_stand_in_any_order_and_lie_in_the_future():
    assert only(line(CLOSED, OPENED)).record == only(line(OPENED, CLOSED)).record
    assert isinstance(only(line(TAKEN, ASKED)), Answered)


def test_a_person_may_choose_a_rule_set_outside_its_years():
    early = only(line(received="2019-05-14", as_of="2019-05-14"))
    assert early.record["answer_due"] == "2019-06-12"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("[1]", "这一行应当是 JSON 对象，现为 [1]", id="an array"),
        pytest.param("null", "现为 null", id="null"),
        pytest.param("[" * 100_000, "不是 JSON", id="too deep"),
        pytest.param('{"id": NaN}', "不能出现 NaN", id="not a number"),
        pytest.param('{"id": "a", "id": "b"}', '字段 "id" 重复出现', id="a field twice"),
        pytest.param('{"id": ' + "9" * 5000 + "}", "不是 JSON", id="a number without end"),
        pytest.param(line(without="as_of"), "缺少字段 as_of", id="a missing field"),
        pytest.param(line(without="events"), "缺少字段 events", id="no events"),
        pytest.param(line(recieved="2025-01-01"), '不认识字段 "recieved"', id="an unknown field"),
        pytest.param(line(id=7), "id 的值 7", id="an id that is a number"),
        pytest.param(line(id=" "), 'id 的值 " "', id="an empty id"),
        pytest.param(line(id="\ud800"), r'id 的值 "\ud800"', id="half a character"),
        pytest.param(line(ruleset="CN-2099"), 'ruleset 的值 "CN-2099"', id="an unknown rule set"),
        pytest.param(line(received="2025-02-29"), 'received 的值 "2025-02-29"：没有这一天', id="no such day"),
        pytest.param(line(received="20250303"), "YYYY-MM-DD", id="a date without hyphens"),
        pytest.param(line(received="2025-W10-1"), "YYYY-MM-DD", id="a week date"),
        pytest.param(line(received="2025-03-03T00:00:00"), "YYYY-MM-DD", id="a moment"),
        pytest.param(line(received="２０２５-03-03"), "YYYY-MM-DD", id="full-width digits"),
        pytest.param(line(received=20250303), "received 的值 20250303", id="a date as a number"),
        pytest.param(line(received=None), "received 的值 null", id="no date"),
        pytest.param(line(received="1999-01-01"), "工作日历只有 2007-01-01 至", id="before the calendar"),
        pytest.param(line(received="9999-12-31", as_of="9999-12-31"), "工作日历只有", id="after the calendar"),
        pytest.param(line(as_of="2025-03-02"), 'as_of 的值 "2025-03-02"：不能早于 2025-03-03', id="today too early"),
        pytest.param(line(events={}), "events 的值 {}：应当是数组", id="events as an object"),
        pytest.param(line(None), "第 1 个事件应当是 JSON 对象，现为 null", id="an event that is null"),
        pytest.param(line(OPENED | {"type": "paused"}), '第 1 个事件的 type 的值 "paused"', id="unknown type"),
        pytest.param(line(OPENED | {"type": []}), "type 的值 []", id="a type that is no text"),
        pytest.param(line(TAKEN | {"reply_by": "2025-03-20"}), '不认识字段 "reply_by"', id="a field of another type"),
        pytest.param(line(OPENED | {"on": "2025-03-02"}), "不能早于 2025-03-03", id="before the receipt"),
        pytest.param(line(OPENED | {"delivered_on": "2025-03-04"}), "不能早于 2025-03-05", id="delivered too early"),
        pytest.param(line(OPENED | {"ref": 1}), "ref 的值 1", id="a ref that is a number"),
        pytest.param(line(ASKED | {"reply_by": "2025-03-05"}), "不能早于 2025-03-06", id="reply before question"),
        pytest.param(line(GRANTED | {"days": True}), "days 的值 true", id="days as a truth value"),
        pytest.param(line(GRANTED | {"days": 5.0}), "days 的值 5.0", id="days with a fraction"),
        pytest.param(line(GRANTED | {"days": "5"}), 'days 的值 "5"', id="days as text"),
        pytest.param(line(GRANTED | {"days": 0}), "days 的值 0：应当是不小于 1 的整数", id="no days"),
        pytest.param(line(GRANTED | {"notified_on": "2025-03-09"}), "不能早于 2025-03-10", id="told too early"),
        pytest.param(
            line({k: v for k, v in GRANTED.items() if k != "notified_on"}), "缺少字段 notified_on", id="untold"
        ),
        pytest.param(line(OPENED, OPENED), 'ref "c1" 出现两次', id="opened twice"),
        pytest.param(line(OPENED, CLOSED, CLOSED), 'ref "c1" 出现两次', id="closed twice"),
        pytest.param(line(CLOSED), 'ref "c1"：没有这一征求意见', id="closed but never opened"),
        pytest.param(line(OPENED, CLOSED | {"on": "2025-03-04"}), "on 2025-03-04：早于", id="closed too early"),
        pytest.param(line(TAKEN), "supplement_received 的 on 2025-03-14：此前没有补正告知", id="nobody asked"),
    ],
)
def test_a_malformed_line_is_named_and_never_guessed_at(text, words):
    result = only(text)
    assert isinstance(result, Malformed)
    assert words in result.error
    json.dumps(result.record, ensure_ascii=False).encode("utf-8")


@pytest.mark.rule("R15")
def test_a_date_beyond_the_notices_is_marked_provisional():
    record = only(line(received="2026-12-10", as_of="2026-12-10")).record
    assert (record["provisional"], record["answer_due"]) == (True, date(2027, 1, 8).isoformat())
