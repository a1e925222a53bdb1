"""Where a page of a list begins: behind which row, as the address says it."""

from flask import abort, request

from caseapp.domain.numbering import LARGEST_ID


def begun_before() -> int | None:
    """Return the id below which the page begins, `None` for the first page; 404 for one that no row can have."""
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before <= LARGEST_ID:
        abort(404)
    return before
