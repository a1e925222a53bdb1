"""What stands against the other ends and turns of a case, as the next acts ask it: 转办."""

from collections.abc import Callable
from typing import Protocol

from caseapp.domain.lifecycle import Action
from caseapp.models import Extension, Fee
from caseapp.services import transfers


class Stands(Protocol):
    """The part of a case's standing that is looked at here."""

    @property
    def extension(self) -> Extension | None: ...

    @property
    def fee(self) -> Fee | None: ...


def _may_be_handed_on(now: Stands) -> None:
    transfers.check_decided(now.extension, now.fee)


PRECONDITIONS: dict[Action, Callable[[Stands], None]] = {
    Action.TRANSFER: _may_be_handed_on,
}
