"""The forms of the head's decisions, and of the annual report."""

from enum import StrEnum

from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from caseapp.domain.events import EVENT_WORDS
from caseapp.domain.oversight import MOST_DRAWN, VERDICT_WORDS
from caseapp.domain.statistics import BY_WORDS
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import BaseForm, LineField, Required, SelectField, choices
from caseapp.web.kit.statements import LongTextField


class Decision(StrEnum):
    """Which of the two buttons was pressed."""

    APPROVE = "approve"
    RETURN = "return"


class DecisionForm(ActForm):
    """Approve, or send back with a reason; the buttons carry the name `decision`."""

    decision = StringField()
    reason = LongTextField(
        "理由",
        description="承办人会看到这段文字。",
        validators=[Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Judge the fields; sending back asks for a reason."""
        good = super().validate(extra_validators=extra_validators)
        if self.decision.data not in set(Decision):
            self.form_errors = [*self.form_errors, "请按“同意”或者“退回”作出决定。"]
            return False
        if self.decision.data == Decision.RETURN and not self.reason.data:
            self.reason.errors = [*self.reason.errors, "请说明理由，承办人据此修改。"]
            return False
        return good


class PublishForm(BaseForm):
    """Where and when an annual report was published."""

    place = LineField(
        "公布的网址或者栏目",
        validators=[Required("请写明公布的网址或者栏目。"), Length(max=300, message="请控制在 300 字以内。")],
        render_kw={"autocomplete": "off"},
    )
    published_on = DateField("公布日期", validators=[InputRequired("请填写公布日期。")])


class StatisticsForm(BaseForm):
    """Which days, which department, and by what the figures are told apart; in the query string."""

    class Meta(BaseForm.Meta):
        csrf = False

    first = DateField("从", validators=[InputRequired("请填写开始日期。")])
    last = DateField("到", validators=[InputRequired("请填写结束日期。")])
    by = SelectField("按什么统计", choices=choices((by.value, words) for by, words in BY_WORDS.items()))
    department = SelectField("部门", choices=choices([("", "全部部门")]), default="")


class HistoryForm(BaseForm):
    """What is looked for in the history; in the query string."""

    class Meta(BaseForm.Meta):
        csrf = False

    case_number = LineField("申请编号", render_kw={"autocomplete": "off", "placeholder": "例如 2026-0119"})
    kind = SelectField(
        "事项",
        choices=choices([("", "全部"), *((kind.value, words) for kind, words in EVENT_WORDS.items())]),
        default="",
    )
    person = SelectField("办理人", choices=choices([("", "全部")]), default="")


class DrawForm(BaseForm):
    """How many ended cases are drawn, from which days and which department."""

    first = DateField("办结日期从", validators=[InputRequired("请填写开始日期。")])
    last = DateField("到", validators=[InputRequired("请填写结束日期。")])
    department = SelectField("部门", choices=choices([("", "全部部门")]), default="")
    how_many = IntegerField(
        "抽取件数",
        default=5,
        validators=[
            InputRequired("请填写抽取件数。"),
            NumberRange(min=1, max=MOST_DRAWN, message=f"一次抽取 1 至 {MOST_DRAWN} 件。"),
        ],
    )


class CheckForm(BaseForm):
    """What was found in a drawn case."""

    verdict = RadioField(
        "抽查结果",
        choices=choices((verdict.value, words) for verdict, words in VERDICT_WORDS.items()),
        validators=[InputRequired("请选择抽查结果。")],
    )
    findings = LongTextField(
        "发现的问题",
        description="写入办理经过。例如：答复书没有写明检索的系统；送达凭证没有存入。",
        validators=[Length(max=1000, message="请控制在 1000 字以内。")],
        render_kw={"rows": 5},
    )


class AdjustmentForm(BaseForm):
    """Points that a department is given for a year, or that are taken from it."""

    department = SelectField("部门", validators=[InputRequired("请选择部门。")])
    points = IntegerField(
        "加减分", description="加分为正，减分为负。", validators=[InputRequired("请填写加减的分数。")]
    )
    reason = LongTextField(
        "理由",
        description="写入通报。例如：主动公开的经验被市里推广。",
        validators=[Required("请写明加减分的理由。"), Length(max=300, message="请控制在 300 字以内。")],
        render_kw={"rows": 3},
    )
