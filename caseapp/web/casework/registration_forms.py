"""The forms of 登记 and of what follows from the day on which a request came (art. 29, 31, 43)."""

from functools import partial

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, HiddenField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from caseapp import clock
from caseapp.domain.correction import CaseKind
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind, DeliveryWay, EmailMissing, Medium, PaperNotByEmail, PaperNotOnline
from caseapp.domain.identity import IdentityKind, check_credit_code, check_email, check_identity_number, check_phone
from caseapp.domain.receipt import CONFIRMATION_MEANING, Channel, ContactWay, Receipt
from caseapp.services.receipts import Confirmation
from caseapp.services.registration import Incoming
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import BaseForm, ChoiceField, Judged, LineField, ListField, Required, TextField
from caseapp.web.kit.statements import LongTextField

OFF = {"autocomplete": "off"}
SHORT_NOTE = Length(max=500, message="请控制在 500 字以内。")


class RegistrationForm(BaseForm):
    """A request on paper, by fax or by word of mouth: only the name and the description bar its registration (R2)."""

    filing_key = HiddenField(validators=[Regexp(r"[\w-]{8,64}$", message="请重新打开登记页。")])
    channel = ChoiceField("申请渠道", of=Channel, validators=[Required("请选择申请渠道。")])
    arrived_on = DateField("到达日期", validators=[InputRequired("请填写到达日期。")])
    confirmed_on = DateField("双方确认日期", description=CONFIRMATION_MEANING, validators=[Optional()])
    contact = ListField("确认的方式", of=ContactWay, default=ContactWay.PHONE)
    note = LineField("确认晚的理由", description="传真到达后的下一个工作日之后才确认的，必须写明。", render_kw=OFF)
    signed = BooleanField("口头申请：代填内容已由申请人核对并签名确认")
    help_needed = BooleanField("申请人在阅读、视听上有困难，需要帮助（第四十三条）")

    kind = ListField("申请人类型", of=ApplicantKind, validators=[Required("请选择申请人类型。")])
    name = LineField("姓名或者名称", validators=[Required("请填写申请人的姓名或者名称。")], render_kw=OFF)
    identity_kind = ListField("身份证件类型", of=IdentityKind, default=IdentityKind.RESIDENT_ID)
    identity_number = LineField(
        "证件号码或者统一社会信用代码", description="申请书上没有的，请留空，登记后可以要求补正。", render_kw=OFF
    )
    representative = LineField("法定代表人（负责人）", description="单位申请的填写。", render_kw=OFF)
    contact_person = LineField("联系人", description="单位申请的填写。", render_kw=OFF)
    agent_name = LineField("代理人", description="受委托代为申请的填写。", render_kw=OFF)
    phone = LineField("联系电话", validators=[Judged(check_phone)], render_kw=OFF | {"type": "tel"})

    case_kind = ListField("申请事项", of=CaseKind, default=CaseKind.DISCLOSURE)
    title = LineField("信息名称", render_kw=OFF)
    document_no = LineField("文号", render_kw=OFF)
    description = TextField(
        "所需信息的描述",
        description="照录申请书；口头申请的，按申请人的陈述代填。用途不是必填内容，也不要求说明。",
        validators=[Required("请照录申请人需要的政府信息。")],
        render_kw={"rows": 6},
    )
    files = MultipleFileField(
        "申请书扫描件和附件",
        description="PDF、Word 或图片，每个小于 10 MB，最多 5 个。",
        render_kw={"accept": ".pdf,.doc,.docx,.jpg,.jpeg,.png"},
    )

    medium = ListField("希望得到的形式", of=Medium, default=Medium.PAPER, validators=[Required("请选择形式。")])
    way = ListField("获取方式", of=DeliveryWay, default=DeliveryWay.POST, validators=[Required("请选择获取方式。")])
    address = LineField(
        "通信地址", description="邮寄的填写；申请书上没有的，请留空，登记后可以要求补正。", render_kw=OFF
    )
    email = LineField(
        "电子邮箱", description="申请书写明同意用电子邮件送达的填写。", validators=[Judged(check_email)], render_kw=OFF
    )

    def validate_identity_number(self, field: LineField) -> None:
        if self.kind.data and self.kind.data.is_organisation:
            Judged(check_credit_code)(self, field)
        elif self.identity_kind.data:
            Judged(partial(check_identity_number, kind=self.identity_kind.data, today=clock.today()))(self, field)

    def validate(self, extra_validators: object = None) -> bool:
        """Judge the fields, then whether paper could reach the applicant that way."""
        if not super().validate(extra_validators=extra_validators):
            return False
        if self.way.data in (DeliveryWay.ONLINE, DeliveryWay.EMAIL) and self.medium.data is Medium.PAPER:
            self.show(PaperNotOnline() if self.way.data is DeliveryWay.ONLINE else PaperNotByEmail())
            return False
        if self.way.data is DeliveryWay.EMAIL and not self.email.data:
            self.show(EmailMissing())
            return False
        return True

    @property
    def receipt(self) -> Receipt:
        """Return how and when the request came; only after validation."""
        return Receipt(
            channel=self.channel.data,
            arrived_on=self.arrived_on.data,
            confirmed_on=self.confirmed_on.data,
            note=self.note.data,
            help_needed=self.help_needed.data,
        )

    @property
    def incoming(self) -> Incoming:
        """Return what came to the window; only after validation."""
        return Incoming(
            answers=self.answers,
            receipt=self.receipt,
            contact=self.contact.data,
            signed=self.signed.data,
            files=[(file.filename or "", file.read()) for file in self.files.data or () if file],
        )

    @property
    def answers(self) -> dict[str, dict[str, object]]:
        """Return the answers by step, as filing online has them."""
        number = "credit_code" if self.kind.data.is_organisation else "identity_number"
        return {
            "kind": {"kind": self.kind.data, "agent_name": self.agent_name.data, "case_kind": self.case_kind.data},
            "applicant": {
                "name": self.name.data,
                "identity_kind": self.identity_kind.data,
                number: self.identity_number.data,
                "representative": self.representative.data,
                "contact_person": self.contact_person.data,
                "phone": self.phone.data,
            },
            "information": {
                "title": self.title.data,
                "document_no": self.document_no.data,
                "description": self.description.data,
            },
            "delivery": {
                "medium": self.medium.data,
                "way": self.way.data,
                "address": self.address.data,
                "email": self.email.data if self.way.data is DeliveryWay.EMAIL else "",
            },
        }

    def show(self, refusal: DomainError) -> None:
        """Put a refused file at the field of the files."""
        if refusal.field == "file":
            self.files.errors = [*self.files.errors, str(refusal)]
        else:
            super().show(refusal)


