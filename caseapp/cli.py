"""Commands: a noun, a verb, one call; input is read line by line, and a bad line is named on standard error."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError, ProgrammingError
from waitress import serve

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.holiday_year import as_record, read_notices
from caseapp.services import (
    administration,
    attachments,
    audit,
    calendar_notices,
    consultations,
    deadline_lines,
    deadlines,
    demonstration,
    drafts,
    fees,
    installation,
    letter_files,
    recount,
    reminders,
    report_files,
    report_lines,
    reports,
    routing_lines,
    routing_table,
    working_calendar,
)

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


deadlines_group = Group("deadlines", help="答复期限")
routing_group = Group("routing", help="分派规则")
calendar_group = Group("calendar", help="工作日历")
audit_group = Group("audit", help="办理记录")
people_group = Group("people", help="人员账号")
drafts_group = Group("drafts", help="未提交的草稿")
duties_group = Group("duties", help="应办事项")
fees_group = Group("fees", help="信息处理费")
REBUILD_BATCH = 200

report_group = Group("report", help="年度报告")
letters_group = Group("letters", help="文书")
cases_group = Group("cases", help="申请")
GROUPS = (
    cases_group,
    letters_group,
    report_group,
    deadlines_group,
    routing_group,
    calendar_group,
    audit_group,
    people_group,
    drafts_group,
    duties_group,
    fees_group,
)


def set_up(app: Flask) -> None:
    """Add the commands to the app."""
    for group in GROUPS:
        app.cli.add_command(group)
    app.cli.add_command(serve_command)


def _lines() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are no UTF-8 become half characters, which no field accepts."""
    yield from io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="surrogateescape")


def _write(record: Mapping[str, Any], *, to_errors: bool = False) -> None:
    click.echo(json.dumps(record, ensure_ascii=False), err=to_errors)


def _answer_all(records: Iterable[Mapping[str, Any]]) -> None:
    """Write each answer; leave with status 2 once all good lines are answered, when any line was not."""
    bad = 0
    for record in records:
        malformed = "error" in record
        bad += malformed
        _write(record, to_errors=malformed)
    if bad:
        sys.exit(BAD_INPUT)


