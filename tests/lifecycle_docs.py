"""Makes docs/lifecycle.md from the transition table and the grants: the diagram of states and the table of acts."""

from collections.abc import Iterator
from pathlib import Path

from caseapp.domain.lifecycle import ACTION_WORDS, OPEN, STATUS_WORDS, TRANSITIONS, Action, Status
from caseapp.domain.permissions import GRANTS, NEEDED_FOR

PAGE = Path(__file__).parent.parent / "docs" / "lifecycle.md"
MADE_BY = "Made by `make docs` from `domain/lifecycle.py` and `domain/permissions.py`. Do not edit."

# The article behind an act, by the first word found in its name.
ARTICLES = (
    ("extension", "33(2)"),
    ("supplement", "30"),
    ("lapse", "30"),
    ("consultation", "32–34"),
    ("consulted", "32–34"),
    ("disclosure", "32"),
    ("reasons", "35"),
    ("fee", "42"),
    ("unpaid", "42"),
    ("correct", "41"),
    ("reply", "36–40, 45"),
    ("deliver", "33(2), 40"),
    ("answer", "33(1), 36–40"),
    ("receipt", "31"),
    ("received", "31"),
    ("confirm", "31"),
    ("transfer", "31, 36(5)"),
    ("split", "29, 31"),
    ("withheld", "18"),
    ("publication", "44"),
    ("dispute", "51"),
    ("reopen", "51"),
)
GENERAL = "45"


def article(action: Action) -> str:
    """Return the article that the act applies; art. 45 (登记、审核、办理、答复、归档) stands behind every other one."""
    return next((cited for word, cited in ARTICLES if word in action.value), GENERAL)


def who_may(action: Action) -> str:
    """Return who is granted the act, in the words of the grant table."""
    return ", ".join(rule.__name__.replace("_", " ") for rule in GRANTS[NEEDED_FOR[action]])


def diagram() -> Iterator[str]:
    """Yield the lines of the diagram: one arrow for each pair of states, with the acts that lead along it."""
    yield "stateDiagram-v2"
    for status in Status:
        yield f'    state "{STATUS_WORDS[status]}" as {status.value}'
    yield f"    [*] --> {Status.REGISTERED.value}"
    arrows: dict[tuple[Status, Status], list[Action]] = {}
    for (before, action), after in TRANSITIONS.items():
        arrows.setdefault((before, after), []).append(action)
    for (before, after), actions in arrows.items():
        yield f"    {before.value} --> {after.value}: {' / '.join(ACTION_WORDS[action] for action in actions)}"
    for status in Status:
        if status not in OPEN:
            yield f"    {status.value} --> [*]"


def acts() -> Iterator[str]:
    """Yield the lines of the table: one row for each act and each state that it leads to; 不变 where it stays."""
    yield "| act | from | to | who may | art. |"
    yield "|---|---|---|---|---|"
    for action in Action:
        ways: dict[str, list[str]] = {}
        for (before, found), after in TRANSITIONS.items():
            if found is action:
                ways.setdefault("不变" if before is after else STATUS_WORDS[after], []).append(STATUS_WORDS[before])
        for leads_to, befores in ways.items():
            froms = "、".join(befores)
            yield f"| {ACTION_WORDS[action]} | {froms} | {leads_to} | {who_may(action)} | {article(action)} |"


def page() -> str:
    """Return the whole page."""
    head = (
        f"# Lifecycle of a case\n\n{MADE_BY}\n\nOverdue, due soon and late are questions about dates, never states.\n"
    )
    return head + "\n```mermaid\n" + "\n".join(diagram()) + "\n```\n\n## Acts\n\n" + "\n".join(acts()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
