"""The forms of 补正 and 撤回 for the staff; what needs the case is judged in the domain, not here."""

import hashlib

from wtforms import BooleanField, DateField, HiddenField
from wtforms.validators import InputRequired, Length

from caseapp.domain.supplement import LONGEST_WORKING_DAYS, SHORTEST_WORKING_DAYS
from caseapp.services.supplements import Notice
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import Required
from caseapp.web.kit.statements import LongTextField


class SupplementForm(ActForm):
    """The notice to correct; `shown` carries a digest of what the letter on the page was made from."""

    items = LongTextField(
        "需要补正的内容",
        description="一行写一项，申请人会在补正告知书中看到。应一次写全，以后原则上不能再次告知。",
        validators=[Required("请写明需要补正的内容，一行一项。")],
        render_kw={"rows": 5},
    )
    guidance = LongTextField(
        "指导和说明",
        description="选填。告诉申请人可以怎样写、可以从哪里找到文件名称或文号。",
        render_kw={"rows": 4},
    )
    reply_by = DateField(
        "补正期限",
        description=f"最晚在这一天补正。至少留 {SHORTEST_WORKING_DAYS} 个、最长 {LONGEST_WORKING_DAYS} 个工作日。",
        validators=[InputRequired("请填写补正期限。")],
    )
    override = LongTextField(
        "逾期或者再次告知的理由",
        validators=[Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )
    shown = HiddenField()

    @property
    def notice(self) -> Notice:
        """Return what is to be told; only after validation."""
        return Notice(
            items=self.items.data,
            guidance=self.guidance.data,
            reply_by=self.reply_by.data,
            override=self.override.data if "override" in self else "",
        )

    @property
    def digest(self) -> str:
        """Return a digest of the notice as it stands."""
        return hashlib.sha256(repr(self.notice).encode()).hexdigest()

    @property
    def was_shown(self) -> bool:
        """Say whether the letter with just these words has been shown before."""
        return self.shown.data == self.digest


class TakenForm(ActForm):
    """A correction that came on paper."""

    taken_on = DateField(
        "收到日期",
        description="补正材料到达本机关之日。答复期限自这一天起重新计算，当日不计。",
        validators=[InputRequired("请填写收到日期。")],
    )
    text = LongTextField(
        "补正的内容",
        description="照录申请人补正后的申请内容。",
        validators=[Required("请填写补正的内容。")],
        render_kw={"rows": 6},
    )
    shown = HiddenField()

    @property
    def was_shown(self) -> bool:
        """Say whether the dates that follow from just this day have been shown before."""
        return self.shown.data == self.taken_on.data.isoformat()


class LapseForm(ActForm):
    no_good_reason = BooleanField("经核实，申请人无正当理由逾期不补正")
    judgement = LongTextField(
        "核实情况",
        description="写明怎样核实的，例如何时联系过申请人、得到什么答复。",
        validators=[Required("请写明核实情况。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )


class WithdrawalForm(ActForm):
    on = DateField(
        "收到撤回申请的日期",
        validators=[InputRequired("请填写收到撤回申请的日期。")],
    )
    reason = LongTextField(
        "撤回的说明",
        description="选填。照录申请人的书面说明；原件请归档。",
        validators=[Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )
    signed = BooleanField(
        "申请人已书面签名（盖章）提出撤回",
        validators=[InputRequired("须有申请人签名（盖章）的撤回申请，请核对后勾选。")],
    )
