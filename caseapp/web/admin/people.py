"""Accounts of staff: the list, a new one, its roles, its password, open or closed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import ROLE_WORDS, NotPermitted, Permission
from caseapp.services import administration, routing
from caseapp.services.administration import Profile
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import NewPersonForm, PasswordForm, ProfileForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import choices

ONE_PERSON = "/people/<int(max=2147483647):person_id>"
NO_DEPARTMENT = ("", "不属于某个部门")


@pages.route("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    after = request.args.get("after", 0, type=int)
    page = administration.staff(after=max(0, min(after, LARGEST_ID)), actor=current_actor())
    return render_template("admin/people.html", page=page, role_words=ROLE_WORDS, after=after)


@pages.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def add_person() -> ResponseReturnValue:
    form = _with_departments(NewPersonForm())
    if form.validate_on_submit():
        try:
            with transaction():
                added = administration.add_person(
                    form.sign_in_name.data,
                    profile=_profile(form),
                    password=form.password.data,
                    actor=current_actor(),
                    at=clock.now(),
                )
                said = f"已添加{added.name}（{added.sign_in_name}）。"
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(said)
            return redirect(url_for(".people"))
    return render_template("admin/add_person.html", form=form)


@pages.route(f"{ONE_PERSON}/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def edit_person(person_id: int) -> ResponseReturnValue:
    person = administration.get(person_id, actor=current_actor())
    form = _with_departments(ProfileForm(data=_as_typed(person)))
    if form.validate_on_submit():
        try:
            with transaction():
                administration.change_person(
                    person_id, profile=_profile(form), seen=form.seen.data, actor=current_actor(), at=clock.now()
                )
        except NotPermitted:
            raise
        except administration.PersonChanged as changed:
            person = administration.get(person_id, actor=current_actor())
            form.seen.data = administration.state(person)
            form.show(changed)
        except DomainError as refusal:
            form.show(refusal)
        else:
            return _saved(person_id, f"已保存{form.name.data}的账号，其须重新登录。")
    return render_template("admin/edit_person.html", form=form, account=person, own=person_id == current_actor().id)


@pages.route(f"{ONE_PERSON}/password", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def reset_password(person_id: int) -> ResponseReturnValue:
    person = administration.get(person_id, actor=current_actor())
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            with transaction():
                administration.reset_password(
                    person_id, password=form.password.data, actor=current_actor(), at=clock.now()
                )
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            return _saved(person_id, "已重设密码，其须用新密码重新登录。")
    return render_template("admin/reset_password.html", form=form, account=person)


@pages.route(f"{ONE_PERSON}/deactivate", methods=["POST"])
@requires(Permission.ADMINISTER)
def deactivate_person(person_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            administration.deactivate(person_id, actor=current_actor(), at=clock.now())
    except NotPermitted:
        raise
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".edit_person", person_id=person_id))
    return _saved(person_id, "已停用账号，其不能再登录。")


@pages.route(f"{ONE_PERSON}/activate", methods=["POST"])
@requires(Permission.ADMINISTER)
def activate_person(person_id: int) -> ResponseReturnValue:
    with transaction():
        administration.activate(person_id, actor=current_actor(), at=clock.now())
    return _saved(person_id, "已启用账号。")


def _saved(person_id: int, words: str) -> ResponseReturnValue:
    """Say what was done; whoever changed his own account has ended his own session."""
    own = person_id == current_actor().id
    flash("已保存。您修改的是自己的账号，请重新登录。" if own else words)
    return redirect(url_for(".people"))


def _with_departments(form: Any) -> Any:
    form.department.choices = choices([NO_DEPARTMENT, *((one.code, one.name) for one in routing.departments())])
    return form


def _profile(form: ProfileForm) -> Profile:
    return Profile(
        name=form.name.data,
        department=form.department.data,
        roles=frozenset(form.roles.data),
        email=form.email.data or "",
    )


def _as_typed(person: Any) -> dict[str, object]:
    return {
        "name": person.name,
        "email": person.email,
        "department": person.department.code if person.department else "",
        "roles": [held.role for held in person.roles],
        "seen": administration.state(person),
    }
