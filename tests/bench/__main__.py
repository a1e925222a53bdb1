"""`make bench`: prints the speeds as a table for people, then as JSON lines for programs."""

import argparse
from collections.abc import Iterator

from tests.bench import annual, pages, recount, rules
from tests.bench.race import Asked, Held, Measure
from tests.conftest import BACKENDS


def measures(backends: list[str]) -> Iterator[Measure | Held | Asked]:
    """Yield every line of the report."""
    yield from rules.due_dates()
    yield from rules.letters()
    for backend in backends:
        yield from pages.measures(backend)
        yield from recount.measures(backend)
        yield from annual.measures(backend)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--backend", choices=BACKENDS, action="append", help="only this one; may be repeated")
    found = []
    for measure in measures(parser.parse_args().backend or list(BACKENDS)):
        print(measure.words, flush=True)
        found.append(measure)
    print()
    for measure in found:
        print(measure.json)


if __name__ == "__main__":
    main()
