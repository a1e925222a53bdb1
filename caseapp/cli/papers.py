"""Commands of the letters and of the annual report."""

import sys
from pathlib import Path

import click

from caseapp import clock
from caseapp.cli.output import TEXT_FILE, Group, refuse, write
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.services import catalogue, letter_files, report_files, report_lines, reports

letters_group = Group("letters", help="文书")
report_group = Group("report", help="年度报告")
catalogue_group = Group("catalogue", help="主动公开目录")


@letters_group.command("samples")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def write_samples(folder: Path) -> None:
    """Write one letter for each kind and form into a folder, with short and with long facts."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [(folder / sample.name).write_bytes(sample.content) for sample in letter_files.samples()]
    click.echo(f"已写入 {len(written)} 份文书：{folder}")


@letters_group.command("check")
@click.argument("file", type=TEXT_FILE)
def check_letter(file: Path) -> None:
    """Print each requirement of GB/T 9704 with the value found; leave with status 1 when one is missed."""
    try:
        findings = letter_files.check(file.read_bytes(), name=file.name)
    except DomainError as refusal:
        refuse(str(refusal))
    for finding in findings:
        mark = "符合  " if finding.ok else "不符合"
        click.echo(f"{mark}  {finding.requirement}：应为 {finding.wanted}，实为 {finding.found}")
    missed = sum(not finding.ok for finding in findings)
    click.echo(f"共 {len(findings)} 项，不符合 {missed} 项。")
    if missed:
        sys.exit(1)


@report_group.command("check")
@click.argument("file", type=TEXT_FILE)
def check_report(file: Path) -> None:
    """Read a table three; print each broken identity with row and column, and leave with status 1 if any is."""
    try:
        found = report_lines.broken(file.read_text("utf-8-sig").splitlines(keepends=True))
    except UnicodeDecodeError:
        refuse("文件不是 UTF-8 编码。")
    except DomainError as refusal:
        refuse(str(refusal))
    for one in found:
        write({name: getattr(one, name) for name in ("identity", "row", "column", "left", "right", "words")})
    if found:
        sys.exit(1)


@report_group.command("annual")
@click.argument("year", type=click.IntRange(1900, 2999))
@click.option("--format", "form", type=click.Choice(report_files.FORMATS), default="json", show_default=True)
@click.option("--department", default="", help="部门代码；不写则为全区各部门之和")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；不写则写到标准输出")
def write_report(year: int, form: str, department: str, output: Path | None) -> None:
    """Write tables three and four of a year's report; leave with status 1 while an identity of the form is broken."""
    try:
        report = reports.annual(year, department=department)
    except DomainError as refusal:
        refuse(str(refusal))
    content = report_files.written(report, form=form)
    if output:
        output.write_bytes(content)
    else:
        click.echo(content, nl=False)
    for note in report_files.notes(report)[1:]:
        click.echo(note, err=True)
    if report.broken:
        sys.exit(1)


@report_group.command("freeze")
@click.argument("year", type=click.IntRange(1900, 2999))
def freeze_year(year: int) -> None:
    """Keep the list of cases that a year carries over; row two of the next year's report is read from it."""
    try:
        with transaction():
            count = reports.freeze(year, actor=None, at=clock.now())
    except DomainError as refusal:
        refuse(str(refusal))
    write({"year": year, "carried_over": count})


@catalogue_group.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_catalogue(file: Path | None) -> None:
    """Add the kinds of FILE (or of the catalogue that comes with the system) that are not there yet."""
    try:
        with transaction():
            added = catalogue.load(*([file] if file else []))
    except DomainError as refusal:
        refuse(str(refusal))
    click.echo(f"已载入 {added} 类。")
