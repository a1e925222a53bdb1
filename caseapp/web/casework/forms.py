"""The forms of the casework pages; what needs the case is judged in the domain, not here."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Optional

from caseapp.domain.filing import APPLICANT_LABELS
from caseapp.domain.lifecycle import STATUS_WORDS
from caseapp.domain.outcome import CORRECTIONS, OFFERED, OUTCOMES, Outcome
from caseapp.domain.urgency import DATED, URGENCY_WORDS
from caseapp.web.kit.acts import ActForm, HiddenNumber
from caseapp.web.kit.forms import BaseForm, LineField, Required, SelectField, choices
from caseapp.web.kit.statements import LongTextField

EVERY = ("", "全部")
ME = "me"  # whoever reads the list
LONGEST_TRACKING_NUMBER = 40


class TrackingNumberField(LineField):
    """The number by which the post follows a letter."""

    def __init__(self, description: str = "寄件凭证上的邮件号。", **options: Any) -> None:
        longest = Length(max=LONGEST_TRACKING_NUMBER, message=f"请核对邮件号，最多 {LONGEST_TRACKING_NUMBER} 个字符。")
        super().__init__(
            "邮件号", description=description, validators=[longest], render_kw={"autocomplete": "off"}, **options
        )


class FilterForm(BaseForm):
    """What the list of cases is narrowed to, in the query string."""

    class Meta(BaseForm.Meta):
        csrf = False

    number = LineField("申请编号", render_kw={"autocomplete": "off", "placeholder": "例如 2026-0119"})
    status = SelectField(
        "状态", choices=choices([EVERY, *((status.value, words) for status, words in STATUS_WORDS.items())]), default=""
    )
    department = SelectField("承办部门", choices=choices([EVERY]), default="")
    deadline = SelectField(
        "期限", choices=choices([EVERY, *((one.value, URGENCY_WORDS[one]) for one in DATED)]), default=""
    )


class FurtherFilterForm(FilterForm):
    """All that the list of cases can be narrowed to: what is not asked for every day is drawn when it is asked for."""

    outcome = SelectField(
        "答复类型", choices=choices([EVERY, *((one.value, row.label) for one, row in OUTCOMES.items())]), default=""
    )
    applicant_kind = SelectField(
        "申请人类型",
        choices=choices([EVERY, *((one.value, words) for one, words in APPLICANT_LABELS.items())]),
        default="",
    )
    received_from = DateField("收到日期，从", validators=[Optional()])
    received_through = DateField("收到日期，到", validators=[Optional()])
    drafted_by = SelectField("起草人", choices=choices([EVERY, (ME, "我起草的")]), default="")


class SavedListForm(BaseForm):
    """A name for the list as it is narrowed now."""

    name = LineField("名称", validators=[Required("请填写名称。"), Length(max=60, message="名称最多 60 个字。")])
    shared = BooleanField("同事也可以使用")
    narrowed_by = HiddenField()


class OutcomeForm(BaseForm):
    """The first question of a reply."""

    class Meta(BaseForm.Meta):
        csrf = False

    outcome = RadioField(
        "答复类型",
        choices=choices((outcome.value, OUTCOMES[outcome].label) for outcome in (*OFFERED, *CORRECTIONS)),
        validators=[InputRequired("请选择答复类型。")],
    )

    @property
    def chosen(self) -> Outcome:
        """Return the outcome that was chosen; only after validation."""
        return Outcome(self.outcome.data)


class AssignForm(ActForm):
    department = RadioField("承办部门", validators=[InputRequired("请选择承办部门。")])


class AssignSeveralForm(BaseForm):
    department = RadioField("承办部门", validators=[InputRequired("请选择承办部门。")])


class ReturnForm(ActForm):
    reason = LongTextField(
        "退回的理由",
        description="受理窗口会看到这段文字，申请人看不到。例如：该信息由其他部门制作。",
        validators=[Required("请说明退回的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 4},
    )


class ExtensionForm(ActForm):
    NOT_ANSWERS = ActForm.NOT_ANSWERS | {"shown_days"}

    working_days = IntegerField(
        "延长多少个工作日",
        validators=[InputRequired("请填写延长的工作日数。")],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    reason = LongTextField(
        "延长的理由",
        description="申请人会在告知书中看到这段文字。",
        validators=[Required("请说明延长的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 5},
    )
    shown_days = HiddenNumber()

    @property
    def was_shown(self) -> bool:
        """Say whether the date for just these days has been shown before."""
        return self.shown_days.data == self.working_days.data != 0


class ReplyFileForm(ActForm):
    file = FileField(
        "选择文件",
        description="PDF、Word 或图片，每个小于 10 MB。",
        validators=[FileRequired("请选择要上传的文件。")],
        render_kw={"accept": ".pdf,.doc,.docx,.jpg,.jpeg,.png"},
    )


class DeliveryForm(ActForm):
    on = DateField("送达日期", validators=[InputRequired("请填写送达日期。")])
    tracking_number = TrackingNumberField()


class NoticeForm(ActForm):
    notified_on = DateField("寄出（交付）日期", validators=[InputRequired("请填写寄出日期。")])
    tracking_number = TrackingNumberField()
    confirmed_late = BooleanField("我确认按实际日期登记")


class SubmitDraftForm(ActForm):
    """The saved draft, sent for approval as it is."""
