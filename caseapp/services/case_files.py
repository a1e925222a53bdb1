"""The file of a case: its list of papers, and the whole of it as one archive with a manifest of digests (D35, R59)."""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import case_file as rules
from caseapp.domain.case_file import Asked, FileFacts, IssuedLetter, Paper
from caseapp.domain.document import LetterForm, OfficialDocument, Paragraph, Table
from caseapp.domain.events import EventKind
from caseapp.domain.letter_paper import PaperKind
from caseapp.domain.letters import LETTERS
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.permissions import Actor, Permission
from caseapp.domain.replies import ReplyStatus
from caseapp.gateways.files import FileBroken, digest
from caseapp.gateways.official_document import set_document
from caseapp.models import (
    Attachment,
    Case,
    Consultation,
    Event,
    Extension,
    IssuedDocument,
    Letter,
    LetterPaper,
    Reply,
    ReplyFile,
)
from caseapp.services import audit, cases, deadlines, installation, internal_sheets, letter_papers, letters, replies

IN_MEMORY = 8 * 1024 * 1024  # an archive larger than this is written to disk while it grows
WIDTHS = (1, 6, 4, 3, 4)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The file list of a case, and what is missing from it."""

    case: Case
    papers: tuple[Paper, ...]

    @property
    def missing(self) -> tuple[Paper, ...]:
        return rules.missing(self.papers)


def listed(case_id: int, *, actor: Actor) -> Listed:
    """Return the papers of the case to those who may read it; raises `NotVisible`."""
    case = cases.get(case_id, actor=actor)
    return Listed(case=case, papers=rules.papers(_facts(case)))


def take(case_id: int, *, actor: Actor, at: datetime) -> tuple[str, IO[bytes]]:
    """Return name and content of the whole file as a .zip, and record who took it.

    A file whose bytes are not those that were stored is named in the manifest and left out.
    """
    case = cases.get(case_id, actor=actor, permission=Permission.READ_CASE)
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the edge closes it when it is sent)
    manifest: list[dict[str, object]] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _contents(case, at=at):
            if content is None:
                manifest.append({"name": name, "sha256": None, "note": "文件已损坏，未能装入"})
                continue
            packed.writestr(name, content)
            manifest.append({"name": name, "sha256": digest(content), "size": len(content)})
        packed.writestr("清单.json", _as_json({"case": case.number, "made_at": at.isoformat(), "files": manifest}))
    archive.seek(0)

    audit.record(case, EventKind.CASE_FILE_TAKEN, actor=actor, at=at, file=f"{len(manifest)} 个文件")
    return f"{case.number}_案卷.zip", archive


def _contents(case: Case, *, at: datetime) -> Iterator[tuple[str, bytes | None]]:
    today = local_date(at)
    yield "01_卷内目录.docx", set_document(_index(case, rules.papers(_facts(case)), today=today))
    yield "02_申请.txt", _request(case).encode()
    yield "03_期限逐日计算.txt", _ledger(case, today=today).encode()
    yield "04_办理经过.json", _as_json(list(_history(case)))
    for number, (letter, content) in enumerate(_letters(case), start=1):
        intact = digest(content) == letter.sha256
        mark = "（作废）" if letter.voided else ""
        name = f"文书/{number:02}_{LETTERS[letter.kind].label}_{_safe(letter.number)}{mark}.docx"
        yield name, content if intact else None
    for name, content in internal_sheets.of_case(case):
        yield f"内部文书/{_safe(name)}", content
    yield from _stored("盖章件和送达凭证", letter_papers.of_case(case.id))
    yield from _stored("申请附件", case.attachments)
    yield from _stored("随答复提供", _given(case))


def _stored(folder: str, rows: Sequence[Attachment | ReplyFile | LetterPaper]) -> Iterator[tuple[str, bytes | None]]:
    for number, row in enumerate(rows, start=1):
        yield f"{folder}/{number:02}_{_safe(row.original_name)}", _read(row.stored_name, row.sha256)


def _facts(case: Case) -> FileFacts:
    reply = replies.of(case.id)
    content = replies.content_of(reply) if reply and reply.status is ReplyStatus.ISSUED else None
    search = content.search if content else None
    consulted = select(Consultation).where(Consultation.case_id == case.id).order_by(Consultation.id)
    extensions = select(Extension.approved_on).where(Extension.case_id == case.id).order_by(Extension.id)
    return FileFacts(
        filed_on=case.arrived_on,
        registered_on=local_date(case.filed_at),
        outcome=case.outcome,
        ended_on=case.answered_on or case.closed_on,
        letters=tuple(_issued(case)),
        extensions=tuple(db.session.scalars(extensions)),
        consulted=tuple(
            Asked(name=row.name, is_settled=row.position is not None) for row in db.session.scalars(consulted)
        ),
        approved_on=_approved_on(reply),
        has_search_record=bool(search and search.systems and search.keywords and search.searched_by),
        reviewed_by=content.reviewed_by if content else "",
        attachments=tuple(row.original_name for row in case.attachments),
        given=tuple(row.original_name for row in _given(case)),
    )


def _approved_on(reply: Reply | None) -> date | None:
    return local_date(reply.issued_at) if reply and reply.issued_at else None


def _issued(case: Case) -> Iterator[IssuedLetter]:
    """Yield the letters that stand with the day on which each reached its recipient, the consulted among them."""
    others: dict[int, date | None] = {}
    for row in db.session.scalars(select(Consultation).where(Consultation.case_id == case.id)):
        others[row.letter_id] = row.delivered_on
        if row.notice_letter_id:
            others[row.notice_letter_id] = row.notice_delivered_on
    papers, failures = letter_papers.of_case(case.id), letter_papers.failures_of(case.id)
    for letter in letters.of_case(case.id):
        if letter.voided:
            continue
        beside = [paper for paper in papers if paper.letter_id == letter.id]
        yield IssuedLetter(
            kind=letter.kind,
            number=letter.number,
            dated_on=letter.dated_on,
            delivered_on=letter.delivery.on if letter.delivery else others.get(letter.id),
            scans=tuple(paper.original_name for paper in beside if paper.kind is PaperKind.SEALED_SCAN),
            proofs=tuple(paper.original_name for paper in beside if paper.kind is PaperKind.DELIVERY_PROOF),
            failed_on=tuple(row.on for row in failures if row.letter_id == letter.id),
        )


def _letters(case: Case) -> Iterator[tuple[Letter, bytes]]:
    query = select(Letter, IssuedDocument.content).join(IssuedDocument, IssuedDocument.letter_id == Letter.id)
    ours = query.where(Letter.case_id == case.id).options(joinedload(Letter.voided)).order_by(Letter.id)
    for row in db.session.execute(ours):
        yield row[0], row[1]


def _given(case: Case) -> list[ReplyFile]:
    return list(db.session.scalars(select(ReplyFile).where(ReplyFile.case_id == case.id).order_by(ReplyFile.id)))


def _read(stored_name: str, sha256: str) -> bytes | None:
    try:
        return installation.current().files.read(stored_name, sha256=sha256)
    except FileBroken:
        return None


def _index(case: Case, papers: tuple[Paper, ...], *, today: date) -> OfficialDocument:
    organ = case.department.name if case.department else "政府信息公开工作机构"
    lacking = rules.missing(papers)
    said = f"共{len(papers)}件，其中缺{len(lacking)}件。" if lacking else f"共{len(papers)}件，齐全。"
    return OfficialDocument(
        form=LetterForm.OFFICIAL,
        organ=organ,
        number=None,
        title="卷内目录",
        addressee=f"申请编号{case.number}",
        blocks=(Table(rules.table(papers), widths=WIDTHS), Paragraph(said)),
        signature=organ,
        dated_on=today,
    )


def _request(case: Case) -> str:
    """Return what was asked for; the identity number only masked."""
    applicant = case.applicant
    rows = [
        ("申请编号", case.number),
        ("申请渠道", case.channel.label),
        ("到达日期", chinese_date(case.arrived_on)),
        ("收到申请之日", chinese_date(case.received_on)),
        ("申请人", applicant.name),
        ("类型", applicant.kind.label),
        ("证件号码", applicant.identity_masked),
        ("信息名称", case.title),
        ("文号", case.document_no),
        ("描述", case.description),
        ("形式与获取方式", f"{case.medium.label}，{case.delivery_way.label}"),
    ]
    return "\n".join(f"{label}：{value}" for label, value in rows) + "\n"


def _ledger(case: Case, *, today: date) -> str:
    both = deadlines.clocks(case, today=today)
    lines = []
    for words, clock in (("承诺期限", both.local), ("法定期限", both.statutory)):
        lines.append(f"{words}（{clock.rule_set.title}）")
        for line in clock.ledger:
            until = "" if line.last == line.first else f"至{chinese_date(line.last)}"
            lines.append(f"  {chinese_date(line.first)}{until}  {'计入' if line.counted else '不计入'}  {line.why}")
    return "\n".join(lines) + "\n"


def _history(case: Case) -> Iterator[dict[str, object]]:
    for event in db.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.position)):
        yield {
            "position": event.position,
            "at": event.at.isoformat(),
            "kind": event.kind.value,
            "actor": event.actor_id,
            "facts": event.facts,
            "digest": event.digest,
        }


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def _safe(name: str) -> str:
    """Return a name that stays in its folder on any system."""
    return "".join("_" if letter in '/\\:*?"<>|' or ord(letter) < 32 else letter for letter in name).strip(". ") or "_"
