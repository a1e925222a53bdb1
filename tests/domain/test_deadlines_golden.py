import csv
import json
from datetime import date

import pytest

from caseapp.domain.deadlines import ExtensionGranted, Timeline, explain
from caseapp.domain.rulesets import BY_ID
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.services.deadline_lines import Answered, answer
from tests.golden_files import golden

CALENDAR = base_calendar()
VECTORS = list(csv.DictReader(golden("deadline_vectors.csv").read_text("utf-8").splitlines()))
LINES = golden("deadlines.jsonl").read_text("utf-8").splitlines()
BESIDES_THE_EXPECTATION = {"id", "provisional", "ledger"}


def on_the_day(row, events=()):
    received_on = date.fromisoformat(row["received"])
    timeline = Timeline(received_on=received_on, events=tuple(events))
    as_of = max([received_on, *(event.notified_on for event in events)])
    return explain(timeline, rule_set=BY_ID[row["rule_set"]], calendar=CALENDAR, as_of=as_of)


@pytest.mark.rule("R13")
@pytest.mark.rule("R14")
@pytest.mark.rule("R16")
@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in VECTORS if row["due"]])
def test_the_worked_answer_dates_come_out(row):
    assert on_the_day(row).answer_due == date.fromisoformat(row["due"])
    assert not on_the_day(row).provisional


@pytest.mark.rule("R19")
@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in VECTORS if row["due"]])
def test_the_worked_dates_with_the_longest_extension_come_out(row):
    due = date.fromisoformat(row["due"])
    extension = ExtensionGranted(on=due, days=int(row["extension_working_days"]), notified_on=due)
    assert on_the_day(row, [extension]).answer_due == date.fromisoformat(row["latest_due_if_extended"])


@pytest.mark.rule("R26")
@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in VECTORS])
def test_the_worked_last_days_for_a_supplement_notice_come_out(row):
    last_day = row["last_day_for_buzheng_notice_7wd"]
    assert on_the_day(row).supplement_notice_due == (date.fromisoformat(last_day) if last_day else None)


@pytest.mark.rule("R15")
def test_a_date_past_the_announced_years_is_provisional_and_the_ledger_says_so():
    [row] = [row for row in VECTORS if not row["due"]]
    deadline = on_the_day(row)
    assert deadline.provisional
    assert deadline.answer_due == date(2027, 1, 8)
    assert "暂定" in deadline.ledger[-1].why


@pytest.mark.rule("R13")
@pytest.mark.rule("R18")
@pytest.mark.rule("R20")
@pytest.mark.rule("R22")
@pytest.mark.rule("R27")
def test_all_four_hundred_cases_agree():
    answers = list(answer(LINES, calendar=CALENDAR))
    assert len(answers) == len(LINES) == 400
    for line, found in zip(LINES, answers, strict=True):
        case = json.loads(line)
        assert isinstance(found, Answered), found
        assert found.record["id"] == case["id"]
        kept = {name: value for name, value in found.record.items() if name not in BESIDES_THE_EXPECTATION}
        assert kept == case["expected"], case["id"]
