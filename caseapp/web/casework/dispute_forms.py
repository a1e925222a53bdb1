"""The forms of 复议、诉讼: that an answer is contested, how it ended, and the period of the handling anew."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField
from wtforms.validators import InputRequired, Length, Optional

from caseapp.domain.dispute import Begun, Decision, DisputeKind, DisputeResult, Order
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import ChoiceField, LineField, Required
from caseapp.web.kit.statements import LongTextField

OFF = {"autocomplete": "off"}
CALLED = Length(max=120, message="请控制在 120 字以内。")
NUMBERED = Length(max=80, message="请控制在 80 字以内。")


class Period(StrEnum):
    """How the decision sets the period of the handling anew."""

    BY_LAW = "by_law"
    WORKING_DAYS = "working_days"
    LAST_DAY = "last_day"

    @property
    def label(self) -> str:
        return {
            "by_law": "没有确定期限，或者写明“在法定期限内”：按完整的答复期限重新计算",
            "working_days": "确定了若干个工作日",
            "last_day": "确定了最后一日，或者若干个自然日（请填推算出的最后一日）",
        }[self.value]


class DisputeForm(ActForm):
    """That the answer is contested."""

    kind = ChoiceField("途径", of=DisputeKind, validators=[InputRequired("请选择途径。")])
    body = LineField("复议机关或者法院", validators=[Required("请填写复议机关或者法院的名称。"), CALLED], render_kw=OFF)
    docket = LineField("案号", description="通知书上的案号；没有的，请留空。", validators=[NUMBERED], render_kw=OFF)
    began_on = DateField("收到受理或者应诉通知之日", validators=[InputRequired("请填写收到通知的日期。")])

    @property
    def begun(self) -> Begun:
        """Return what was typed; only after validation."""
        return Begun(kind=self.kind.data, body=self.body.data, docket=self.docket.data, began_on=self.began_on.data)


class _DecisionForm(ActForm):
    result = ChoiceField("结果", of=DisputeResult, validators=[InputRequired("请选择结果。")])
    decided_on = DateField("决定书、裁判文书的日期", validators=[InputRequired("请填写决定、裁判的日期。")])
    decision_no = LineField("文号", validators=[NUMBERED], render_kw=OFF)
    summary = LongTextField(
        "主要内容",
        description="例如：撤销原答复，责令在 15 个工作日内重新答复。",
        validators=[Length(max=1000, message="请控制在 1000 字以内。")],
        render_kw={"rows": 4},
    )

    @property
    def decision(self) -> Decision:
        """Return what was decided; only after validation."""
        return Decision(
            result=self.result.data,
            decided_on=self.decided_on.data,
            decision_no=self.decision_no.data,
            summary=self.summary.data,
        )


class DecisionForm(_DecisionForm):
    """A result that orders nothing of the office."""

    no_order = BooleanField(
        "决定、裁判没有要求本机关重新答复",
        validators=[InputRequired("要求重新答复的，请改用“按复议决定、裁判重新办理”，期限才会重新计算。")],
    )


class ReopenForm(_DecisionForm):
    """A result that orders the office to answer anew; `shown` is the order whose dates the page has shown."""

    effective_on = DateField(
        "重新办理的起算之日",
        description="一般是收到决定书之日，或者裁判生效之日。当日不计，期限自次日起算。",
        validators=[InputRequired("请填写重新办理的起算之日。")],
    )
    period = ChoiceField("重新答复的期限", of=Period, validators=[InputRequired("请选择期限如何确定。")])
    working_days = IntegerField("多少个工作日", validators=[Optional()])
    answer_by = DateField("最后一日", validators=[Optional()])
    shown = HiddenField()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Ask for the number or the day where the decision has one."""
        if not super().validate(extra_validators):
            return False
        needed = {Period.WORKING_DAYS: self.working_days, Period.LAST_DAY: self.answer_by}.get(self.period.data)
        if needed is None or needed.data is not None:
            return True
        needed.errors = ["请填写决定、裁判确定的期限。"]
        return False

    @property
    def order(self) -> Order:
        """Return what the decision orders; only after validation."""
        chosen = self.period.data
        return Order(
            effective_on=self.effective_on.data,
            working_days=self.working_days.data if chosen is Period.WORKING_DAYS else None,
            answer_by=self.answer_by.data if chosen is Period.LAST_DAY else None,
        )

    @property
    def token(self) -> str:
        """Return the order in one line, to tell whether just its dates have been shown."""
        return f"{self.order.effective_on} {self.order.working_days} {self.order.answer_by}"

    @property
    def was_shown(self) -> bool:
        return self.shown.data == self.token
