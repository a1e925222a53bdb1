"""Runs contestants in turns and reports what share of the yardstick's speed the subject reaches."""

import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

Deed = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One line of the report: medians of calls in a second, and the subject's share of the yardstick."""

    measure: str
    backend: str | None
    cases: int | None
    subject_per_s: float
    yardstick_per_s: float
    share: float
    aim: float | None  # none: reported for the record

    @property
    def words(self) -> str:
        """Return the line as people read it."""
        where = f"{self.backend or '':11}{f'{self.cases:,} cases' if self.cases else '':>14}"
        aim = f"   aim {self.aim:.0%}" if self.aim else ""
        speeds = f"{self.subject_per_s:>10,.1f}/s of {self.yardstick_per_s:>10,.1f}/s"
        return f"{self.measure:44}{where}{speeds}{self.share:>8.0%}{aim}"

    @property
    def json(self) -> str:
        """Return the line as programs read it."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Held:
    """One line of the report: the most memory that few and many repetitions hold; 1.0 is flat."""

    measure: str
    few_kb: float
    many_kb: float
    share: float
    aim: float

    @property
    def words(self) -> str:
        """Return the line as people read it."""
        held = f"{self.many_kb:>10,.0f} kB of {self.few_kb:>8,.0f} kB"
        return f"{self.measure:69}{held}{self.share:>8.0%}   aim {self.aim:.0%} at most"

    @property
    def json(self) -> str:
        """Return the line as programs read it."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One line of the report: how many statements a page costs over the small and over the large table."""

    measure: str
    backend: str
    small: int
    large: int
    most: int

    @property
    def words(self) -> str:
        """Return the line as people read it."""
        where = f"{self.measure}, statements"
        return f"{where:44}{self.backend:11}{self.small:>14} and {self.large}   at most {self.most}"

    @property
    def json(self) -> str:
        """Return the line as programs read it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def race(contestants: Mapping[str, Deed], *, rounds: int, times: Mapping[str, int] | int) -> dict[str, float]:
    """Return for each contestant the median calls in a second; in every round each has its turn.

    `times` is how often one turn calls it, for all or for each. The first round warms up and does not count.
    """
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds + 1):
        for name, deed in contestants.items():
            found[name].append(_speed(deed, times if isinstance(times, int) else times[name]))
    return {name: median(speeds[1:]) for name, speeds in found.items()}


def _speed(deed: Deed, times: int) -> float:
    gc.collect()
    began = perf_counter()
    for _ in range(times):
        deed()
    return times / (perf_counter() - began)


def compared(
    measure: str,
    subject: float,
    yardstick: float,
    *,
    aim: float | None,
    backend: str | None = None,
    cases: int | None = None,
) -> Measure:
    """Return the line for two speeds of one run."""
    return Measure(
        measure=measure,
        backend=backend,
        cases=cases,
        subject_per_s=round(subject, 1),
        yardstick_per_s=round(yardstick, 1),
        share=round(subject / yardstick, 3),
        aim=aim,
    )
