"""What a program sends, judged by the same forms as what a person types."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from caseapp.domain.filing import ApplicantKind
from caseapp.web.api.openapi import REQUEST
from caseapp.web.kit.forms import BaseForm
from caseapp.web.public.forms import ApplicantKindForm, DeliveryForm, InformationForm, OrganisationForm, PersonForm

WITHOUT_TOKEN = {"csrf": False}
USUAL = {"medium": "electronic", "way": "online", "identity_kind": "resident_id"}


def steps(sent: Mapping[str, object]) -> dict[str, BaseForm]:
    """Return the forms of the four steps, filled with what was sent; a field that nobody knows is an error of it."""
    typed = {**USUAL, **{name: value for name, value in sent.items() if isinstance(value, str)}}
    typed["representation"] = "agent" if typed.get("agent_name") else "self"
    fields = MultiDict(typed)
    kind = typed.get("kind", "")
    is_organisation = kind in list(ApplicantKind) and ApplicantKind(kind).is_organisation
    forms: dict[str, type[BaseForm]] = {
        "kind": ApplicantKindForm,
        "applicant": OrganisationForm if is_organisation else PersonForm,
        "information": InformationForm,
        "delivery": DeliveryForm,
    }
    return {step: form(fields, meta=WITHOUT_TOKEN) for step, form in forms.items()}


def problems(sent: Mapping[str, object], forms: Mapping[str, BaseForm]) -> list[dict[str, str]]:
    """Return what is wrong, each at its field: of another type than text, unknown, or refused by its form."""
    known = REQUEST["properties"]
    found = [
        {"field": str(name)[:40], "words": "没有这一项。" if name not in known else "应为文字。"}
        for name, value in sent.items()
        if name not in known or not isinstance(value, str)
    ]
    for form in forms.values():
        if not form.validate():
            found += [{"field": field.name, "words": str(words)} for field in form for words in field.errors] + [
                {"field": "", "words": str(words)} for words in form.form_errors
            ]
    return found
