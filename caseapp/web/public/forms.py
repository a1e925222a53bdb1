"""The forms of filing and following: only what art. 29 of the Regulation names is asked."""

import unicodedata
from enum import StrEnum
from functools import partial

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField
from wtforms.validators import Regexp

from caseapp import clock
from caseapp.domain.correction import CaseKind
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium, check_delivery
from caseapp.domain.identity import IdentityKind, check_credit_code, check_email, check_identity_number, check_phone
from caseapp.web.kit.forms import (
    BaseForm,
    ChoiceField,
    HoneypotMixin,
    Judged,
    LineField,
    ListField,
    Required,
    TextField,
)

ASK_PHONE = "请填写联系电话，例如手机号或带区号的座机。"


class Representation(StrEnum):
    """Who files: the applicant himself, or an agent with a mandate."""

    SELF = "self"
    AGENT = "agent"

    @property
    def label(self) -> str:
        return {"self": "本人（本单位）申请", "agent": "受委托代为申请"}[self.value]


class ApplicantKindForm(HoneypotMixin, BaseForm):
    case_kind = HiddenField(default=CaseKind.DISCLOSURE.value)
    kind = ChoiceField("申请人类型", of=ApplicantKind, validators=[Required("请选择申请人类型。")])
    representation = ChoiceField(
        "由谁提交",
        of=Representation,
        default=Representation.SELF,
        validators=[Required("请选择由谁提交。")],
    )
    agent_name = LineField(
        "代理人姓名",
        description="受委托时填写。授权委托书请在第 3 步作为附件上传。",
        render_kw={"autocomplete": "off"},
    )

    def validate_agent_name(self, field: LineField) -> None:
        if self.representation.data is Representation.AGENT:
            Required("请填写代理人姓名。")(self, field)

    @property
    def answers(self) -> dict[str, object]:
        """Return `kind`, `case_kind`, and `agent_name`, which is "" where the applicant files himself."""
        by_agent = self.representation.data is Representation.AGENT
        return {
            "kind": self.kind.data,
            "case_kind": self.asked.value,
            "agent_name": self.agent_name.data if by_agent else "",
        }

    @property
    def asked(self) -> CaseKind:
        """Return what is applied for; whatever the page did not offer counts as a request for information."""
        return CaseKind(self.case_kind.data) if self.case_kind.data in list(CaseKind) else CaseKind.DISCLOSURE


class PersonForm(BaseForm):
    name = LineField(
        "姓名",
        description="请与身份证件一致。",
        validators=[Required("请填写姓名。")],
        render_kw={"autocomplete": "name"},
    )
    identity_kind = ListField(
        "身份证件类型",
        of=IdentityKind,
        default=IdentityKind.RESIDENT_ID,
        validators=[Required("请选择身份证件类型。")],
    )
    identity_number = LineField(
        "证件号码",
        description="只需号码，不需要证件照片。号码加密保存，页面上不会完整显示。",
        validators=[Required("请填写证件号码。")],
        render_kw={"autocomplete": "off"},
    )
    phone = LineField(
        "联系电话",
        description="手机号，或带区号的座机。",
        validators=[Required(ASK_PHONE), Judged(check_phone)],
        render_kw={"autocomplete": "tel", "type": "tel"},
    )

    def validate_identity_number(self, field: LineField) -> None:
        if self.identity_kind.data:
            check = partial(check_identity_number, kind=self.identity_kind.data, today=clock.today())
            Judged(check)(self, field)


class OrganisationForm(BaseForm):
    name = LineField(
        "名称",
        description="请与营业执照或登记证书一致。",
        validators=[Required("请填写名称。")],
        render_kw={"autocomplete": "organization"},
    )
    credit_code = LineField(
        "统一社会信用代码",
        description="18 位，在营业执照或登记证书上。",
        validators=[Required("请填写统一社会信用代码。"), Judged(check_credit_code)],
        render_kw={"autocomplete": "off"},
    )
    representative = LineField(
        "法定代表人（负责人）",
        validators=[Required("请填写法定代表人（负责人）姓名。")],
        render_kw={"autocomplete": "off"},
    )
    contact_person = LineField(
        "联系人",
        validators=[Required("请填写联系人姓名。")],
        render_kw={"autocomplete": "name"},
    )
    phone = LineField(
        "联系电话",
        description="手机号，或带区号的座机。",
        validators=[Required(ASK_PHONE), Judged(check_phone)],
        render_kw={"autocomplete": "tel", "type": "tel"},
    )


