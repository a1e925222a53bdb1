"""Following a request by its number and query code: the same answer, at the same cost, for every wrong pair."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS
from caseapp.domain.numbering import is_case_number
from caseapp.domain.permissions import NotVisible
from caseapp.gateways.cipher import same
from caseapp.models import Case, Letter
from caseapp.services import installation, letter_papers, letters, reply_files
from caseapp.services.attachments import Opened

TrackedCase = Case  # what pages for applicants are handed
DeliveredLetter = Letter

NO_CODE = "0" * 64


class NotFound(DomainError):
    text = "没有查到这份申请。请核对申请编号和查询码。"


def open_case(*, number: str, code: str) -> int:
    """Return the id of the case that this number and query code open; raises `NotFound`."""
    known = select(Case.id, Case.query_digest).where(Case.number == number)
    row = db.session.execute(known).one_or_none() if is_case_number(number) else None
    given = installation.current().vault.digest(code, purpose="query code")
    if not same(given, row.query_digest if row else NO_CODE) or row is None:
        raise NotFound()
    return int(row.id)


def case_for_applicant(case_id: int) -> Case:
    """Return the case whose number and code were given in this session."""
    query = select(Case).where(Case.id == case_id).options(joinedload(Case.applicant), joinedload(Case.department))
    case = db.session.scalar(query)
    if case is None:
        raise NotVisible()
    return case


def letters_for_applicant(case: Case) -> list[Letter]:
    """Return what the applicant may read: letters that were delivered to him, none that went to others (R64)."""
    return [letter for letter in letters.of_case(case.id) if letter.delivery and LETTERS[letter.kind].to_applicant]


def download(case_id: int, letter_id: int) -> letters.Download | Opened:
    """Return a letter that has been delivered to the applicant of this case; raises `NotVisible` for any other.

    The newest sealed scan takes the place of the issued copy, which the office keeps beside it.
    """
    case = case_for_applicant(case_id)
    if letter_id not in [letter.id for letter in letters_for_applicant(case)]:
        raise NotVisible()
    scan = letter_papers.sealed_scan(letter_id)
    return letter_papers.opened(scan) if scan else letters.download(case, letter_id)


def download_file(case_id: int, file_id: int) -> Opened:
    """Return a file that the delivered answer of this case discloses; raises `NotVisible` for any other."""
    return reply_files.open_for_applicant(case_for_applicant(case_id), file_id)
