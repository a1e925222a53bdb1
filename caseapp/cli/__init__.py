"""Commands: a noun, a verb, one call; input is read line by line, and a bad line is named on standard error."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask_migrate import upgrade
from waitress import serve

from caseapp import clock
from caseapp.cli.output import TEXT_FILE, Group, answer_all, lines, refuse, write
from caseapp.cli.papers import catalogue_group, letters_group, report_group
from caseapp.cli.worker import jobs_group, work_beside
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
    recount,
    reminders,
    routing_lines,
    routing_table,
    working_calendar,
)

deadlines_group = Group("deadlines", help="答复期限")
routing_group = Group("routing", help="分派规则")
calendar_group = Group("calendar", help="工作日历")
audit_group = Group("audit", help="办理记录")
people_group = Group("people", help="人员账号")
drafts_group = Group("drafts", help="未提交的草稿")
duties_group = Group("duties", help="应办事项")
fees_group = Group("fees", help="信息处理费")
REBUILD_BATCH = 200

cases_group = Group("cases", help="申请")
GROUPS = (
    cases_group,
    letters_group,
    report_group,
    jobs_group,
    deadlines_group,
    routing_group,
    calendar_group,
    audit_group,
    people_group,
    catalogue_group,
    drafts_group,
    duties_group,
    fees_group,
)


def set_up(app: Flask) -> None:
    """Add the commands to the app."""
    for group in GROUPS:
        app.cli.add_command(group)
    app.cli.add_command(serve_command)


@deadlines_group.command("explain")
def explain_deadlines() -> None:
    """Read cases as JSON lines; write state, due dates and the ledger of each."""
    answers = deadline_lines.answer(lines(), calendar=working_calendar.current_or_national())
    answer_all(answer.record for answer in answers)


@routing_group.command("suggest")
def suggest_routes() -> None:
    """Read requests as JSON lines; write the department, the field and the reason for each."""
    answer_all(routing_lines.answer(lines(), table=routing_table.current()))


@routing_group.command("measure")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def measure_routes(file: Path) -> None:
    """Compare the suggestions with the labels in FILE: top-1 accuracy, and every miss."""
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            measured = routing_lines.measure(lines, table=routing_table.current())
    except DomainError as refusal:
        refuse(str(refusal))
    if not measured.total:
        refuse("文件中没有可以比较的行。")
    for miss in measured.misses:
        write({"miss": str(miss.id), "wanted": miss.wanted, "suggested": miss.suggested})
    write({"total": measured.total, "hits": measured.hits, "accuracy": round(measured.accuracy, 4)})


@routing_group.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_routes(file: Path | None) -> None:
    """Load departments and routing rules from FILE (or the plan that comes with the system) into empty tables."""
    try:
        with transaction():
            routing_table.load_plan(*([file] if file else []))
    except DomainError as refusal:
        refuse(str(refusal))
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
        refuse(str(refusal))
    write(as_record(plan))


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
        refuse(str(refusal))
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
            write(reminder.record)
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
    write(fees.totals(year))


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--demonstration", "with_demonstration", is_flag=True, help="载入演示机构（只载入一次）")
def serve_command(port: int, with_demonstration: bool) -> None:
    """Migrate the database and serve on the loopback address."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = installation.current().settings
    if settings.production and with_demonstration:
        refuse("CASEAPP_DEMONSTRATION：生产环境不能载入演示账号。")
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    upgrade()
    if with_demonstration and not demonstration.is_loaded():
        click.echo("正在载入演示机构……")
        demonstration.load(clock.now(), transaction=transaction)
    _greet(port, with_demonstration)
    work_beside(app)
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
