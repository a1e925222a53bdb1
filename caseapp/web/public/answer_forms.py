"""The forms of an applicant whose request is under way: the correction asked for, and taking the request back."""

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from caseapp.web.kit.acts import HiddenNumber
from caseapp.web.kit.forms import BaseForm, Required
from caseapp.web.kit.statements import LongTextField


class CorrectionForm(BaseForm):
    supplement = HiddenNumber()
    text = LongTextField(
        "补正的内容",
        description="请逐项回答上面列出的问题。",
        validators=[Required("请填写补正的内容。")],
        render_kw={"rows": 8},
    )


class WithdrawalForm(BaseForm):
    reason = LongTextField(
        "撤回的说明",
        description="选填。",
        validators=[Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )
    confirmed = BooleanField(
        "我确认撤回这份申请", validators=[InputRequired("请勾选“我确认撤回这份申请”，或者返回进度页。")]
    )
