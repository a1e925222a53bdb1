"""What is published, as data for whoever asks; and the description of the whole interface."""

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.catalogue import WITHHELD_WORDS
from caseapp.domain.errors import DomainError
from caseapp.services import installation, published, routing, throttle
from caseapp.services.published import PublishedItem
from caseapp.web.api.blueprint import pages
from caseapp.web.api.openapi import LARGEST, description
from caseapp.web.api.requests import refusal
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
    if (before and not 0 < place <= LARGEST) or field not in ("", *routing.table().field_names):
        return refusal(400, "field 应为领域的代码，before 应为上一页给出的数字。")
    page = published.page(field=field, department="", before=place or None)
    return jsonify(items=[_item(row) for row in page.items], next_before=page.next_before)


@pages.route("/items/<int:item_id>")
@open_to_all
def show_item(item_id: int) -> ResponseReturnValue:
    _count()
    if not 0 < item_id <= LARGEST:
        abort(404)
    return jsonify(_item(published.get(item_id)))


def _count() -> None:
    """Count a call; what anybody may read is still read at a bounded rate."""
    try:
        with transaction():
            throttle.count(throttle.API, {"address": address()}, at=clock.now())
    except DomainError as refused:
        abort(refusal(429, str(refused)))


def _item(row: PublishedItem) -> dict[str, object]:
    return {
        "id": row.id,
        "field": row.field_code,
        "kind": row.kind.code,
        "kind_name": row.kind.name,
        "department": row.department.name,
        "title": row.title,
        "document_no": row.document_no,
        "project_number": row.project_number,
        "text": row.body,
        "made_on": row.made_on.isoformat(),
        "changed_on": row.changed_on.isoformat() if row.changed_on else None,
        "published_at": row.published_at.isoformat() if row.published_at else "",
        "withheld": f"{row.withheld}（{WITHHELD_WORDS[row.ground]}）" if row.withheld else "",
        "url": url_for("public.show_item", item_id=row.id, _external=True),
        "files": [
            {
                "name": file.original_name,
                "sha256": file.sha256,
                "url": url_for("public.download_item_file", item_id=row.id, item_file_id=file.id, _external=True),
            }
            for file in row.files
        ],
    }
