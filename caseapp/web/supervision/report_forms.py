"""The forms of the written parts of the annual report."""

from collections.abc import Mapping

from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, Length

from caseapp.domain.report_text import SECTIONS, Place
from caseapp.web.kit.forms import BaseForm, LineField, Required, SelectField
from caseapp.web.kit.statements import LongTextField


def _section(name: str) -> LongTextField:
    heading, title = SECTIONS[name]
    return LongTextField(title or heading, render_kw={"rows": 6})


def _figure(place: Place) -> LineField:
    _, row, column = place
    return LineField(
        f"{row}：{column}",
        validators=[Length(max=20, message="请控制在 20 位以内。")],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )


class TextsForm(BaseForm):
    """The sections, in the order of the report."""

    published = _section("published")
    requests = _section("requests")
    management = _section("management")
    platform = _section("platform")
    oversight = _section("oversight")
    shortcomings = _section("shortcomings")
    others = _section("others")


def numbers_form(places: Mapping[str, Place]) -> type[BaseForm]:
    """Return the form of table two in one layout; an empty figure has not been entered."""
    return type("NumbersForm", (BaseForm,), {name: _figure(place) for name, place in places.items()})


class VerdictForm(BaseForm):
    key = HiddenField()
    words = LongTextField(
        "核对的结论",
        description="两边的数字不变，结论就保留；数字变了，会再次提示。",
        validators=[
            Required("请写明核对的结论，例如：文字按全年口径，表格按已确认口径，两者无误。"),
            Length(max=500, message="请控制在 500 字以内。"),
        ],
        render_kw={"rows": 3},
    )


class CorrectionForm(BaseForm):
    """A cell of tables three or four, moved by hand."""

    department = SelectField("部门", description="更正计入这个部门，也计入全区。")
    row = SelectField("哪一行", validators=[InputRequired("请选择要更正的一行。")])
    column = SelectField("哪一列", validators=[InputRequired("请选择要更正的一列。")])
    by_how_many = IntegerField(
        "增加或减少", description="增加为正，减少为负。", validators=[InputRequired("请填写增加或减少的数量。")]
    )
    reason = LongTextField(
        "理由",
        description="写在表的下面，随报告公布。例如：系统启用前的纸质申请未录入。",
        validators=[Required("请写明更正的理由。"), Length(max=300, message="请控制在 300 字以内。")],
        render_kw={"rows": 3},
    )
