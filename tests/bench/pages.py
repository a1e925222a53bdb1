"""The pages: the app's own against the smallest of the same kind, and the large table against the small one."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from flask import Flask
from sqlalchemy import event

from caseapp import clock
from caseapp.db import db
from tests.bench import plain
from tests.bench.installations import installation, postgres_server
from tests.bench.many_cases import fill, index
from tests.bench.race import Asked, Deed, Measure, compared, race
from tests.bench.visitors import Anybody, Applicant, Clerk

SMALL, LARGE = 1_000, 100_000
ROUNDS = 7
PAGES = (  # name, aim, calls in one turn: of the app, of the yardstick
    ("list page", 0.50, 12, 30),
    ("worklist page", None, 10, 20),
    ("case page", 0.35, 12, 40),
    ("search page, a word of every case", None, 10, 20),
    ("search page, a word of few cases", None, 10, 2),
    ("statistics page, no act since", None, 10, 20),
    ("filing", 0.40, 12, 30),
)
MOST_STATEMENTS = 10
FLAT = 0.9  # the large table costs no more than a tenth of the speed

Visitors = dict[str, tuple[Deed, Deed]]


def measures(backend: str) -> Iterator[Measure | Asked]:
    """Yield the lines of one backend: each page at both sizes, what it asks, and how flat it is between them."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server()) if backend == "postgresql" else ""
        visitors, apps = {}, []
        for cases in (SMALL, LARGE):
            app = stack.enter_context(installation(backend, server))
            visitors[cases] = _visitors(app, cases, stack)
            apps.append(app)
        for name, aim, own, bare in PAGES:
            yield from _measured(name, visitors, aim=aim, times=(own, bare), backend=backend)
            if name != "filing":
                small, large = (_statements(app, of[name][0]) for app, of in zip(apps, visitors.values(), strict=True))
                yield Asked(measure=name, backend=backend, small=small, large=large, most=MOST_STATEMENTS)


def _statements(app: Flask, deed: Deed) -> int:
    """Return how many statements the page costs once it is warm."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def _visitors(app: Flask, cases: int, stack: ExitStack) -> Visitors:
    """Fill the installation, and return for each page who opens it in the app and on the yardstick."""
    looked_at = fill(app, cases, today=clock.today())
    index(app)
    yardstick = plain.create_app(app.config["SQLALCHEMY_DATABASE_URI"])
    stack.callback(plain.drop, yardstick)
    filing = next(own for name, _, own, _ in PAGES if name == "filing")
    clerk, applicant = Clerk(app, looked_at), Applicant(app, filing * (ROUNDS + 1))
    anybody = Anybody(yardstick, looked_at)
    return {
        "list page": (clerk.opens_the_list, anybody.opens_the_list),
        "worklist page": (clerk.opens_the_worklist, anybody.opens_the_worklist),
        "case page": (clerk.opens_a_case, anybody.opens_a_case),
        "search page, a word of every case": (
            clerk.searches_for_what_every_case_has,
            anybody.searches_for_what_every_case_has,
        ),
        "search page, a word of few cases": (
            clerk.searches_for_what_few_cases_have,
            anybody.searches_for_what_few_cases_have,
        ),
        "statistics page, no act since": (clerk.reads_the_statistics, anybody.opens_the_list),
        "filing": (applicant.submits, anybody.submits),
    }


def _measured(
    name: str, visitors: dict[int, Visitors], *, aim: float | None, times: tuple[int, int], backend: str
) -> Iterator[Measure]:
    contestants: dict[str, Deed] = {}
    turns: dict[str, int] = {}
    for cases, pages in visitors.items():
        for who, deed, often in zip(("own", "bare"), pages[name], times, strict=True):
            contestants[f"{who} {cases}"], turns[f"{who} {cases}"] = deed, often
    speed = race(contestants, rounds=ROUNDS, times=turns)
    for cases in visitors:
        yield compared(name, speed[f"own {cases}"], speed[f"bare {cases}"], aim=aim, backend=backend, cases=cases)
    small, large = speed[f"own {SMALL}"], speed[f"own {LARGE}"]
    yield compared(f"{name}, against {SMALL:,} cases", large, small, aim=FLAT, backend=backend, cases=LARGE)
