"""Fields drawn by our own lines say what those of WTForms say."""

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.widgets import Select, TextInput, html_params

from caseapp.domain.filing import ApplicantKind
from caseapp.web.kit.forms import (
    BaseForm,
    LineField,
    ListField,
    Required,
    SelectField,
    choices,
)
from caseapp.web.kit.widgets import attributes

ODD = "a\"b'c<d>&amp;e 示范"


class Form(BaseForm):
    """One of each."""

    class Meta(BaseForm.Meta):
        csrf = False

    line = LineField("行", render_kw={"autocomplete": "off", "class_": "wide"})
    must = LineField("必填的行", validators=[Required("请填写。")])
    one = SelectField("其一", choices=choices([("", "全部"), ("a&b", ODD), ("c", "")]), default="")
    kind = ListField("类型", of=ApplicantKind, validators=[Required("请选择。")])


@pytest.mark.parametrize(
    "named",
    [
        {"id": "x", "name": ODD},
        {"checked": True, "readonly": False, "name": "text1"},
        {"value": 3, "title": Markup('<b class="x">')},
        {"aria-invalid": "true", "data-x": ""},
        {},
    ],
)
def test_attributes_are_written_as_the_library_writes_them(named):
    assert attributes(**named) == html_params(**named)


@pytest.mark.parametrize(
    "typed", [{}, {"line": ODD, "one": "a&b", "kind": "person"}, {"one": "nobody's", "kind": "x", "must": "字"}]
)
def test_every_field_is_the_same_element(app, typed):
    with app.test_request_context():
        form = Form(MultiDict(typed))
        form.validate()
        for field, theirs in (
            (form.line, TextInput()),
            (form.must, TextInput()),
            (form.one, Select()),
            (form.kind, Select()),
        ):
            ours = _element(field(**{"aria-invalid": "false"}))
            field.widget = theirs
            assert ours == _element(field(**{"aria-invalid": "false"})), field.name


def _element(html: str) -> list[object]:
    """Return the element and what is inside it: names, attributes and words."""
    found = BeautifulSoup(html, "html.parser").find_all(True)
    return [(one.name, one.attrs, one.get_text() if one.name == "option" else "") for one in found]