def _refuse(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(BAD_INPUT)


@deadlines_group.command("explain")
def explain_deadlines() -> None:
    """Read cases as JSON lines; write state, due dates and the ledger of each."""
    answers = deadline_lines.answer(_lines(), calendar=working_calendar.current_or_national())
    _answer_all(answer.record for answer in answers)


@routing_group.command("suggest")
def suggest_routes() -> None:
    """Read requests as JSON lines; write the department, the field and the reason for each."""
    _answer_all(routing_lines.answer(_lines(), table=routing_table.current()))


@routing_group.command("measure")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def measure_routes(file: Path) -> None:
    """Compare the suggestions with the labels in FILE: top-1 accuracy, and every miss."""
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            measured = routing_lines.measure(lines, table=routing_table.current())
    except DomainError as refusal:
        _refuse(str(refusal))
    if not measured.total:
        _refuse("文件中没有可以比较的行。")
    for miss in measured.misses:
        _write({"miss": str(miss.id), "wanted": miss.wanted, "suggested": miss.suggested})
    _write({"total": measured.total, "hits": measured.hits, "accuracy": round(measured.accuracy, 4)})


@routing_group.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_routes(file: Path | None) -> None:
    """Load departments and routing rules from FILE (or the plan that comes with the system) into empty tables."""
    try:
        with transaction():
            routing_table.load_plan(*([file] if file else []))
    except DomainError as refusal:
        _refuse(str(refusal))
    click.echo("已载入。")


@calendar_group.command("import-notice")
@click.argument("file", type=TEXT_FILE)
@click.option("--year", type=click.IntRange(2007, 2100), required=True, help="通知安排的年份")
@click.option("--after", type=TEXT_FILE, multiple=True, help="此前的通知，最早的在前；可以重复")
@click.option("--number", default="", help="通知的文号")
@click.option("--dry-run", is_flag=True, help="只读出日期，不写入")
def import_notice(file: Path, year: int, after: tuple[Path, ...], number: str, dry_run: bool) -> None:
    """Read the State Council's notice in FILE; enter it and count every open case anew. Prints the year as JSON."""
    try:
        texts = [_text(path) for path in (*after, file)]
        plan = read_notices(texts if dry_run else [*calendar_notices.texts_of(year), *texts], year=year)
        if not dry_run:
            _enter_notices(texts, year=year, number=number or file.name)
    except DomainError as refusal:
        _refuse(str(refusal))
    _write(as_record(plan))


def _enter_notices(texts: list[str], *, year: int, number: str) -> None:
    with transaction(), click.progressbar(length=recount.open_cases(), label="重新计算期限", file=sys.stderr) as bar:
        moved = calendar_notices.enter(
            texts, year=year, number=number, actor=None, at=clock.now(), tell=lambda done: bar.update(done - bar.pos)
        )
    click.echo(f"期限有变化的申请：{moved} 件", err=True)


def _text(path: Path) -> str:
    """Return the file's text: UTF-8, or the national encoding that older files come in."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


@audit_group.command("verify")
def verify_audit() -> None:
    """Check the chain of the history; name the first broken row and leave with status 1."""
    broken = audit.verify()
    if broken is not None:
        click.echo(f"第 {broken.position} 行：{broken.words}", err=True)
        sys.exit(1)
    click.echo(f"完整：{audit.length()} 行")


@people_group.command("add-administrator")
@click.argument("sign_in_name")
@click.argument("name")
@click.password_option("--password", prompt="密码", confirmation_prompt="再输入一次")
def add_administrator(sign_in_name: str, name: str, password: str) -> None:
    """Make the first administrator of a new installation."""
    try:
        with transaction():
            administration.add_first_administrator(sign_in_name, name=name, password=password, at=clock.now())
    except DomainError as refusal:
        _refuse(str(refusal))
    click.echo(f"已添加管理员 {sign_in_name}。")


@people_group.command("close-demonstration")
def close_demonstration() -> None:
    """Deactivate every account of the demonstration office."""
    with transaction():
        administration.close_demonstration_accounts(at=clock.now())
    click.echo("演示账号已停用。")


@cases_group.command("refresh")
def refresh_cases() -> None:
    """Record the silence of those consulted whose reply period has passed; to be run every night."""
    with transaction():
        lapsed = consultations.refresh_lapsed(clock.now())
    click.echo(f"已登记 {lapsed} 件征求意见逾期未答复。")


@drafts_group.command("sweep")
def sweep_drafts() -> None:
    """Remove drafts that nobody touched for a day, with their files."""
    with transaction():
        names = drafts.sweep(at=clock.now())
    attachments.drop(names)
    click.echo(f"已清理，删除附件 {len(names)} 个。")


@duties_group.command("remind")
def remind_of_duties() -> None:
    """Give every reminder that is due and not given yet, each once; write them as JSON lines."""
    while True:
        with transaction():
            given = reminders.run(clock.now())
        for reminder in given:
            _write(reminder.record)
        if not given:
            return


@duties_group.command("rebuild")
def rebuild_duties() -> None:
    """Derive dates and duties of every open case anew; changes nothing where they already stand."""
    after: int | None = 0
    while after is not None:
        with transaction():
            after = deadlines.refresh_open(after=after, most=REBUILD_BATCH, at=clock.now())
    click.echo("已重新推算全部未办结申请的应办事项。")


@fees_group.command("totals")
@click.option("--year", type=click.IntRange(2021, 9998), required=True, help="缴费所在的年份")
def total_fees(year: int) -> None:
    """Write what was paid in fees in a year, for section 六 of the annual report (R54)."""
    _write(fees.totals(year))


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
        _refuse(str(refusal))
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
        _refuse("文件不是 UTF-8 编码。")
    except DomainError as refusal:
        _refuse(str(refusal))
    for one in found:
        _write({name: getattr(one, name) for name in ("identity", "row", "column", "left", "right", "words")})
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
        _refuse(str(refusal))
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
        _refuse(str(refusal))
    _write({"year": year, "carried_over": count})


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--demonstration", "with_demonstration", is_flag=True, help="载入演示机构（只载入一次）")
def serve_command(port: int, with_demonstration: bool) -> None:
    """Migrate the database and serve on the loopback address."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = installation.current().settings
    if settings.production and with_demonstration:
        _refuse("CASEAPP_DEMONSTRATION：生产环境不能载入演示账号。")
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    upgrade()
    if with_demonstration and not demonstration.is_loaded():
        click.echo("正在载入演示机构……")
        demonstration.load(clock.now(), transaction=transaction)
    _greet(port, with_demonstration)
    serve(app, host="127.0.0.1", port=port, **server_options(proxies=settings.proxies))


def server_options(*, proxies: int) -> dict[str, object]:
    """Return how waitress serves: what trusted proxies tell of the visitor reaches the app only where there are any."""
    return {
        "threads": 8,
        "ident": None,
        "max_request_body_size": 13 * 1024 * 1024,
        "clear_untrusted_proxy_headers": not proxies,
    }


def _greet(port: int, with_demonstration: bool) -> None:
    click.echo(f"\n申请人：      http://127.0.0.1:{port}/\n工作人员：    http://127.0.0.1:{port}/staff/sign-in")
    if with_demonstration:
        click.echo(f"演示账号（密码都是 {demonstration.PASSWORD}）：")
        for sign_in_name, name, *_ in demonstration.PEOPLE:
            click.echo(f"  {sign_in_name:<10}{name}")
    click.echo("按 Ctrl+C 停止。\n")
