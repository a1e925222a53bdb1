"""The coverage of the law: each rule with the place that applies it and the tests that show it, as a table.

`make law` writes docs/law-coverage.md, and fails while a rule has neither a test nor a reason in docs/law-not-yet.md.
"""

import contextlib
import csv
import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RULES = Path(__file__).parent / "law_rules.csv"
NOT_YET = ROOT / "docs" / "law-not-yet.md"
COVERAGE = ROOT / "docs" / "law-coverage.md"
NUMBERS = re.compile(r"\bR(\d+)\b(?:\s*(?:–|-|to)\s*R?(\d+)\b)?")
ENTRY = re.compile(r"^\| (R\d+) \| (.+?) \|$", re.M)
MOST_SHOWN = 4


@dataclass
class Rule:
    """One rule of the law and what stands behind it here."""

    name: str
    articles: str
    sentence: str
    places: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    not_yet: str = ""

    @property
    def is_covered(self) -> bool:
        return bool(self.tests or self.not_yet)


class Marked:
    """A plugin of pytest that notes which test shows which rule."""

    def __init__(self) -> None:
        self.tests: dict[str, set[str]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("rule"):
                for rule in mark.args:
                    self.tests.setdefault(rule, set()).add(item.nodeid.split("[")[0])


def marked_tests() -> dict[str, set[str]]:
    """Return the tests by rule, as pytest collects them; raises `RuntimeError` where it cannot."""
    marked, words = Marked(), io.StringIO()
    with contextlib.redirect_stdout(words):
        status = pytest.main(["--collect-only", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"], plugins=[marked])
    if status != pytest.ExitCode.OK:
        raise RuntimeError(words.getvalue()[-4000:])
    return marked.tests


def places() -> dict[str, set[str]]:
    """Return the modules that name a rule by its number; a range names all rules in it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "caseapp").rglob("*.py")):
        for first, last in NUMBERS.findall(path.read_text("utf-8")):
            for number in range(int(first), int(last or first) + 1):
                found.setdefault(f"R{number}", set()).add(str(path.relative_to(ROOT / "caseapp").with_suffix("")))
    return found


def read_rules(tests: dict[str, set[str]]) -> list[Rule]:
    """Return every rule with its places, its tests and, where it is not done, the reason."""
    with RULES.open(encoding="utf-8", newline="") as lines:
        rules = [Rule(row["rule"], row["articles"], row["sentence"]) for row in csv.DictReader(lines)]
    reasons, named = dict(ENTRY.findall(NOT_YET.read_text("utf-8"))), places()
    unknown = sorted({*tests, *reasons} - {rule.name for rule in rules})
    if unknown:
        raise RuntimeError(f"no such rule: {', '.join(unknown)}")
    for rule in rules:
        rule.places, rule.tests = sorted(named.get(rule.name, ())), sorted(tests.get(rule.name, ()))
        rule.not_yet = reasons.get(rule.name, "")
    return rules


def table(rules: Iterable[Rule]) -> str:
    """Return the page: one line a rule, what is missing said in the last column."""
    rules = list(rules)
    waiting = [rule for rule in rules if not rule.tests]
    partly = [rule for rule in rules if rule.tests and rule.not_yet]
    head = (
        "# Coverage of the law\n\n"
        "Made by `make law` from `tests/law_rules.csv`, the rule numbers in `caseapp/`, the marks of the tests and "
        "`docs/law-not-yet.md`. Do not edit.\n\n"
        f"{len(rules)} rules: {len(rules) - len(waiting)} shown by tests ({len(partly)} of them in part), "
        f"{len(waiting)} not yet.\n\n"
        "| rule | basis | in short | applied in | tests | not yet |\n|---|---|---|---|---|---|\n"
    )
    return head + "".join(_line(rule) for rule in rules)


def _line(rule: Rule) -> str:
    where = ", ".join(f"`{place}`" for place in rule.places) or "—"
    files = sorted({test.split("::")[0].removeprefix("tests/") for test in rule.tests})
    shown = f"{len(rule.tests)}: " + ", ".join(f"`{name}`" for name in files[:MOST_SHOWN]) if files else "—"
    more = " …" if len(files) > MOST_SHOWN else ""
    return f"| {rule.name} | {rule.articles} | {rule.sentence} | {where} | {shown}{more} | {rule.not_yet} |\n"


def main() -> int:
    """Write the table; return 1 while a rule is neither shown nor accounted for."""
    rules = read_rules(marked_tests())
    COVERAGE.write_text(table(rules), encoding="utf-8")
    missing = [rule for rule in rules if not rule.is_covered]
    for rule in missing:
        print(f"{rule.name} has no test and no entry in docs/law-not-yet.md: {rule.sentence}")
    print(f"{len(rules)} rules, {sum(bool(rule.tests) for rule in rules)} with tests, {len(missing)} unaccounted for")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