class InformationForm(BaseForm):
    title = LineField("信息名称", description="知道文件或项目的名称时填写。", render_kw={"autocomplete": "off"})
    document_no = LineField(
        "文号",
        description="例如 ×政发〔2025〕3号，或地块编号、采购项目编号。",
        render_kw={"autocomplete": "off"},
    )
    description = TextField(
        "您需要什么政府信息",
        description="请写清事项、时间、地点或单位等特征，便于查找。一份申请请只写一项。",
        validators=[Required("请描述您需要的政府信息。")],
        render_kw={"rows": 8},
    )


class CorrectionForm(InformationForm):
    """What art. 41 asks for: which record, what of it is inaccurate, and what it should say."""

    title = LineField(
        "记录所在的文件或者信息名称",
        validators=[Required("请填写记录所在的文件或者信息名称。")],
        render_kw={"autocomplete": "off"},
    )
    description = TextField(
        "哪里不准确，应当怎样记录",
        description="请写清与您有关的哪一处记录不准确、正确的是什么、证据是什么。",
        validators=[Required("请写明哪里不准确、应当怎样记录。")],
        render_kw={"rows": 8},
    )


class UploadForm(BaseForm):
    file = FileField(
        "选择文件",
        description="PDF、Word 或图片，每个小于 10 MB，最多 5 个。",
        validators=[FileRequired("请选择要上传的文件。")],
        render_kw={"accept": ".pdf,.doc,.docx,.jpg,.jpeg,.png"},
    )


class DeliveryForm(BaseForm):
    medium = ChoiceField(
        "希望得到的形式", of=Medium, default=Medium.ELECTRONIC, validators=[Required("请选择希望得到的形式。")]
    )
    way = ChoiceField("获取方式", of=DeliveryWay, default=DeliveryWay.ONLINE, validators=[Required("请选择获取方式。")])
    address = LineField(
        "通信地址",
        description="选择邮寄时填写，请写到门牌号和收件人能收到的详细地址。",
        render_kw={"autocomplete": "street-address"},
    )
    email = LineField(
        "电子邮箱",
        description="选择电子邮件时填写，答复书发到这个邮箱。",
        validators=[Judged(check_email)],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    email_consent = BooleanField("我同意用电子邮件送达：答复书进入上面的邮箱，即为送达")

    def validate(self, extra_validators: object = None) -> bool:
        """Judge the fields, then whether the answer could reach the applicant this way."""
        if not super().validate(extra_validators=extra_validators):
            return False
        try:
            check_delivery(
                medium=self.medium.data,
                way=self.way.data,
                address=self.address.data,
                email=self.email.data,
                consents=self.email_consent.data,
            )
        except DomainError as refusal:
            self.show(refusal)
            return False
        return True

    @property
    def answers(self) -> dict[str, object]:
        """Return `medium` and `way`, with the address or the e-mail address that this way needs: the other is ""."""
        posted, mailed = self.way.data is DeliveryWay.POST, self.way.data is DeliveryWay.EMAIL
        needed = {
            "address": self.address.data if posted else "",
            "email": self.email.data if mailed else "",
            "email_consent": mailed and self.email_consent.data,
        }
        return super().answers | needed


class SubmitForm(HoneypotMixin, BaseForm):
    filing_key = HiddenField(validators=[Regexp(r"[\w-]{8,64}$", message="请从“核对并提交”页重新提交。")])


class TrackForm(HoneypotMixin, BaseForm):
    NOT_ANSWERS = HoneypotMixin.NOT_ANSWERS | {"kept"}

    kept = HiddenField()  # sealed: what was typed on a page whose visit had run out
    number = LineField(
        "申请编号",
        description="在回执上，例如 2026-0119。",
        validators=[Required("请填写申请编号。")],
        render_kw={"autocomplete": "off"},
    )
    code = LineField(
        "查询码",
        description="回执上的 10 位字母和数字，大小写均可。",
        validators=[Required("请填写查询码。")],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )

    @property
    def answers(self) -> dict[str, object]:
        """Return `number` and `code` as they are stored: half-width, upper case, without blanks."""
        return {name: _as_printed(value) for name, value in super().answers.items()}


class ResumeForm(HoneypotMixin, BaseForm):
    code = LineField(
        "继续填写的代码",
        description="暂存时给您的 12 位字母和数字，大小写均可，可以带短横线。",
        validators=[Required("请填写代码。")],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )

    @property
    def typed_code(self) -> str:
        """Return the code as it is stored: half-width, upper case, without blanks and hyphens."""
        return _as_printed(self.code.data or "").replace("-", "")


def _as_printed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
