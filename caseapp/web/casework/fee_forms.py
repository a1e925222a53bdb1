"""The forms of 信息处理费; what needs the case is judged in the domain, not here."""

from wtforms import DateField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Optional

from caseapp.domain.fee_schedule import FeeBasis
from caseapp.web.casework.forms import TrackingNumberField
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import LineField, Required, choices
from caseapp.web.kit.statements import LongTextField


class FeeForm(ActForm):
    """The standard and the quantity; `shown` carries what the calculation on the page was made from."""

    basis = RadioField(
        "收费标准",
        choices=choices((basis.value, basis.label) for basis in FeeBasis),
        description="一份申请只能选一种，不能并用（国办函〔2020〕109号第三条）。",
        validators=[InputRequired("请选择收费标准。")],
    )
    quantity = IntegerField(
        "本次的数量",
        description="按件计收的填件数（按一事一申请拆分的最小合理单位），按量计收的填页数（单面、A4 及以下为一页）。",
        validators=[InputRequired("请填写件数或者页数。")],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    shown = HiddenField()

    @property
    def chosen(self) -> FeeBasis:
        """Return the standard that was chosen; only after validation."""
        return FeeBasis(self.basis.data)

    @property
    def mark(self) -> str:
        """Return what stands for this calculation."""
        return f"{self.basis.data} {self.quantity.data}"

    @property
    def was_shown(self) -> bool:
        """Say whether just this calculation has been shown before."""
        return self.shown.data == self.mark


class FeeDeliveryForm(ActForm):
    sent_on = DateField("寄出日期", validators=[InputRequired("请填写寄出日期。")])
    tracking_number = TrackingNumberField()
    received_on = DateField(
        "申请人收到的日期",
        description="以回执或者投递记录为准，缴费期限自次日起计算。还不知道的可以先不填，知道后再登记一次。",
        validators=[Optional()],
    )


class PaymentForm(ActForm):
    on = DateField("缴费日期", validators=[InputRequired("请填写缴费日期。")])
    paper = LineField(
        "财政票据号",
        validators=[Required("请填写财政票据号。"), Length(max=60, message="请控制在 60 字以内。")],
        render_kw={"autocomplete": "off"},
    )


class CloseUnpaidForm(ActForm):
    note = LongTextField(
        "核实情况",
        description="写明怎样核实没有收到缴费，例如何日查询过财政缴款记录。",
        validators=[Required("请写明核实情况。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )


class CancelFeeForm(ActForm):
    reason = LongTextField(
        "撤销的理由",
        description="只存入案卷。",
        validators=[Required("请说明撤销的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )
