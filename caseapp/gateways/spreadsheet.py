"""Workbooks (.xlsx): every text is text, whatever it begins with; no cell is ever a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | None
LONGEST_SHEET_NAME = 31
WIDEST = 60


def workbook(sheets: Iterable[tuple[str, Sequence[Sequence[Value]]]]) -> bytes:
    """Return the sheets as the bytes of a .xlsx file; the first row of each is its head."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name[:LONGEST_SHEET_NAME])
        widths: dict[int, int] = {}
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = sheet.cell(row=number, column=place)
                if isinstance(value, str):
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
                else:
                    cell.value = value
                if number == 1:
                    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
                widths[place] = min(max(widths.get(place, 8), 2 * len(str(value or ""))), WIDEST)
        for place, width in widths.items():
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()
