"""How fields of one line and lists are drawn: what WTForms writes, in a fifth of the time (decision 18)."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field
from wtforms.widgets import Select, TextInput


def attributes(**named: Any) -> Markup:
    """Return the attributes of an element as `wtforms.widgets.html_params` does."""
    said = [(name, value) for name, value in sorted(named.items()) if value is not False]
    written = [name if value is True else f'{name}="{_quoted(value)}"' for name, value in said]
    return Markup(" ".join(written))  # noqa: S704 all values are escaped


def _quoted(value: Any) -> str:
    return str(escape(value)).replace('"', "&quot;")  # markup, too, ends at no quotation mark of its own


class LineWidget(TextInput):
    """One line of text."""

    html_params = staticmethod(attributes)


class OptionsWidget(Select):
    """The list of WTForms, for options that have a value and words only; the same options are written once."""

    def __call__(self, field: Field, **named: Any) -> Markup:
        named = {"id": field.id, "name": field.name, "required": bool(field.flags.required), **named}
        options = tuple((one.value, one.label or one.value, one.selected) for one in field.iter_choices())
        return Markup(f"<select {attributes(**named)}>{_options(options)}</select>")  # noqa: S704 all values escaped


@lru_cache(maxsize=512)
def _options(options: tuple[tuple[str, str, bool], ...]) -> str:
    return "".join(
        f'<option {"selected " if selected else ""}value="{escape(value)}">{escape(words)}</option>'
        for value, words, selected in options
    )
