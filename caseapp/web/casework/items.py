"""主动公开: an officer drafts what his department makes, publishes it after review, changes and withdraws it."""

import secrets
from collections.abc import Callable
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.catalogue import ITEM_WORDS, ItemStatus, WithheldGround
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotPermitted, NotVisible, Permission, is_granted
from caseapp.domain.yearly_review import ReviewResult
from caseapp.services import catalogue, item_reviews, items, published_copies
from caseapp.services.case_pages import ShownCase
from caseapp.services.items import Facts, ShownItem
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.item_forms import (
    ItemFileForm,
    ItemForm,
    NewItemForm,
    PublishItemForm,
    ReviewItemForm,
    WithdrawItemForm,
)
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import LONGEST_NUMBER, ActForm
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.paging import begun_before

ONE_ITEM = "/items/<int(max=2147483647):item_id>"


@pages.route("/items")
@requires(Permission.USE_WORKBENCH)
def list_items() -> ResponseReturnValue:
    status = request.args.get("status", ItemStatus.DRAFT.value)
    before = begun_before()
    if status not in ITEM_WORDS:
        abort(404)
    actor = current_actor()
    found = items.page(ItemStatus(status), before=before, actor=actor)
    later = url_for(".list_items", status=status, before=found.next_before) if found.next_before else None
    return render_template(
        "casework/list_items.html",
        found=found,
        to_review=item_reviews.due(actor, today=clock.today()),
        status=ItemStatus(status),
        words=ITEM_WORDS,
        today=clock.today(),
        may_add=is_granted(actor, Permission.PUBLISH_ITEMS, actor),
        next_url=later,
        first_url=url_for(".list_items", status=status) if before else None,
    )


