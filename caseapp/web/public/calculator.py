"""期限计算器 for everybody: when an answer would be due, by the same reckoning as for a case; no personal data."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import DateField
from wtforms.validators import InputRequired

from caseapp import clock
from caseapp.domain.rulesets import BY_ID
from caseapp.domain.what_if import Outlook, Standing, Supposed
from caseapp.services import what_if
from caseapp.web.kit.access import open_to_all
from caseapp.web.kit.forms import SelectField, choices
from caseapp.web.kit.what_if import SupposedForm, words
from caseapp.web.public.blueprint import pages

BY_DAY = ("", "按收到日期自动选择")


class CalculatorForm(SupposedForm):
    """The supposed case itself, and what may happen to it."""

    received_on = DateField("收到申请的日期", validators=[InputRequired("请填写收到申请的日期。")])
    rules = SelectField(
        "期限规则", choices=choices([BY_DAY, *((id, rule_set.title) for id, rule_set in BY_ID.items())]), default=""
    )


@pages.route("/calculator")
@open_to_all
def calculator() -> ResponseReturnValue:
    asked = bool(request.args)
    form = CalculatorForm(request.args if asked else None, received_on=clock.today())
    seen = _seen(form) if asked and form.validate() else None
    return render_template("public/calculator.html", form=form, result=words(seen) if seen else None)


def _seen(form: CalculatorForm) -> Outlook | None:
    received_on: date = form.received_on.data

    def ask(supposed: Supposed) -> Outlook:
        return what_if.of_nobody(received_on, supposed, chosen=form.rules.data)

    return form.look(Standing(received_on=received_on), ask)
