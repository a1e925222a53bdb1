"""The form and the result of the 期限计算器, shared by the public page and that of a case; asked by GET."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField
from wtforms.validators import NumberRange, Optional

from caseapp.domain.deadlines import ClockState, Deadline
from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date
from caseapp.domain.what_if import (
    MOST_CONSULTATIONS,
    Outlook,
    Standing,
    Supposed,
    SupposedConsultation,
    problems,
)
from caseapp.web.kit.forms import BaseForm

LONGEST_EXTENSION = 60


def day_field(label: str, description: str = "") -> DateField:
    """Return a field for a day that may stay empty."""
    return DateField(label, description=description, validators=[Optional()])


class SupposedForm(BaseForm):
    """What may happen: every field may stay empty; the address carries the answers, so a result can be shared."""

    class Meta(BaseForm.Meta):
        csrf = False

    asked_on = day_field("告知补正的日期")
    reply_by = day_field("补正期限", "申请人最晚在哪一天补正。")
    taken_on = day_field("收到补正后申请的日期", "答复期限自这一天起重新计算。")
    opened_1 = day_field("第一次征求意见的日期", "向第三方或者其他机关发出征求意见书的日期。")
    delivered_1 = day_field("第一次征求意见书的送达日期", "回复期限为送达后 15 个工作日；不填的，暂按发出当日推算。")
    replied_1 = day_field("第一次收到回复的日期")
    opened_2 = day_field("第二次征求意见的日期")
    delivered_2 = day_field("第二次征求意见书的送达日期")
    replied_2 = day_field("第二次收到回复的日期")
    opened_3 = day_field("第三次征求意见的日期")
    delivered_3 = day_field("第三次征求意见书的送达日期")
    replied_3 = day_field("第三次收到回复的日期")
    approved_on = day_field("同意延期的日期")
    extension_days = IntegerField(
        "延长的工作日数",
        validators=[
            Optional(),
            NumberRange(min=1, max=LONGEST_EXTENSION, message="请填写 1 到 60 之间的整数。"),
        ],
        render_kw={"inputmode": "numeric"},
    )
    told_on = day_field("告知申请人延期的日期")
    as_of = day_field("按哪一天的情况计算", "不填的，按最后一个日期计算。这一天之后的事项视为尚未发生。")

    @property
    def supposed(self) -> Supposed:
        """Return the supposed facts; only after validation."""
        own = ("asked_on", "reply_by", "taken_on", "approved_on", "extension_days", "told_on", "as_of")
        return Supposed(
            **{name: self[name].data for name in own},
            consultations=tuple(self._consultation(number) for number in range(1, MOST_CONSULTATIONS + 1)),
        )

    def _consultation(self, number: int) -> SupposedConsultation:
        names = ("opened", "delivered", "replied")
        return SupposedConsultation(**{f"{name}_on": self[f"{name}_{number}"].data for name in names})

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under the headings of the page."""
        asked = [f"{name}_{number}" for number in range(1, MOST_CONSULTATIONS + 1) for name in CONSULTED]
        named = [
            ("补正", ["asked_on", "reply_by", "taken_on"]),
            ("征求意见", asked),
            ("延期", ["approved_on", "extension_days", "told_on"]),
            ("计算日", ["as_of"]),
        ]
        return [(heading, [self[name] for name in names]) for heading, names in named]

    def look(self, standing: Standing, ask: Callable[[Supposed], Outlook]) -> Outlook | None:
        """Return what `ask` answers for facts that fit together; otherwise `None`, with the words at their fields."""
        found = list(problems(self.supposed, standing))
        for problem in found:
            self.show(problem)
        if found:
            return None
        try:
            return ask(self.supposed)
        except DomainError as refusal:
            self.show(refusal)
            return None


CONSULTED = ("opened", "delivered", "replied")
STATES = {
    ClockState.RUNNING: "期限正在计算。",
    ClockState.SUSPENDED: "正在征求意见，以下日期按征求意见至答复期满推算，收到回复后重新计算。",
    ClockState.AWAITING_SUPPLEMENT: "等待申请人补正，收到补正后的申请重新计算，现在没有答复期限。",
    ClockState.SUPPLEMENT_OVERDUE: "补正期限已过，尚未收到补正，现在没有答复期限。",
    ClockState.AWAITING_PAYMENT: "等待申请人缴纳信息处理费，缴费后重新计算，现在没有答复期限。",
    ClockState.PAYMENT_OVERDUE: "缴费期限已过，尚未收到缴费，现在没有答复期限。",
}


def words(seen: Outlook) -> dict[str, object]:
    """Return what the result says, ready to be set."""
    local, statutory = seen.clocks.local, seen.clocks.statutory
    return {
        "as_of": seen.as_of,
        "sentence": _sentence(local, statutory),
        "state": STATES[local.state],
        "later": seen.later,
        "violations": seen.violations,
        "rows": [
            ("承诺期限", _date(local.answer_due, local)),
            ("法定期限", _date(statutory.answer_due, statutory)),
            ("补正告知的最后一天", _date(local.supplement_notice_due, local)),
            ("批准并告知延期的最后一天", _date(local.first_due, local)),
            ("不扣除征求意见时间的日期", _date(local.safe_due, local)),
            ("征求意见的最后答复期限", _date(local.consultation_due, local)),
            ("适用规则", f"{local.rule_set.title}；{statutory.rule_set.title}"),
        ],
        "clocks": [("承诺期限", local.ledger), ("法定期限", statutory.ledger)],
    }


def _sentence(local: Deadline, statutory: Deadline) -> str:
    if local.answer_due is None:
        return STATES[local.state]
    due = f"答复期限为{_date(local.answer_due, local)}（法定期限{_date(statutory.answer_due, statutory)}）"
    if local.extended_days:
        return f"{due}，已延长 {local.extended_days} 个工作日。"
    return f"{due}；最晚可在{_date(local.first_due, local)}前（含当日）经同意并告知申请人延期。"


def _date(day: date | None, clock: Deadline) -> str:
    if day is None:
        return "无"
    return chinese_date(day) + ("（暂定）" if clock.provisional else "")
