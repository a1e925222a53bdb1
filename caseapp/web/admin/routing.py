"""The routing rules: the list of words, one word, and trying the rules on a request."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotPermitted, Permission
from caseapp.domain.routing_rules import KIND_WORDS
from caseapp.domain.routing_table import Term
from caseapp.services import routing_rules
from caseapp.services.routing_rules import Names, TermFilters, TermPage
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import NewTermForm, TermFilterForm, TermForm, TrialForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import choices

ONE_TERM = "/routing/terms/<int(max=2147483647):term_id>"
NO_FIELD = ("", "不属于某个领域")
NOWHERE = ("", "不指向部门")
ALL = ("", "全部")


@pages.route("/routing", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def routing() -> ResponseReturnValue:
    names = routing_rules.names()
    narrow = TermFilterForm(formdata=request.args)
    narrow.department.choices = choices([ALL, *names.departments.items()])
    narrow.validate()
    page = routing_rules.find(_filters(narrow), actor=current_actor())
    form = TrialForm()
    trial = None
    if form.validate_on_submit():
        trial = routing_rules.try_out(**form.answers, actor=current_actor())
    return render_template(
        "admin/routing.html",
        form=form,
        narrow=narrow,
        page=page,
        next_url=_next_url(page),
        names=names,
        kind_words=KIND_WORDS,
        trial=trial,
    )


@pages.route("/routing/terms/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def add_term() -> ResponseReturnValue:
    names = routing_rules.names()
    form = _with_fields(NewTermForm(), names)
    form.department_code.choices = choices([NOWHERE, *names.departments.items()])
    if form.validate_on_submit():
        try:
            with transaction():
                added = routing_rules.add_term(Term(**form.answers), actor=current_actor(), at=clock.now()).term
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已新增词语“{added}”，从现在起用于分派。")
            return redirect(url_for(".routing", prefix=added))
    return render_template("admin/add_term.html", form=form)


@pages.route(f"{ONE_TERM}/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def edit_term(term_id: int) -> ResponseReturnValue:
    names = routing_rules.names()
    row = routing_rules.get(term_id, actor=current_actor())
    form = _with_fields(TermForm(data={"field_code": row.field_code, "weight": row.weight}), names)
    if form.validate_on_submit():
        try:
            with transaction():
                routing_rules.change_term(term_id, **form.answers, actor=current_actor(), at=clock.now())
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            return _said(term_id, "已保存词语“{}”，从现在起用于分派。")
    return render_template(
        "admin/edit_term.html",
        form=form,
        row=row,
        facts=[
            ("类别", KIND_WORDS[row.kind]),
            ("指向的部门", names.departments.get(row.department_code, row.department_code) or NOWHERE[1]),
            ("状态", "在用" if row.active else "已停用"),
        ],
    )


@pages.route(f"{ONE_TERM}/deactivate", methods=["POST"])
@requires(Permission.ADMINISTER)
def deactivate_term(term_id: int) -> ResponseReturnValue:
    with transaction():
        routing_rules.deactivate_term(term_id, actor=current_actor(), at=clock.now())
    return _said(term_id, "已停用词语“{}”。")


@pages.route(f"{ONE_TERM}/activate", methods=["POST"])
@requires(Permission.ADMINISTER)
def activate_term(term_id: int) -> ResponseReturnValue:
    with transaction():
        routing_rules.activate_term(term_id, actor=current_actor(), at=clock.now())
    return _said(term_id, "已启用词语“{}”。")


def _said(term_id: int, words: str) -> ResponseReturnValue:
    term = routing_rules.get(term_id, actor=current_actor()).term
    flash(words.format(term))
    return redirect(url_for(".routing", prefix=term))


def _with_fields(form: Any, names: Names) -> Any:
    form.field_code.choices = choices([NO_FIELD, *names.fields.items()])
    return form


def _filters(narrow: TermFilterForm) -> TermFilters:
    """Return what the address asks for; a value that nobody offered narrows nothing."""
    after_term, after_id = request.args.get("after_term", ""), request.args.get("after_id", "")
    sound = after_term.isprintable() and after_id.isdecimal() and len(after_id) < 10
    after = (after_term, int(after_id)) if sound else None
    return TermFilters(
        prefix="" if narrow.prefix.errors else narrow.prefix.data or "",
        department="" if narrow.department.errors else narrow.department.data or "",
        after=after,
    )


def _next_url(page: TermPage) -> str | None:
    if page.next_after is None:
        return None
    term, term_id = page.next_after
    chosen = {name: request.args[name] for name in ("prefix", "department") if request.args.get(name)}
    return url_for(".routing", **chosen, after_term=term, after_id=term_id)
