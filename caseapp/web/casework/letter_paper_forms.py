"""The forms of what is kept beside an issued letter."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, Length

from caseapp.domain.filing import DELIVERY_LABELS, DeliveryWay
from caseapp.domain.letter_paper import PAPER_WORDS
from caseapp.web.casework.forms import TrackingNumberField
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import Required, choices
from caseapp.web.kit.statements import LongTextField

# An answer that is fetched online is there the moment it is issued: that way nothing fails.
CAN_FAIL = (DeliveryWay.POST, DeliveryWay.IN_PERSON, DeliveryWay.EMAIL)
HANDED = {DeliveryWay.POST: "邮寄", DeliveryWay.IN_PERSON: "当面送交"}


class LetterPaperForm(ActForm):
    kind = RadioField(
        "存入什么",
        choices=choices((kind.value, words) for kind, words in PAPER_WORDS.items()),
        validators=[InputRequired("请选择存入的是盖章扫描件还是送达凭证。")],
    )
    file = FileField(
        "选择文件",
        description="小于 10 MB。盖章扫描件应为 PDF 或者图片；送达凭证可以是签收的送达回证、寄件凭证的扫描件或者照片。",
        validators=[FileRequired("请选择要存入的文件。")],
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.doc,.docx"},
    )


class TransferDeliveryForm(ActForm):
    way = RadioField(
        "用什么方式送达的",
        choices=choices((way.value, words) for way, words in HANDED.items()),
        validators=[InputRequired("请选择送达的方式。")],
    )
    on = DateField("送达日期", description="邮寄的，填写寄出日期。", validators=[InputRequired("请填写送达日期。")])
    tracking_number = TrackingNumberField("邮寄的，填写寄件凭证上的邮件号。")


class FailedDeliveryForm(ActForm):
    way = RadioField(
        "用什么方式送达的",
        choices=choices((way.value, DELIVERY_LABELS[way]) for way in CAN_FAIL),
        validators=[InputRequired("请选择送达的方式。")],
    )
    on = DateField(
        "哪一天未能送达", description="退信以邮局注明的日期为准。", validators=[InputRequired("请填写未能送达的日期。")]
    )
    tracking_number = TrackingNumberField("邮寄的，填写寄件凭证上的邮件号。")
    reason = LongTextField(
        "未能送达的原因",
        description="写入办理经过和送达回证。例如：邮局退回，注明“地址无此人”；已电话联系，申请人改为当面领取。",
        validators=[Required("请说明未能送达的原因。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )
