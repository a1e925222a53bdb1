"""How what was typed on the first step goes back into its form."""

from collections.abc import Mapping


def kind_as_typed(answers: Mapping[str, object]) -> dict[str, object]:
    """Return the first step's answers as its form takes them."""
    if not answers:
        return {}
    agent = answers.get("agent_name") or ""
    return {**answers, "representation": "agent" if agent else "self"}
