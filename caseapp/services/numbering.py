"""Numbers without gap or duplicate: taken from a locked counter, in the transaction that uses them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Executable, bindparam

from caseapp.db import INSERTS, db, table_of
from caseapp.models import Series


def _next(insert: Callable[[Any], Any]) -> Executable:
    """Open the year's series at 1, or count it on; either way its row stays locked until the transaction ends."""
    series = table_of(Series)
    first = insert(series).values(name=bindparam("name"), year=bindparam("year"), last=1)
    counted_on = first.on_conflict_do_update(index_elements=["name", "year"], set_={"last": series.c.last + 1})
    statement: Executable = counted_on.returning(series.c.last)
    return statement


NEXT = {dialect: _next(insert) for dialect, insert in INSERTS.items()}


def next_serial(series: str, *, year: int) -> int:
    """Return the next number of the series in this year, counting from 1; a rolled-back act gives it back."""
    taken = db.session.execute(NEXT[db.engine.dialect.name], {"name": series, "year": year})
    serial: int = taken.scalar_one()
    return serial
