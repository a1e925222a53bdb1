"""The list that opens says the same as that of WTForms, to the letter."""

import pytest
import wtforms
from flask import Flask

from caseapp.web.kit.forms import BaseForm, SelectField, choices

PAIRS = [("", "全部"), ("zhujian", "住建局"), ('"><b>', "<i>&'\"</i>"), ("0", "")]


class Lists(BaseForm):
    own = SelectField("列表", choices=choices(PAIRS), default="zhujian")
    plain = wtforms.SelectField("列表", choices=choices(PAIRS), default="zhujian", name="own")


@pytest.mark.parametrize("chosen", [value for value, _ in PAIRS])
def test_every_option_is_written_alike(chosen):
    app = Flask(__name__)
    app.config.update(SECRET_KEY="for tests only", WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        form = Lists(own=chosen)
        form.plain.data = chosen
        written = str(form.own(**{"aria-invalid": "false"}))
        assert written == str(form.plain(**{"aria-invalid": "false"}))
        assert written.count("<option selected value=") == 1
