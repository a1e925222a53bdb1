"""The worker that sends messages to applicants and staff: as a command of its own, or in a thread beside the server."""

import sys
import threading
import time
from urllib.parse import urlsplit

import click
from flask import Flask, current_app

from caseapp import clock
from caseapp.cli.output import Group, refuse, write
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.services import installation, jobs, notices, pushes, staff_mails

HALF_A_MINUTE = 30
LARGEST_REPORT = 5_000_000  # bytes

jobs_group = Group("jobs", help="后台任务")


@jobs_group.command("run")
@click.option("--once", is_flag=True, help="发送完到期的通知就退出")
def run_jobs(once: bool) -> None:
    """Send what waits for applicants and staff; without --once, look again every half minute until stopped."""
    while True:
        sent = _work()
        if once:
            write({"sent": sent})
            return
        time.sleep(HALF_A_MINUTE)


@jobs_group.command("bounce")
def take_bounce() -> None:
    """Read one report of mail that came back from standard input, and make a task of the message it names."""
    try:
        with transaction():
            number = notices.take_bounce(sys.stdin.buffer.read(LARGEST_REPORT))
    except DomainError as refusal:
        refuse(str(refusal))
    write({"notice": number})


def _work() -> int:
    """Queue today's reminders, send and push what waits, and return how many messages and pushes were taken."""
    staff_mails.queue_due(transaction=transaction, at=clock.now())
    pushed = pushes.send_due(transaction=transaction, now=clock.now, link=_link)
    return pushed + jobs.run(installation.current().carrier, transaction=transaction, now=clock.now)


def _link(site: str, item_id: int, file_id: int | None) -> str:
    """Return the address of a published item, or of its file, under a site, without a request that would tell it."""
    parts = urlsplit(site)
    place = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    if file_id is None:
        return place.build("public.show_item", {"item_id": item_id}, force_external=True)
    values = {"item_id": item_id, "item_file_id": file_id}
    return place.build("public.download_item_file", values, force_external=True)


def work_beside(app: Flask) -> None:
    """Send messages in a thread of the serving process, which ends with it; a failure is logged and tried again."""

    def work() -> None:
        while True:
            with app.app_context():
                try:
                    _work()
                except Exception:
                    app.logger.exception("jobs")
            time.sleep(HALF_A_MINUTE)

    threading.Thread(target=work, name="jobs", daemon=True).start()
