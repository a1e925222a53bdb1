"""主动公开目录 for everybody: by field and department, one item, one project, a feed for each field, the site map."""

from datetime import datetime

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.errors import DomainError
from caseapp.services import published, routing
from caseapp.web.kit.access import open_to_all
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.paging import begun_before
from caseapp.web.public.blueprint import pages

ATOM, XML = "application/atom+xml", "application/xml"


@pages.route("/published")
@open_to_all
def list_items() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "")[:20] for name in ("field", "department")}
    before = begun_before()
    fields, departments = _fields(), [(row.code, row.short_name) for row in routing.departments()]
    if asked["field"] not in ("", *fields) or asked["department"] not in ("", *(code for code, _ in departments)):
        abort(404)
    found = published.page(**asked, before=before)
    following = url_for(".list_items", **asked, before=found.next_before) if found.next_before else None
    return render_template(
        "public/list_items.html",
        found=found,
        asked=asked,
        fields=fields,
        departments=departments,
        next_url=following,
        first_url=url_for(".list_items", **asked) if before else None,
    )


@pages.route("/published/<int(max=2147483647):item_id>")
@open_to_all
def show_item(item_id: int) -> ResponseReturnValue:
    return render_template("public/show_item.html", item=published.get(item_id))


@pages.route("/published/<int(max=2147483647):item_id>/files/<int(max=2147483647):item_file_id>")
@open_to_all
def download_item_file(item_id: int, item_file_id: int) -> ResponseReturnValue:
    return as_attachment(published.open_file(item_id, item_file_id))


@pages.route("/published/projects")
@open_to_all
def show_project() -> ResponseReturnValue:
    """One project, by its number: everything published of it, from the first announcement on."""
    number = request.args.get("number", "")[:80]
    found = published.project(number)
    if not found:
        abort(404)
    return render_template("public/show_project.html", number=found[0].project_number, items=found)


@pages.route("/published/feed/<field>")
@open_to_all
def feed(field: str) -> ResponseReturnValue:
    fields = _fields()
    if field not in fields:
        abort(404)
    newest = published.newest(field)
    updated = max((item.changed_at for item in newest), default=datetime.fromisoformat("2019-05-15T00:00:00+08:00"))
    text = render_template("public/feed.xml", field=field, name=fields[field], items=newest, updated=updated)
    return Response(text, mimetype=ATOM)


@pages.route("/sitemap.xml")
@open_to_all
def site_map() -> ResponseReturnValue:
    return Response(render_template("public/sitemap.xml", addresses=published.addresses()), mimetype=XML)


@pages.route("/search")
@open_to_all
def search() -> ResponseReturnValue:
    """先查一查: what is published, by words or by the number of a project; it bars nobody from applying."""
    words = " ".join(request.args.get("words", "")[:100].split())
    found, refusal, before = None, "", begun_before()
    if words:
        try:
            found = published.find(words, before=before)
        except DomainError as refused:
            refusal = str(refused)
    following = url_for(".search", words=words, before=found.next_before) if found and found.next_before else None
    return render_template(
        "public/search_public.html",
        words=words,
        found=found,
        refusal=refusal,
        fields=_fields(),
        next_url=following,
        first_url=url_for(".search", words=words) if before else None,
    )


def _fields() -> dict[str, str]:
    return dict(routing.table().field_names)
