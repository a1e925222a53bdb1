"""Every page that each person of the office can reach, found by following the links; and drafts and receipts."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.domain.outcome import Outcome
from caseapp.models import Case
from caseapp.services import attachments, drafts, extensions, intake
from caseapp.services.demonstration_cases import Sample, answers
from tests.browser.conftest import Visitor

ROLES = ("clerk", "officer", "officer2", "head", "admin", "auditor")
PUBLIC = (
    "/", "/guide", "/search", "/accessibility", "/privacy", "/track", "/track?number=2026-0001", "/calculator",
    "/calculator?received_on=2026-03-02", "/calculator?received_on=", "/apply/kind",
    "/articles", "/staff/sign-in", "/no-such-page",
)  # fmt: skip
STEPS = ("/apply/kind", "/apply/applicant", "/apply/information", "/apply/delivery", "/apply/check")
FILE = re.compile(
    r"/(letters|attachments|papers)/\d+(/pdf)?$|/reports/\d+/files/|/all\.xlsx|/envelope$|/cases/labels$|/file/sheets/"
    r"|/statistics/file|/oversight/file|/progress/\d+/file|/assessment/file|/published/feed/|/openapi\.json$|/guide/form\.docx$|/files/\d+$"
)
FOR_STAFF = re.compile(r"/(cases|supervision|admin|staff)(/|\?|$)")
CASE = re.compile(r"/cases/(\d+)(?=/|$)")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def one_case_of_each_state(app: Flask) -> dict[str, int]:
    """Return ids of demonstration cases, one for each mix of status, outcome, extension and way of delivery."""
    found: dict[str, int] = {}
    with app.app_context():
        for case in db.session.scalars(select(Case).order_by(Case.id)):
            extension = extensions.latest(case.id)
            extended = extension.status.value if extension else ""
            outcome = case.outcome.value if case.outcome else ""
            found.setdefault(f"{case.status.value}-{outcome}-{extended}-{case.delivery_way.value}", case.id)
        db.session.remove()
    return found


def pages_of(visitor: Visitor, start: str, cases: set[int] | None = None) -> list[str]:
    """Return the paths reached from `start` by links: every kind of page once, and each of these cases."""
    for_staff = FOR_STAFF.match(start) is not None
    waiting, seen, found = [start], {_kind(start, cases)}, []
    while waiting:
        path = waiting.pop(0)
        answer = visitor.context.request.get(visitor.url + path)
        assert answer.status in (200, 403, 404), f"{answer.status} at {path}"
        if answer.status != 200:
            continue
        if re.fullmatch(r"/cases/\d+", path) or _kind(path, None) not in {_kind(one, None) for one in found}:
            found.append(path)  # the acts on a case look alike in every state: one of each is looked at, all are asked
        for link in BeautifulSoup(answer.text(), "html.parser").select("header a[href], main a[href]"):
            to = urldefrag(str(link["href"])).url
            if not to.startswith("/") or FILE.search(to) or _kind(to, cases) in seen:
                continue
            if not _chosen(to, cases, for_staff=for_staff):
                continue
            seen.add(_kind(to, cases))
            waiting.append(to)
    return found


def replies_of_every_kind(paths: list[str]) -> list[str]:
    """Return the pages on which each kind of reply is drafted for the first case that can be answered."""
    answerable = [path for path in paths if re.fullmatch(r"/cases/\d+/reply", path)][:1]
    return [f"{path}/{outcome.value}" for path in answerable for outcome in Outcome]


def _chosen(path: str, cases: set[int] | None, *, for_staff: bool) -> bool:
    """Say whether a page is looked at: one for everybody by everybody, one for staff by them."""
    one = CASE.search(path)
    return bool(FOR_STAFF.match(path)) is for_staff and (cases is None or one is None or int(one[1]) in cases)


def _kind(path: str, cases: set[int] | None) -> str:
    parts = urlsplit(path)
    asked = ",".join(sorted(parse_qs(parts.query, keep_blank_values=True)))
    each = cases is not None and CASE.search(path)
    return f"{parts.path if each else re.sub(r'[0-9]+', 'N', parts.path)}?{asked}"


@dataclass(frozen=True)
class Request:
    """What an applicant has typed, and how far he is."""

    kind: str = "person"
    agent: str = ""
    name: str = "申请人某"
    title: str = "示范花园3号楼竣工验收备案表"
    file_name: str = "现场公示照片和说明文件"
    way: str = "online"
    description: str = "申请公开示范花园3号楼竣工验收备案表。"
    files: int = 0
    filed: bool = False


def typed(app: Flask, request: Request) -> str:
    """Keep this draft, or file it, and return its key for the cookie."""
    key, at = drafts.new_key(), clock.now()
    sample = Sample(
        title=request.title,
        description=request.description,
        filed_back=0,
        kind=request.kind,
        name=request.name,
        way=request.way,
    )
    with app.app_context():
        with transaction():
            for step, given in answers(sample).items():
                more = {"agent_name": request.agent} if step == "kind" else {}
                drafts.save(key, step, {**given, **more}, at=at)
            for number in range(request.files):
                attachments.add(key, name=f"{number + 1}{request.file_name}.png", content=PNG, at=at)
        if request.filed:
            with transaction():
                intake.file(key, at=at)
        db.session.remove()
    return key


def following(app: Flask, case_id: int) -> str:
    """Return the session cookie of somebody who has just given number and query code of this case."""
    session = {"tracked_case": {"case": case_id, "until": clock.now().timestamp() + 1800}}
    return str(app.session_interface.get_signing_serializer(app).dumps(session))  # type: ignore[attr-defined]
