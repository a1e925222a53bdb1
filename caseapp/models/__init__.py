"""The tables: columns, constraints, relations; no rules, no queries."""

from caseapp.models.api import ApiClient
from caseapp.models.calendar import CalendarDay, CalendarNotice, DueDateChange
from caseapp.models.case import Applicant, Attachment, Case, FilingDraft
from caseapp.models.catalogue import Item, ItemFile, ItemKind, ItemReview
from caseapp.models.clock import Extension
from caseapp.models.consultation import Consultation
from caseapp.models.dispute import Dispute, Reopening
from caseapp.models.duty import Duty
from caseapp.models.event import ChainHead, Event
from caseapp.models.fee import Fee, ReasonsRequest
from caseapp.models.letter_paper import FailedDelivery, LetterPaper
from caseapp.models.notice import Notice
from caseapp.models.oversight import CaseCheck, ScoreAdjustment
from caseapp.models.papers import Delivery, IssuedDocument, Letter, LetterSeries, Reply, ReplyFile, Series, VoidedLetter
from caseapp.models.people import Attempt, Department, Person, PersonRole
from caseapp.models.presence import Presence
from caseapp.models.publication import PublicationTask, WithheldReview
from caseapp.models.push import ItemChange, Push, PushTarget
from caseapp.models.receipt import ContactAttempt, ReceiptChange
from caseapp.models.report import (
    CarriedOver,
    FrozenYear,
    ProgressReport,
    ProgressRound,
    PublishedReport,
    ReportCorrection,
    ReportNumber,
    ReportText,
    ReportVerdict,
)
from caseapp.models.routing import NumberPattern, RoutingTerm
from caseapp.models.saved_list import SavedList
from caseapp.models.split import Split
from caseapp.models.supplement import Supplement
from caseapp.models.wording import LetterWording

__all__ = [
    "ApiClient",
    "Applicant",
    "Attachment",
    "Attempt",
    "CalendarDay",
    "CalendarNotice",
    "CarriedOver",
    "Case",
    "CaseCheck",
    "ChainHead",
    "Consultation",
    "ContactAttempt",
    "Delivery",
    "Department",
    "Dispute",
    "DueDateChange",
    "Duty",
    "Event",
    "Extension",
    "FailedDelivery",
    "Fee",
    "FilingDraft",
    "FrozenYear",
    "IssuedDocument",
    "Item",
    "ItemChange",
    "ItemFile",
    "ItemKind",
    "ItemReview",
    "Letter",
    "LetterPaper",
    "LetterSeries",
    "LetterWording",
    "Notice",
    "NumberPattern",
    "Person",
    "PersonRole",
    "Presence",
    "ProgressReport",
    "ProgressRound",
    "PublicationTask",
    "PublishedReport",
    "Push",
    "PushTarget",
    "ReasonsRequest",
    "ReceiptChange",
    "Reopening",
    "Reply",
    "ReplyFile",
    "ReportCorrection",
    "ReportNumber",
    "ReportText",
    "ReportVerdict",
    "RoutingTerm",
    "SavedList",
    "ScoreAdjustment",
    "Series",
    "Split",
    "Supplement",
    "VoidedLetter",
    "WithheldReview",
]
