"""Acts on a case as the pages of the staff do them: one transaction, on the version seen, and nothing typed is lost."""

from collections.abc import Callable

from flask import Flask, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.services import cases, next_acts, presences
from caseapp.services.case_pages import ShownCase
from caseapp.services.presences import Editing
from caseapp.web.kit.access import current_actor
from caseapp.web.kit.forms import BaseForm

# The address of one case; a number that no row can have is not found instead of troubling the database.
ONE_CASE = "/<int(max=2147483647):case_id>"
LONGEST_NUMBER = 9


class HiddenNumber(IntegerField):
    """A number that the page carries along; whatever is no number counts as zero, and a number set here is sent."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0

    def _value(self) -> str:
        return str(self.data or 0)


class ActForm(BaseForm):
    """A form that acts on a case, with the version of it that the form was drawn from; no case has version zero."""

    NOT_ANSWERS = BaseForm.NOT_ANSWERS | {"version"}

    version = HiddenNumber()
    is_stale = False  # a colleague was quicker: the page says where to read what he did


def done(form: ActForm, case_id: int, act: Callable[..., object]) -> bool:
    """Do the act in one transaction and say whether it was done; a refusal stands on the form afterwards.

    A form drawn from an older state of the case takes up the new version: sent again, it acts on what is shown now.
    Raises `NotVisible` and `NotPermitted`, which are answers to the whole page.
    """
    actor = current_actor()
    try:
        with transaction():
            act(case_id, version=form.version.data, actor=actor, at=clock.now())
            presences.leave(case_id, actor=actor)
    except (NotVisible, NotPermitted):
        raise
    except cases.CaseChanged as changed:
        form.version.data = cases.get(case_id, actor=actor).version
        form.is_stale = True
        form.show(changed)
    except DomainError as refusal:
        form.show(refusal)
    else:
        return True
    return False


def turned_back(case: ShownCase, action: Action) -> Response | None:
    """Return the way back to the case where an act cannot be begun now; a form that was filled in stays."""
    if request.method != "GET":
        return None
    try:
        next_acts.check(next_acts.standing(case, actor=current_actor(), today=clock.today()), action)
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("casework.show_case", case_id=case.id))
    presences.note(case.id, actor=current_actor(), at=clock.now())
    return None


def editing(case_id: int) -> list[Editing]:
    """Return the colleagues who have a form of the case open."""
    return presences.others(case_id, actor=current_actor(), at=clock.now())


def register(app: Flask) -> None:
    """Let the frames of acts say who else has a form of the case open."""
    app.add_template_global(editing)
