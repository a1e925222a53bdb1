"""Changes of the catalogue as text: JSON lines for programs, a table for people who open it in a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Told = Sequence[Mapping[str, Any]]
COLUMNS = (
    *("since", "change", "at", "id", "field", "kind", "kind_name", "department", "title", "document_no"),
    *("project_number", "text", "made_on", "changed_on", "published_at", "withheld", "url", "files"),
)
OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_lines(rows: Told) -> str:
    """Return one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_table(rows: Told) -> str:
    """Return a table (RFC 4180) with a head; files are addresses with a blank between them.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in rows:
        item = row["item"] or {}
        files = " ".join(file["url"] for file in item.get("files", ()))
        cells = {**row, **item, "files": files}
        writer.writerow({name: _cell(cells.get(name)) for name in COLUMNS})
    return text.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(OF_A_FORMULA) else text


FORMS: dict[str, tuple[str, Callable[[Told], str]]] = {
    "jsonl": ("application/x-ndjson", as_lines),
    "csv": ("text/csv", as_table),
}
