"""通知: messages that the worker cannot see to by itself; a person sends them again or puts them aside."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import Length

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission
from caseapp.services import notices as outbox
from caseapp.web.admin.blueprint import pages
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import BaseForm, Required
from caseapp.web.kit.statements import LongTextField

ONE_NOTICE = "/notices/<int(max=2147483647):notice_id>"


class GiveUpForm(BaseForm):
    """Why a message is not sent any more."""

    reason = LongTextField(
        "不再发送的理由",
        description="例如：已经电话告知申请人。",
        validators=[
            Required("请写明不再发送的理由，例如已经电话告知。"),
            Length(max=300, message="请控制在 300 字以内。"),
        ],
        render_kw={"rows": 3},
    )


@pages.route("/notices")
@requires(Permission.ADMINISTER)
def notices() -> ResponseReturnValue:
    rows = outbox.waiting_for_a_person(actor=current_actor())
    return render_template("admin/notices.html", rows=rows, most=outbox.MOST)


@pages.route(f"{ONE_NOTICE}/again", methods=["POST"])
@requires(Permission.ADMINISTER)
def send_notice_again(notice_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            outbox.send_again(notice_id, actor=current_actor(), at=clock.now())
    except DomainError:
        abort(404)
    flash("将再次发送。")
    return redirect(url_for(".notices"))


@pages.route(f"{ONE_NOTICE}/give-up", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def give_up_notice(notice_id: int) -> ResponseReturnValue:
    row = next((row for row in outbox.waiting_for_a_person(actor=current_actor()) if row.id == notice_id), None)
    if row is None:
        abort(404)
    form, words = GiveUpForm(), row.words
    if form.validate_on_submit():
        try:
            with transaction():
                outbox.give_up(notice_id, reason=form.reason.data, actor=current_actor(), at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash("已登记，不再发送这条通知。")
            return redirect(url_for(".notices"))
    return render_template("admin/give_up_notice.html", words=words, form=form)