class ConfirmationForm(ActForm):
    """That both sides have confirmed; `shown` is the day whose dates the page has shown."""

    on = DateField(
        "双方确认日期",
        description="这一天就是收到申请之日，答复期限自次日起算。（第三十一条）",
        validators=[InputRequired("请填写确认日期。")],
    )
    way = ListField("确认的方式", of=ContactWay, default=ContactWay.PHONE)
    note = LineField(
        "确认晚的理由",
        description="到达后的下一个工作日之后才确认的，必须写明。",
        validators=[SHORT_NOTE],
        render_kw=OFF,
    )
    shown = HiddenField()

    @property
    def was_shown(self) -> bool:
        """Say whether the dates that follow from just this day have been shown before."""
        return bool(self.on.data) and self.shown.data == self.on.data.isoformat()

    @property
    def confirmation(self) -> Confirmation:
        """Return what was confirmed; only after validation."""
        return Confirmation(on=self.on.data, way=self.way.data, note=self.note.data)


class ContactForm(ActForm):
    """An attempt that reached nobody."""

    way = ListField("联系的方式", of=ContactWay, default=ContactWay.PHONE)
    note = LineField(
        "情况",
        description="例如：上午、下午各拨打一次，无人接听。",
        validators=[Required("请写明联系的情况，例如无人接听、号码有误。"), SHORT_NOTE],
        render_kw=OFF,
    )


class ReceiptChangeForm(ActForm):
    """Another day of receipt; `shown` is the day whose dates the page has shown."""

    new_on = DateField("新的收到申请之日", validators=[InputRequired("请填写新的收到申请之日。")])
    reason = LongTextField(
        "更改的理由",
        description="负责人会看到这段文字，并留在办理经过中。例如：信封上的签收日是另一天。",
        validators=[Required("请说明更改的理由。"), SHORT_NOTE],
        render_kw={"rows": 4},
    )
    shown = HiddenField()

    @property
    def was_shown(self) -> bool:
        """Say whether the dates that follow from just this day have been shown before."""
        return bool(self.new_on.data) and self.shown.data == self.new_on.data.isoformat()
