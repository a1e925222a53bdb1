"""The dated facts of a case from which its periods follow: what happened, and on which day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementRequested:
    """The applicant was told what to correct, and until when (art. 30)."""

    on: date
    reply_by: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementReceived:
    """The corrected application arrived."""

    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationOpened:
    """A third party or another organ was asked (art. 32, 34); `delivered_on` is None until the letter has arrived."""

    on: date
    delivered_on: date | None
    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationClosed:
    """The reply to the consultation `ref` was received."""

    on: date
    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionGranted:
    """An extension was approved on `on`; `notified_on` is None until the applicant has been told (art. 33)."""

    on: date
    days: int
    notified_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeNoticed:
    """The fee notice went out on `on`; `pay_by` is None until the applicant has received it (fee measure, art. 6)."""

    on: date
    pay_by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeePaid:
    """The fee was paid: the period begins anew on the day after (R53)."""

    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened:
    """A review body or a court had the case handled anew (decision 11); `on` is day zero of the period.

    The decision may set the period itself, in working days or by its last day; otherwise the full period runs anew.
    """

    on: date
    working_days: int | None = None
    answer_by: date | None = None
    by: str = ""  # which decision, in words

    @property
    def sets_period(self) -> bool:
        return self.working_days is not None or self.answer_by is not None


Event = (
    SupplementRequested
    | SupplementReceived
    | ConsultationOpened
    | ConsultationClosed
    | FeeNoticed
    | FeePaid
    | ExtensionGranted
    | Reopened
)

# Facts of one day are read in this order: a question comes before its answer.
SAME_DAY = {
    kind: place
    for place, kind in enumerate(
        (
            SupplementRequested,
            SupplementReceived,
            ConsultationOpened,
            ConsultationClosed,
            FeeNoticed,
            FeePaid,
            ExtensionGranted,
            Reopened,
        )
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """A case as its periods see it: the day of receipt and the events, in any order."""

    received_on: date
    events: tuple[Event, ...] = ()
    arrived_on: date | None = None  # where both sides confirmed on a later day (art. 31)
    is_unconfirmed: bool = False  # nobody has confirmed yet: `received_on` is the day of arrival

    def known_on(self, as_of: date) -> list[Event]:
        """Return the events up to and including `as_of` in order of time; later facts are not yet known."""
        return sorted(
            (event for event in self.events if event.on <= as_of),
            key=lambda event: (event.on, SAME_DAY[type(event)]),
        )
