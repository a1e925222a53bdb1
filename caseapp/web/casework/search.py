"""Finding cases. What is looked for may be a name: it is sent in the form, never in an address."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms.validators import Length

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission
from caseapp.domain.search_words import marked
from caseapp.services import deadlines, search
from caseapp.services.cases import LARGEST_ID
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.acts import HiddenNumber
from caseapp.web.kit.case_rows import listed
from caseapp.web.kit.forms import BaseForm, LineField, Required


class SearchForm(BaseForm):
    words = LineField(
        "查找什么",
        description="标题、内容、补正、文书、申请人名称中的两个以上连续的字，几个词之间用空格隔开；或者完整的申请编号、文号、证件号码、电话。",
        validators=[Required("请填写要查找的字。"), Length(max=80, message="请控制在 80 字以内。")],
        render_kw={"autocomplete": "off"},
    )
    before = HiddenNumber()
    skip = HiddenNumber()


@pages.route("/search", methods=["GET", "POST"])
@requires(Permission.USE_WORKBENCH)
def search_cases() -> ResponseReturnValue:
    form = SearchForm()
    found = _found(form) if form.validate_on_submit() else None
    if found is None:
        return render_template("casework/search_cases.html", form=form, results=None)
    rows = listed(found.cases, deadlines.badges(found.cases, today=clock.today()))
    texts = [(marked(case.title, form.words.data), marked(case.description, form.words.data)) for case in found.cases]
    if found.next_place is not None:
        form.before.data, form.skip.data = found.next_place.before, found.next_place.skip
    return render_template(
        "casework/search_cases.html",
        form=form,
        results=list(zip(rows, texts, strict=True)),
        has_more=found.next_place is not None,
    )


def _found(form: SearchForm) -> search.Found | None:
    before = form.before.data or LARGEST_ID
    place = search.Place(before=min(before, LARGEST_ID), skip=min(form.skip.data or 0, search.WINDOW))
    try:
        return search.find(form.words.data, place=place, actor=current_actor())
    except DomainError as refusal:
        form.show(refusal)
        return None
