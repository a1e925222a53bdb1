"""The office's day is the day in Shanghai, wherever the machine believes to be."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.services import intake
from tests.golden_files import golden

ROOT = Path(__file__).parent.parent
SAMPLE = "\n".join(golden("deadlines.jsonl").read_text("utf-8").splitlines()[:60]) + "\n"
ZONES = ("UTC", "Asia/Shanghai", "America/New_York")


def explained(zone: str, folder: Path) -> tuple[int, str, str]:
    """Run the command as on a machine that is set to this time zone."""
    environment = {**os.environ, "TZ": zone, "CASEAPP_DATA": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "deadlines", "explain"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=SAMPLE,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_dates_are_the_same_in_every_time_zone(tmp_path):
    in_shanghai = explained("Asia/Shanghai", tmp_path)
    assert in_shanghai[0] == 0, in_shanghai[2]
    assert in_shanghai[1].count("\n") == 60
    for zone in ZONES:
        assert explained(zone, tmp_path) == in_shanghai, zone


@pytest.mark.parametrize(
    ("at", "received_on", "number"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, 900_000, OFFICE_ZONE), date(2026, 12, 31), "2026-0001"),
        (datetime(2026, 12, 31, 15, 59, 59, 900_000, UTC), date(2026, 12, 31), "2026-0001"),
        (datetime(2027, 1, 1, 0, 0, 0, 0, OFFICE_ZONE), date(2027, 1, 1), "2027-0001"),
        (datetime(2026, 12, 31, 16, 0, 0, 0, UTC), date(2027, 1, 1), "2027-0001"),
    ],
)
def test_a_request_of_the_last_tenth_of_a_second_belongs_to_that_day(maker, at, received_on, number):
    key = maker.draft(at=at)
    with transaction():
        filed = intake.file(key, at=at)
    case = maker.again(filed.case_id)
    assert (case.received_on, case.number) == (received_on, number)
    assert case.filed_at == at


def test_the_clock_tells_the_day_of_the_office():
    for hours in range(48):
        moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours)
        with clock.stopped_at(moment):
            assert clock.today() == (date(2026, 3, 1) + timedelta(days=(hours + 8) // 24))