@pages.route("/items/new", methods=["GET", "POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def add_item() -> ResponseReturnValue:
    source = _source()
    begun = published_copies.proposed(source) if source else {"made_on": clock.today()}
    key, of_case = secrets.token_urlsafe(16), source.id if source else 0
    form = _with_kinds(NewItemForm(data=begun | {"version": 1, "form_key": key, "case": of_case}))
    if form.validate_on_submit():
        made: list[int] = []

        def add(**_version: object) -> None:
            facts, actor = _facts(form), current_actor()
            made.append(items.add(facts, form_key=form.form_key.data, source=source, actor=actor, at=clock.now()))

        if _done(form, add):
            flash("已登记，审查后可以公开。")
            return redirect(url_for(".show_item", item_id=made[0]))
    return render_template("casework/edit_item.html", form=form, item=None, source=source)


def _source() -> ShownCase | None:
    """Return the case whose answer is copied, `None` for an item of its own; aborts where there is nothing to copy."""
    typed = request.values.get("case", "0")
    case_id = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0
    try:
        return published_copies.source(case_id, actor=current_actor()) if case_id else None
    except published_copies.NothingToCopy:
        abort(404)


@pages.route(ONE_ITEM)
@requires(Permission.USE_WORKBENCH)
def show_item(item_id: int) -> ResponseReturnValue:
    item = items.get(item_id, actor=current_actor())
    return _page(item, ItemFileForm(formdata=None, version=item.version))


@pages.route(f"{ONE_ITEM}/edit", methods=["GET", "POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def edit_item(item_id: int) -> ResponseReturnValue:
    item = items.get(item_id, actor=current_actor())
    form = _with_kinds(ItemForm(data=_as_typed(item)), current=item)
    if form.validate_on_submit() and _done(form, partial(items.change, item_id, _facts(form))):
        flash("已保存。")
        return redirect(url_for(".show_item", item_id=item_id))
    return render_template("casework/edit_item.html", form=form, item=item, source=None)


@pages.route(f"{ONE_ITEM}/publish", methods=["POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def publish_item(item_id: int) -> ResponseReturnValue:
    form = PublishItemForm()
    if form.validate_on_submit() and _done(form, partial(items.publish, item_id)):
        flash("已公开。")
        return redirect(url_for(".show_item", item_id=item_id))
    return _page(items.get(item_id, actor=current_actor()), form)


@pages.route(f"{ONE_ITEM}/review", methods=["GET", "POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def review_item(item_id: int) -> ResponseReturnValue:
    item = items.get(item_id, actor=current_actor())
    form = ReviewItemForm(version=item.version)
    review = partial(item_reviews.review, item_id, result=form.result.data, reason=form.reason.data)
    if form.validate_on_submit() and _done(form, review):
        flash("已登记复查结果。")
        disclose = form.result.data is ReviewResult.CAN_BE_DISCLOSED
        return redirect(url_for(".edit_item" if disclose else ".show_item", item_id=item_id))
    return render_template("casework/review_item.html", form=form, item=item, known=item_reviews.of_item(item_id))


@pages.route(f"{ONE_ITEM}/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def withdraw_item(item_id: int) -> ResponseReturnValue:
    item = items.get(item_id, actor=current_actor())
    form = WithdrawItemForm(version=item.version)
    if form.validate_on_submit() and _done(form, partial(items.withdraw, item_id, reason=form.reason.data)):
        flash("已撤下。")
        return redirect(url_for(".show_item", item_id=item_id))
    return render_template("casework/withdraw_item.html", form=form, item=item)


@pages.route(f"{ONE_ITEM}/files", methods=["POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def add_item_file(item_id: int) -> ResponseReturnValue:
    form = ItemFileForm()
    if form.validate_on_submit():
        uploaded = form.file.data
        add = partial(items.add_file, item_id, name=uploaded.filename or "", content=uploaded.read())
        if _done(form, add):
            flash("已增加文件。")
            return redirect(url_for(".show_item", item_id=item_id))
    return _page(items.get(item_id, actor=current_actor()), form)


@pages.route(f"{ONE_ITEM}/files/<int(max=2147483647):item_file_id>")
@requires(Permission.USE_WORKBENCH)
def download_item_file(item_id: int, item_file_id: int) -> ResponseReturnValue:
    return as_attachment(items.open_file(item_id, item_file_id, actor=current_actor()))


def _page(item: ShownItem, form: ActForm) -> str:
    upload = form if isinstance(form, ItemFileForm) else ItemFileForm(formdata=None, version=item.version)
    for words in form.errors.values() if upload is not form else ():
        upload.form_errors = [*upload.form_errors, *words]
    upload.version.data = item.version
    return render_template(
        "casework/show_item.html",
        item=item,
        form=upload,
        words=ITEM_WORDS,
        may_change=is_granted(current_actor(), Permission.PUBLISH_ITEMS, item),
        may_review=item.review_due_on is not None and item.review_due_on <= clock.today(),
        reviews=item_reviews.of_item(item.id),
        most=items.MOST_FILES,
    )


def _done(form: ActForm, act: Callable[..., object]) -> bool:
    """Do the act in one transaction and say whether it was done; a refusal stands on the form afterwards.

    A form drawn from an older state of the item takes up the new version: sent again, it acts on what there is now.
    """
    try:
        with transaction():
            act(version=form.version.data, actor=current_actor(), at=clock.now())
    except (NotVisible, NotPermitted):
        raise
    except items.ItemChanged as changed:
        form.version.data = changed.version
        form.show(changed)
        return False
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True


def _with_kinds(form: ItemForm, *, current: ShownItem | None = None) -> ItemForm:
    """Offer the kinds in use, and that of the item, by field."""
    offered = list(catalogue.kinds())
    if current is not None and not current.kind.active:
        offered.append(current.kind)
    form.kind.choices = [("", "请选择"), *((kind.code, kind.name) for kind in offered)]
    return form


def _facts(form: ItemForm) -> Facts:
    return Facts(
        kind=form.kind.data,
        title=form.title.data,
        document_no=form.document_no.data,
        project_number=form.project_number.data,
        body=form.body.data,
        made_on=form.made_on.data,
        changed_on=form.changed_on.data,
        ground=WithheldGround(form.ground.data or ""),
        withheld=form.withheld.data,
        reviewed_by=form.reviewed_by.data,
    )


def _as_typed(item: ShownItem) -> dict[str, object]:
    plain = ("title", "document_no", "project_number", "body", "made_on", "changed_on", "withheld", "reviewed_by")
    return {
        **{name: getattr(item, name) for name in (*plain, "version")},
        "kind": item.kind.code,
        "ground": item.ground.value,
    }
