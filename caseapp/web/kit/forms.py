"""Forms: labels are short, messages are instructions, and what is typed is kept and clean."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField, fields
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import TextArea

from caseapp.domain.errors import DomainError
from caseapp.domain.filing import check_length, clean_line, clean_text
from caseapp.web.kit.widgets import LineWidget, OptionsWidget

# The words of WTForms itself, where its own Chinese would blame instead of helping; the rest comes from its catalogue.
WORDS = {
    "This field is required.": "请填写此项。",
    "Not a valid choice.": "请从列出的选项中选择一项。",
    "Invalid Choice: could not coerce.": "请从列出的选项中选择一项。",
    "Invalid choice(s): one or more data inputs could not be coerced.": "请从列出的选项中选择。",
    "Not a valid integer value.": "请填写整数，例如 10。",
    "Not a valid decimal value.": "请填写数字，例如 12.5。",
    "Not a valid float value.": "请填写数字，例如 12.5。",
    "Not a valid date value.": "请按 2026-11-23 的样子填写日期。",
    "Not a valid datetime value.": "请按 2026-11-23 09:30 的样子填写日期和时间。",
    "Not a valid time value.": "请按 09:30 的样子填写时间。",
    "Not a valid week value.": "请从列出的周中选择。",
    "Invalid input.": "请核对此项的写法。",
    "Number must be at least %(min)s.": "请填写 %(min)s 或更大的数。",
    "Number must be at most %(max)s.": "请填写 %(max)s 或更小的数。",
    "Number must be between %(min)s and %(max)s.": "请填写 %(min)s 到 %(max)s 之间的数。",
    "Date must be at least %(min)s.": "请填写 %(min)s 或之后的日期。",
    "Date must be at most %(max)s.": "请填写 %(max)s 或之前的日期。",
    "Date must be between %(min)s and %(max)s.": "请填写 %(min)s 到 %(max)s 之间的日期。",
    "Invalid email address.": "请核对电子邮箱，例如 name@example.com。",
    "This field cannot be edited.": "此项不能修改。",
    "This field is disabled and cannot have a value.": "此项不能填写。",
}
SEND_AGAIN = "页面打开的时间较长，为保护您的信息，请再提交一次。您填写的内容已保留。"
CATALOGUE = get_translations(["zh"])


class ChineseWords:
    """The translations object that WTForms asks for every message of its own."""

    def gettext(self, string: str) -> str:
        return WORDS.get(string) or CATALOGUE.gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return CATALOGUE.ngettext(singular, plural, n)


class PoliteCSRF(_FlaskFormCSRF):
    """The token of Flask-WTF, with words that tell a person what to do."""

    def validate_csrf_token(self, form: "BaseForm", field: Field) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            raise ValidationError(SEND_AGAIN) from None


class Problem(NamedTuple):
    """One line of the summary above a form; `target` is the id of the input to jump to, "" for the form as a whole."""

    target: str
    words: str


class BaseForm(FlaskForm):
    """A form whose answers a service can take as they are."""

    NOT_ANSWERS = frozenset({"csrf_token", "submit"})

    class Meta(FlaskForm.Meta):
        csrf_class = PoliteCSRF

        def get_translations(self, form: FlaskForm) -> ChineseWords:
            return ChineseWords()

    @property
    def answers(self) -> dict[str, Any]:
        """Return what was answered, by field name, without the token, the buttons and the honeypot."""
        return {name: value for name, value in self.data.items() if name not in self.NOT_ANSWERS}

    @property
    def problems(self) -> list[Problem]:
        """Return every message of the form, in the order of its fields, those of the whole form first."""
        whole = [Problem("", words) for words in self.form_errors]
        return whole + [Problem(_target(field), str(words)) for field in self for words in field.errors]

    def show(self, refusal: DomainError) -> None:
        """Put the refusal at its field, or on top of the form where the form has no such field."""
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is None:
            self.form_errors = [*self.form_errors, str(refusal)]
        else:
            field.errors = [*field.errors, str(refusal)]


class HoneypotMixin:
    """For public forms: a field that people do not see and machines fill; a person who meets it is told to leave it."""

    NOT_ANSWERS = BaseForm.NOT_ANSWERS | {"homepage"}

    homepage = StringField("请勿填写此栏", render_kw={"autocomplete": "off", "tabindex": "-1"})

    def validate_homepage(self, field: StringField) -> None:
        if field.data:
            raise ValidationError("请将“请勿填写此栏”留空后再提交。")


class LineField(StringField):
    """One line of text: blanks around it are dropped, control characters refused, its length judged by its name."""

    widget = LineWidget()

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, filters=[_never_none], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = self._judged(clean_line)

    def _judged(self, clean: Callable[..., str]) -> str:
        try:
            text = clean(self.data, field=self.name, label=self.label.text)
            check_length(text, field=self.name)
        except DomainError as refusal:
            raise ValueError(str(refusal)) from None
        return text


class TextField(LineField, TextAreaField):
    """Several lines of text, under the same care as `LineField`."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        StringField.process_formdata(self, valuelist)
        if self.data:
            self.data = self._judged(clean_text)


class SelectField(fields.SelectField):
    """One of the choices, as a list that opens."""

    widget = OptionsWidget()


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return what a list or a group of buttons offers, from pairs of value and words."""
    return [SelectChoice(value, words) for value, words in pairs]


class ChoiceField(RadioField):
    """One of the members of an enumeration that has labels, as a group of buttons."""

    def __init__(self, label: str, *, of: Any, **options: Any) -> None:
        super().__init__(label, coerce=of, choices=choices((one.value, one.label) for one in of), **options)


class ListField(SelectField):
    """One of the members of an enumeration that has labels, as a list that opens."""

    def __init__(self, label: str, *, of: Any, **options: Any) -> None:
        super().__init__(label, coerce=of, choices=choices((one.value, one.label) for one in of), **options)


class Required(DataRequired):
    """Ask for an answer, in the words given; blanks alone are none."""


class Judged:
    """Let a rule of the domain judge an answer: what it returns is kept, its refusal stands at the field."""

    def __init__(self, check: Callable[[str], str]) -> None:
        self.check = check

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and not field.errors:
            try:
                field.data = self.check(field.data)
            except DomainError as refusal:
                raise ValidationError(str(refusal)) from None


def _never_none(text: str | None) -> str:
    return text or ""


def _target(field: Field) -> str:
    """Return the id to jump to: the first choice of a group, nothing for a field that nobody sees."""
    if field.type in {"CSRFTokenField", "HiddenField"}:
        return ""
    return f"{field.id}-0" if isinstance(field, RadioField) else str(field.id)
