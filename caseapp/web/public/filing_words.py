"""How what was typed on the first step goes back into its form."""

from collections.abc import Mapping

from caseapp.domain.correction import CaseKind


def kind_as_typed(answers: Mapping[str, object], *, wanted: str | None) -> dict[str, object]:
    """Return the first step's answers as its form takes them; the address may name what is applied for."""
    case_kind = {"case_kind": wanted} if wanted in list(CaseKind) else {}
    if not answers:
        return dict(case_kind)
    agent = answers.get("agent_name") or ""
    return {**answers, **case_kind, "representation": "agent" if agent else "self"}
