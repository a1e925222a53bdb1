"""How commands read and write: UTF-8 lines in, JSON lines out, refusals on standard error with status 2."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

BAD_INPUT = 2
TEXT_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Group(AppGroup):
    """Commands around one noun; without a database that is set up, they say what to run first."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            reason = type(error.orig).__name__
            click.echo(f"数据库没有应答或尚未建立（{reason}）。请先运行：flask --app wsgi db upgrade", err=True)
            sys.exit(1)


def lines() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are no UTF-8 become half characters, which no field accepts."""
    yield from io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="surrogateescape")


def write(record: Mapping[str, Any], *, to_errors: bool = False) -> None:
    click.echo(json.dumps(record, ensure_ascii=False), err=to_errors)


def answer_all(records: Iterable[Mapping[str, Any]]) -> None:
    """Write each answer; leave with status 2 once all good lines are answered, when any line was not."""
    bad = 0
    for record in records:
        malformed = "error" in record
        bad += malformed
        write(record, to_errors=malformed)
    if bad:
        sys.exit(BAD_INPUT)


def refuse(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(BAD_INPUT)
