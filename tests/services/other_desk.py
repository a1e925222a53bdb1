"""The other ends and turns of a case, for the tests of the closed world: 转办."""

from collections.abc import Callable

from caseapp.domain.lifecycle import Action
from caseapp.models import Case
from caseapp.services import transfers

A = Action


def acts(case: Case, common: dict[str, object]) -> dict[A, Callable[[], object]]:
    """Return these acts on this case."""
    return {
        A.TRANSFER: lambda: transfers.transfer(case.id, department="guizi", reason="由该局制作。", **common),
    }
