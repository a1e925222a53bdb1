"""The due date against the bare holidays package, and a letter against bare python-docx."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import count, cycle

import docx
import holidays

from caseapp.domain.deadlines import Timeline, explain, two_clocks
from caseapp.domain.document import Paragraph
from caseapp.domain.letters import LetterKind
from caseapp.domain.rulesets import CN_2019, DISTRICT_15
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.gateways.letter_words import LetterText
from caseapp.gateways.official_document import set_document
from tests.bench.race import Held, Measure, compared, race
from tests.gateways.letter_samples import DAY, ORGAN, letter_text, make_document

ROUNDS = 7
RECEIPTS = [date(2023, 3, 1) + timedelta(days=day) for day in range(1000)]  # years that the notices fix
FEW_LETTERS, MANY_LETTERS = 10, 500
NUMBERS = count(1)


def due_dates() -> Iterator[Measure]:
    """Yield the speed of one due date, and of both clocks of a case, each against as many of the package's."""
    china = holidays.country_holidays("CN", years=range(2007, 2046))
    receipts, own_receipts, both_receipts, bare_receipts = (cycle(RECEIPTS) for _ in range(4))
    calendar = base_calendar()

    def due(day: date) -> date | None:
        facts = Timeline(received_on=day, events=())
        return explain(facts, rule_set=CN_2019, calendar=calendar, as_of=day, with_ledger=False).answer_due

    def both() -> None:
        facts = Timeline(received_on=next(both_receipts), events=())
        day = facts.received_on
        two_clocks(facts, local=DISTRICT_15, statute=CN_2019, calendar=calendar, as_of=day, with_ledger=False)

    def bare_both() -> None:
        day = next(bare_receipts)
        china.get_nth_working_day(day, DISTRICT_15.answer_days)
        china.get_nth_working_day(day, CN_2019.answer_days)

    assert all(due(day) == china.get_nth_working_day(day, CN_2019.answer_days) for day in RECEIPTS)
    speed = race(
        {
            "own": lambda: due(next(own_receipts)),
            "bare": lambda: china.get_nth_working_day(next(receipts), CN_2019.answer_days),
            "both": both,
            "bare both": bare_both,
        },
        rounds=ROUNDS,
        times=1000,
    )
    yield compared("due date, against holidays", speed["own"], speed["bare"], aim=1.0)
    yield compared("both clocks, against holidays twice", speed["both"], speed["bare both"], aim=1.0)


def letters() -> Iterator[Measure | Held]:
    """Yield the speed of one letter, and the most memory that five hundred hold against that of ten."""
    speed = race({"own": _set_letter, "bare": _bare_letter}, rounds=ROUNDS, times={"own": 40, "bare": 4})
    yield compared("letter, against bare python-docx", speed["own"], speed["bare"], aim=1.0)
    few, many = _peak(FEW_LETTERS), _peak(MANY_LETTERS)
    measure = f"memory of {MANY_LETTERS} letters, against {FEW_LETTERS}"
    yield Held(measure=measure, few_kb=round(few), many_kb=round(many), share=round(many / few, 3), aim=1.2)


def _words() -> LetterText:
    return letter_text(LetterKind.PARTIAL, case_number=f"2026-{next(NUMBERS):04}")


def _set_letter() -> None:
    text = _words()
    set_document(make_document(title=text.title, blocks=text.blocks))


def _bare_letter() -> None:
    text = _words()
    paragraphs = [block.text for block in text.blocks if isinstance(block, Paragraph)]
    document = docx.Document()
    for paragraph in (ORGAN, "示规资复〔2026〕5号", text.title, "王某某：", *paragraphs, ORGAN, DAY.isoformat()):
        document.add_paragraph(paragraph)
    document.save(BytesIO())


def _peak(letters: int) -> float:
    """Return the most kilobytes that setting so many letters held at once."""
    gc.collect()
    tracemalloc.start()
    for _ in range(letters):
        _set_letter()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024
