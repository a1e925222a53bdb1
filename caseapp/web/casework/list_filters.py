"""What the list of cases is narrowed by: read from the query string, said in words, and written back to it."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

from flask import url_for
from werkzeug.datastructures import MultiDict

from caseapp.domain.filing import ApplicantKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor
from caseapp.domain.urgency import Urgency, due_days
from caseapp.services import cases, people, routing
from caseapp.web.casework.forms import EVERY, ME, FilterForm, FurtherFilterForm
from caseapp.web.kit.forms import choices

LONGEST_QUERY = 2_000
DAYS = ("received_from", "received_through")
FURTHER = ("outcome", "applicant_kind", *DAYS, "drafted_by")  # shown once they are asked for, or one of them is used


def filter_form(actor: Actor, typed: MultiDict[str, str]) -> FilterForm:
    """Return the form with what was typed; the department stands in it for those who see more than their own."""
    if {"more", *FURTHER} & typed.keys():
        form: FilterForm = FurtherFilterForm(typed)
        form.drafted_by.choices = [*form.drafted_by.choices, *choices(_officers(actor))]
    else:
        form = FilterForm(typed)
    if cases.sees_every_department(actor.roles):
        form.department.choices = choices([EVERY, *((row.code, row.short_name) for row in routing.departments())])
    else:
        del form.department
    return form


def _officers(actor: Actor) -> list[tuple[str, str]]:
    """Return the others who draft answers to cases that the actor may read."""
    everywhere = cases.sees_every_department(actor.roles)
    found = people.officers(department_id=actor.department_id, everywhere=everywhere)
    return [
        (str(one.id), f"{one.name}（{one.department}{'' if one.active else '，账号已停用'}）")
        for one in found
        if one.id != actor.id
    ]


def _drafter(chosen: Mapping[str, str], actor: Actor) -> int | None:
    named = chosen.get("drafted_by", "")
    return actor.id if named == ME else int(named) if named else None


def chosen_in(form: FilterForm) -> dict[str, str]:
    """Return what was chosen and can be read, by field name, as a query string has it; after validation."""
    return {field.name: str(field.data) for field in form if field.data and not field.errors}


def narrowed_by(query: str, actor: Actor) -> dict[str, str]:
    """Return what a query string chooses in the list, without whatever the list cannot read."""
    form = filter_form(actor, MultiDict(parse_qsl(query[:LONGEST_QUERY])))
    form.validate()
    return chosen_in(form)


def filters(chosen: Mapping[str, str], *, actor: Actor, today: date) -> cases.Filters:
    """Return what the list asks the service for."""
    due_from, due_through = due_days(Urgency(chosen["deadline"]), today=today) if "deadline" in chosen else (None, None)
    received = {name: date.fromisoformat(chosen[name]) for name in DAYS if name in chosen}
    return cases.Filters(
        number=chosen.get("number", ""),
        status=Status(chosen["status"]) if "status" in chosen else None,
        department=chosen.get("department", ""),
        due_from=due_from,
        due_through=due_through,
        outcome=Outcome(chosen["outcome"]) if "outcome" in chosen else None,
        applicant_kind=ApplicantKind(chosen["applicant_kind"]) if "applicant_kind" in chosen else None,
        drafted_by=_drafter(chosen, actor),
        **received,
    )


def chips(form: FilterForm, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each applied filter in words with the address of the list without it."""
    return [
        (
            f"{form[name].label.text}：{_words(form, name, value)}",
            url_for(".list_cases", **{other: kept for other, kept in chosen.items() if other != name}),
        )
        for name, value in chosen.items()
    ]


def _words(form: FilterForm, name: str, value: str) -> str:
    if name in DAYS:
        return chinese_date(date.fromisoformat(value))
    offered = getattr(form[name], "choices", [])
    return next((choice.label for choice in offered if choice.value == value), value)
