"""JSON lines with the facts of cases in, their dates and ledgers out; a line with a flaw is named, never guessed at."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.deadlines import Deadline, explain
from caseapp.domain.errors import DomainError
from caseapp.domain.ledger import LedgerLine
from caseapp.domain.rulesets import BY_ID
from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    Event,
    ExtensionGranted,
    SupplementReceived,
    SupplementRequested,
    Timeline,
)

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SHOWN = 60  # characters of a value repeated in a message


class LineRefused(DomainError):
    text = "{what}"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one good line; `record` is ready for JSON."""

    line: int
    record: dict[str, object]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that cannot be read, counted from 1, with Chinese words that name the field and its value."""

    line: int
    error: str

    @property
    def record(self) -> dict[str, object]:
        return {"line": self.line, "error": self.error}


def answer(lines: Iterable[str], *, calendar: WorkingCalendar) -> Iterator[Answered | Malformed]:
    """Yield one result for each line that is not blank, in order; blank lines are counted but not answered.

    A line may say `received` outside the years of its rule set: which rules apply is a person's choice, not ours.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Answered(number, _answer(line, calendar))
        except DomainError as refusal:
            yield Malformed(number, str(refusal))


def _answer(line: str, calendar: WorkingCalendar) -> dict[str, object]:
    fields = _Fields(_parse(line), "")
    fields.allow("id", "ruleset", "received", "events", "as_of", "expected")
    case_id = fields.text("id")
    rule_set = BY_ID.get(fields.text("ruleset"))
    if rule_set is None:
        fields.refuse("ruleset", f"没有这一期限规则，可用的有 {'、'.join(BY_ID)}")
    received_on = fields.day("received")
    timeline = Timeline(received_on=received_on, events=_events(fields, received_on))
    as_of = fields.day("as_of", not_before=received_on)
    return _record(case_id, explain(timeline, rule_set=rule_set, calendar=calendar, as_of=as_of))


def _record(case_id: str, deadline: Deadline) -> dict[str, object]:
    record: dict[str, object] = {
        "id": case_id,
        "state": deadline.state.value,
        "supplement_notice_due": _iso(deadline.supplement_notice_due),
        "answer_due": _iso(deadline.answer_due),
    }
    if deadline.consultation_due is not None:
        record["consultation_due"] = _iso(deadline.consultation_due)
    return record | {
        "violations": [violation.value for violation in deadline.violations],
        "provisional": deadline.provisional,
        "ledger": [_ledger_record(line) for line in deadline.ledger],
    }


def _ledger_record(line: LedgerLine) -> dict[str, object]:
    return {
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "counted": line.counted,
        "number": line.number,
        "kind": line.kind.value,
        "why": line.why,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# --- reading one line ---


def _parse(line: str) -> object:
    try:
        return json.loads(line, object_pairs_hook=_without_repetition, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise LineRefused(what="这一行不是 JSON") from None


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise LineRefused(what=f"字段 {_shown(repeated)} 重复出现")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise LineRefused(what=f"JSON 中不能出现 {name}")


def _shown(value: object) -> str:
    """Return the value as JSON for a message, cut short and safe to print."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


class _Fields:
    """One JSON object, read field by field; every refusal names the field and repeats its value."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise LineRefused(what=f"{place or '这一行'}应当是 JSON 对象，现为 {_shown(value)}")
        self.found: Mapping[str, object] = value
        self.place = place

    def refuse(self, name: str, wanted: str) -> NoReturn:
        raise LineRefused(what=f"{self.place}{name} 的值 {_shown(self.found[name])}：{wanted}")

    def allow(self, *names: str) -> None:
        for name in self.found:
            if name not in names:
                raise LineRefused(what=f"{self.place}不认识字段 {_shown(name)}")

    def value(self, name: str) -> object:
        if name not in self.found:
            raise LineRefused(what=f"{self.place}缺少字段 {name}")
        return self.found[name]

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, "应当是不为空的文字")
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.refuse(name, "含有不成对的代理字符")
        return value

    def whole_number(self, name: str, *, at_least: int) -> int:
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
            self.refuse(name, f"应当是不小于 {at_least} 的整数")
        return value

    def day(self, name: str, *, not_before: date | None = None) -> date:
        value = self.value(name)
        if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
            self.refuse(name, "应当是 YYYY-MM-DD 形式的日期")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.refuse(name, "没有这一天")
        if not_before is not None and day < not_before:
            self.refuse(name, f"不能早于 {not_before}")
        return day

    def day_or_null(self, name: str, *, not_before: date) -> date | None:
        return None if self.value(name) is None else self.day(name, not_before=not_before)


def _events(fields: _Fields, received_on: date) -> tuple[Event, ...]:
    values = fields.value("events")
    if not isinstance(values, list):
        fields.refuse("events", "应当是数组")
    events = []
    for number, value in enumerate(values, start=1):
        event = _Fields(value, f"第 {number} 个事件")
        event.place += "的 "
        kind = event.text("type")
        if kind not in EVENTS:
            event.refuse("type", f"没有这一事件类型，可用的有 {'、'.join(EVENTS)}")
        names, build = EVENTS[kind]
        event.allow("type", "on", *names)
        events.append(build(event, event.day("on", not_before=received_on)))
    _check_pairs(events)
    return tuple(events)


def _supplement_requested(event: _Fields, on: date) -> Event:
    return SupplementRequested(on=on, reply_by=event.day("reply_by", not_before=on))


def _supplement_received(_event: _Fields, on: date) -> Event:
    return SupplementReceived(on=on)


def _consultation_opened(event: _Fields, on: date) -> Event:
    delivered_on = event.day_or_null("delivered_on", not_before=on)
    return ConsultationOpened(on=on, delivered_on=delivered_on, ref=event.text("ref"))


def _consultation_closed(event: _Fields, on: date) -> Event:
    return ConsultationClosed(on=on, ref=event.text("ref"))


def _extension_granted(event: _Fields, on: date) -> Event:
    days = event.whole_number("days", at_least=1)
    return ExtensionGranted(on=on, days=days, notified_on=event.day_or_null("notified_on", not_before=on))


EVENTS: dict[str, tuple[tuple[str, ...], Callable[[_Fields, date], Event]]] = {
    "supplement_requested": (("reply_by",), _supplement_requested),
    "supplement_received": ((), _supplement_received),
    "consultation_opened": (("delivered_on", "ref"), _consultation_opened),
    "consultation_closed": (("ref",), _consultation_closed),
    "extension_granted": (("days", "notified_on"), _extension_granted),
}


def _check_pairs(events: Iterable[Event]) -> None:
    """Refuse answers without a question and questions that share a reference; the order of the events is free."""
    opened: dict[str, date] = {}
    closed: set[str] = set()
    asked: list[date] = []
    for event in events:
        if isinstance(event, ConsultationOpened):
            if event.ref in opened:
                raise LineRefused(what=f"征求意见的 ref {_shown(event.ref)} 出现两次")
            opened[event.ref] = event.on
        elif isinstance(event, SupplementRequested):
            asked.append(event.on)
    for event in events:
        if isinstance(event, ConsultationClosed):
            if event.ref not in opened:
                raise LineRefused(what=f"consultation_closed 的 ref {_shown(event.ref)}：没有这一征求意见")
            if event.ref in closed:
                raise LineRefused(what=f"consultation_closed 的 ref {_shown(event.ref)} 出现两次")
            if event.on < opened[event.ref]:
                raise LineRefused(what=f"consultation_closed 的 on {event.on}：早于 {_shown(event.ref)} 的发出日")
            closed.add(event.ref)
        elif isinstance(event, SupplementReceived) and not any(on <= event.on for on in asked):
            raise LineRefused(what=f"supplement_received 的 on {event.on}：此前没有补正告知")
