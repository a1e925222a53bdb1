"""The forms of 说明理由; what needs the case is judged in the domain, not here."""

import hashlib
from enum import StrEnum
from typing import Any

from wtforms import DateField, HiddenField, RadioField
from wtforms.validators import InputRequired, Length, Optional

from caseapp.services.reasons import Answer, Judgement
from caseapp.web.casework.forms import TrackingNumberField
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import Required, choices
from caseapp.web.kit.statements import LongTextField


class Answered(StrEnum):
    """What came back."""

    GIVEN = "given"
    SILENT = "silent"


class Verdict(StrEnum):
    """What was made of it."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


class ReasonsForm(ActForm):
    """The question; `shown` carries a digest of what the letter on the page was made from."""

    question = LongTextField(
        "需要说明的事项",
        description="写明数量、频次明显超过合理范围的情况，以及请申请人说明什么。申请人会在告知书中看到这段文字。",
        validators=[Required("请写明需要说明的事项。"), Length(max=1000, message="请控制在 1000 字以内。")],
        render_kw={"rows": 5},
    )
    reply_by = DateField("说明理由的期限", validators=[InputRequired("请填写说明理由的期限。")])
    shown = HiddenField()

    @property
    def letter_answers(self) -> dict[str, Any]:
        """Return what the letter is made from."""
        return {"question": self.question.data, "reply_by": self.reply_by.data}

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.letter_answers).encode()).hexdigest()

    @property
    def was_shown(self) -> bool:
        """Say whether the letter with just these words has been shown before."""
        return self.shown.data == self.digest


class ReasonsAnswerForm(ActForm):
    sent_on = DateField("说明理由告知书寄出（交付）的日期", validators=[InputRequired("请填写寄出（交付）的日期。")])
    tracking_number = TrackingNumberField()
    answered = RadioField(
        "申请人的答复",
        choices=choices([(Answered.GIVEN.value, "说明了理由"), (Answered.SILENT.value, "期限已过，没有说明")]),
        validators=[InputRequired("请选择申请人是否说明了理由。")],
    )
    given_on = DateField("收到理由的日期", validators=[Optional()])
    reasons = LongTextField("申请人的理由", description="照录申请人的说明。", render_kw={"rows": 5})

    def validate(self, extra_validators: object = None) -> bool:
        """Judge the fields; given reasons ask for their day and their words."""
        good = super().validate(extra_validators=extra_validators)
        if self.answered.data == Answered.GIVEN:
            for field, words in ((self.given_on, "请填写收到理由的日期。"), (self.reasons, "请照录申请人的理由。")):
                if not field.data and not field.errors:
                    field.errors = [*field.errors, words]
                    good = False
        return good

    @property
    def answer(self) -> Answer:
        """Return what came back; only after validation."""
        given = self.answered.data == Answered.GIVEN
        return Answer(
            given_on=self.given_on.data if given else None,
            reasons=self.reasons.data if given else "",
            sent_on=self.sent_on.data if "sent_on" in self else None,
            tracking_number=self.tracking_number.data if "tracking_number" in self else "",
        )


class JudgementForm(ActForm):
    verdict = RadioField(
        "理由是否成立",
        choices=choices([(Verdict.ACCEPTED.value, "成立"), (Verdict.NOT_ACCEPTED.value, "不成立：可以不予处理")]),
        validators=[InputRequired("请选择理由是否成立。")],
    )
    why = LongTextField(
        "判断的理由",
        validators=[Required("请写明判断的理由。"), Length(max=1000, message="请控制在 1000 字以内。")],
        render_kw={"rows": 5},
    )
    delayed_until = DateField(
        "告知申请人的延迟答复日期",
        description=(
            "选填。理由成立、但不能按期答复的，确定延迟答复的合理期限并告知申请人（第三十五条）。"
            "申请人可以在进度页看到；承诺期限、法定期限的日期不变。"
        ),
        validators=[Optional()],
    )

    @property
    def judgement(self) -> Judgement:
        """Return the verdict; only after validation."""
        return Judgement(
            accepted=self.verdict.data == Verdict.ACCEPTED, why=self.why.data, delayed_until=self.delayed_until.data
        )
