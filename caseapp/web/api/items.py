"""What is published, as data for whoever asks; and the description of the whole interface."""

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.numbering import LARGEST_ID
from caseapp.services import installation, item_changes, published, routing, throttle
from caseapp.web.api.blueprint import pages
from caseapp.web.api.callers import refusal
from caseapp.web.api.exports import FORMS
from caseapp.web.api.openapi import description
from caseapp.web.kit.access import address, open_to_all


@pages.route("/openapi.json")
@open_to_all
def describe() -> ResponseReturnValue:
    fields = list(routing.table().field_names)
    return jsonify(description(office=installation.current().settings.office.short_name, fields=fields))


@pages.route("/items")
@open_to_all
def list_items() -> ResponseReturnValue:
    _count()
    field, before = request.args.get("field", ""), request.args.get("before", "")
    place = int(before) if before.isascii() and before.isdecimal() and len(before) <= 10 else 0
    if (before and not 0 < place <= LARGEST_ID) or field not in ("", *routing.table().field_names):
        return refusal(400, "field 应为领域的代码，before 应为上一页给出的数字。")
    page = published.page(field=field, department="", before=place or None)
    return jsonify(items=[item_changes.data(row, link=_link) for row in page.items], next_before=page.next_before)


@pages.route("/items/changes")
@open_to_all
def list_item_changes() -> ResponseReturnValue:
    """Hand out what was published, changed and withdrawn since a place, as JSON lines or as a table."""
    _count()
    typed, form = request.args.get("since", "0"), request.args.get("format", "jsonl")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= 10 and int(typed) <= LARGEST_ID
    if not is_number or form not in FORMS:
        return refusal(400, "since 应为上一次给出的数字，format 应为 jsonl 或 csv。")
    changes = item_changes.since(int(typed))
    rows = [item_changes.told(change, link=_link) for change in changes.rows]
    media_type, write = FORMS[form]
    answer = Response(write(rows), content_type=f"{media_type}; charset=utf-8")
    answer.headers["X-Next-Since"] = str(changes.next_since)
    return answer


@pages.route("/items/<int:item_id>")
@open_to_all
def show_item(item_id: int) -> ResponseReturnValue:
    _count()
    if not 0 < item_id <= LARGEST_ID:
        abort(404)
    return jsonify(item_changes.data(published.get(item_id), link=_link))


def _count() -> None:
    """Count a call; what anybody may read is still read at a bounded rate."""
    try:
        with transaction():
            throttle.count(throttle.API, {"address": address()}, at=clock.now())
    except DomainError as refused:
        abort(refusal(429, str(refused)))


def _link(item_id: int, file_id: int | None) -> str:
    if file_id is None:
        return url_for("public.show_item", item_id=item_id, _external=True)
    return url_for("public.download_item_file", item_id=item_id, item_file_id=file_id, _external=True)
