"""The tables: columns, constraints, relations; no rules, no queries."""

from caseapp.models.calendar import CalendarDay
from caseapp.models.case import Applicant, Attachment, Case, FilingDraft
from caseapp.models.clock import Extension
from caseapp.models.event import ChainHead, Event
from caseapp.models.papers import Delivery, IssuedDocument, Letter, Reply, Series
from caseapp.models.people import Attempt, Department, Person, PersonRole
from caseapp.models.routing import NumberPattern, RoutingTerm

__all__ = [
    "Applicant",
    "Attachment",
    "Attempt",
    "CalendarDay",
    "Case",
    "ChainHead",
    "Delivery",
    "Department",
    "Event",
    "Extension",
    "FilingDraft",
    "IssuedDocument",
    "Letter",
    "NumberPattern",
    "Person",
    "PersonRole",
    "Reply",
    "RoutingTerm",
    "Series",
]
