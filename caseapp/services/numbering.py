"""Numbers without gap or duplicate: taken from a locked counter, in the transaction that uses them."""

from sqlalchemy import Insert, update
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.db import db
from caseapp.models import Series


def next_serial(series: str, *, year: int) -> int:
    """Return the next number of the series in this year, counting from 1; a rolled-back act gives it back."""
    db.session.execute(_open(series, year))
    serial: int | None = db.session.scalar(
        update(Series)
        .where(Series.name == series, Series.year == year)
        .values(last=Series.last + 1)
        .returning(Series.last)
    )
    if serial is None:
        raise RuntimeError(f"series {series} {year} vanished")
    return serial


def _open(series: str, year: int) -> Insert:
    """Open the year's series at 0 unless it is open already."""
    dialect = db.session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(Series).values(name=series, year=year, last=0).on_conflict_do_nothing()
