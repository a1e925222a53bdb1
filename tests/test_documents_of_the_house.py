"""What the documents say is there: commands, modules, decisions."""

import re
from pathlib import Path

import pytest

from caseapp.app import create_app
from tests.conftest import settings_for

ROOT = Path(__file__).parent.parent
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_of_the_readme_exists_and_every_command_of_ours_is_in_it(tmp_path):
    commands = create_app(settings_for(tmp_path), cheap_passwords=True).cli
    named = set(re.findall(r"flask --app wsgi ([a-z]+) ([a-z-]+)", README))
    assert ("deadlines", "explain") in named
    for group, verb in named - {("db", "upgrade")}:
        assert verb in commands.commands[group].commands, f"{group} {verb}"
    for name, group in commands.commands.items():
        for verb in getattr(group, "commands", ()) if name != "db" else ():
            assert (name, verb) in named, f"{name} {verb} is not in the README"


def test_every_setting_of_the_readme_is_read_and_every_one_that_is_read_is_named():
    read = (ROOT / "caseapp" / "config.py").read_text("utf-8")
    wanted = set(re.findall(r'"((?:CASEAPP_|SECRET_|DATABASE_)[A-Z_]+)"', read)) - {
        "CASEAPP_OFFICE_",
        "CASEAPP_DEMONSTRATION",
    }  # refused in production only
    for name in sorted(wanted):
        assert name in README, name
    for name in re.findall(r"^\| `([A-Z_]+)", README, re.M):
        assert name in wanted or name == "CASEAPP_OFFICE_NAME", name


def test_the_map_names_every_rule_book():
    rooms = (ROOT / "docs" / "map.md").read_text("utf-8")
    for path in sorted((ROOT / "caseapp" / "domain").glob("*.py")):
        if path.stem != "__init__":
            assert f"`{path.stem}`" in rooms, path.stem


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_has_its_number_its_context_and_its_consequences(path):
    text = path.read_text("utf-8")
    number = DECISIONS.index(path) + 1
    assert path.stem.startswith(f"{number:04}-")
    assert text.startswith(f"# {number}. ")
    for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
        assert part in text, part
    assert len(text.splitlines()) <= 30


def test_the_documents_name_no_file_that_is_not_there():
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for named in re.findall(
            r"`((?:docs|tests|caseapp|letters|migrations|templates)/[\w./-]*)`", document.read_text("utf-8")
        ):
            assert (ROOT / named).exists(), f"{document.name} names {named}"
