"""The forms of the other ends and turns of a case: 转办."""

from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import Required
from caseapp.web.kit.statements import LongTextField


class VoidForm(ActForm):
    reason = LongTextField(
        "作废的理由",
        description="写入文号登记簿和办理经过，承办人会看到，申请人看不到。例如：答复书所附合同的页数有误。",
        validators=[Required("请说明作废的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )


class TransferForm(ActForm):
    department = RadioField("转给哪个部门", validators=[InputRequired("请选择接手的部门。")])
    reason = LongTextField(
        "转办的理由",
        description="接手的部门会看到这段文字，申请人看不到。例如：该信息由接手的部门制作。",
        validators=[Required("请说明转办的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )
