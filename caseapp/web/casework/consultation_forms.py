"""The forms of 征求意见; what needs the case is judged in the domain, not here."""

import hashlib
from typing import Any

from wtforms import DateField, HiddenField, RadioField
from wtforms.validators import InputRequired, Length

from caseapp.domain.consultation import CONSULTED_WORDS, POSITION_WORDS, ConsultedKind, Position
from caseapp.services.consultations import Arrival, Judgement, Opinion
from caseapp.services.consulted import Disclosure, Question
from caseapp.web.casework.consultation_words import HARM_WORDS
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import LineField, Required, choices
from caseapp.web.kit.statements import LongTextField

NOT_SHOWN = "给第三方和其他机关的文书不写申请人的姓名、名称和联系方式。"
ANSWERS = (Position.AGREES, Position.OBJECTS)
LONGEST_PROOF = 40  # as long as a number of the post may be


class ShownForm(ActForm):
    """A form whose letter or dates are shown first; `shown` carries a digest of what they were made from."""

    NOT_ANSWERS = ActForm.NOT_ANSWERS | {"shown"}

    shown = HiddenField()

    @property
    def digest(self) -> str:
        """Return a digest of what is typed in."""
        return hashlib.sha256(repr(sorted(self.answers.items())).encode()).hexdigest()

    @property
    def was_shown(self) -> bool:
        """Say whether what follows from just these words has been shown before."""
        return bool(self.shown.data == self.digest)


class QuestionForm(ShownForm):
    kind = RadioField(
        "征求谁的意见",
        choices=choices((kind.value, words) for kind, words in CONSULTED_WORDS.items()),
        validators=[InputRequired("请选择征求谁的意见。")],
    )
    name = LineField(
        "名称或者姓名",
        description="征求意见书的抬头。申请人看不到。",
        validators=[Required("请填写名称或者姓名。"), Length(max=120, message="请控制在 120 字以内。")],
        render_kw={"autocomplete": "off"},
    )
    contact = LineField(
        "联系方式",
        description="征求意见书寄到哪里、打哪个电话。只存入案卷。",
        validators=[Required("请填写联系方式，例如地址或者电话。")],
        render_kw={"autocomplete": "off"},
    )
    matter = LongTextField(
        "征求意见的信息内容",
        description=f"写明是哪些信息、其中哪些部分涉及对方。{NOT_SHOWN}",
        validators=[Required("请写明征求意见的信息内容。")],
        render_kw={"rows": 6},
    )

    @property
    def question(self) -> Question:
        """Return whom to ask, and what; only after validation."""
        return Question(**{**self.answers, "kind": ConsultedKind(self.kind.data)})


class ArrivalForm(ActForm):
    on = DateField("送达日期", validators=[InputRequired("请填写送达日期。")])
    proof = LineField(
        "送达凭证",
        description="邮件号，或者签收人。",
        validators=[Length(max=LONGEST_PROOF, message=f"请控制在 {LONGEST_PROOF} 字以内。")],
        render_kw={"autocomplete": "off"},
    )

    @property
    def arrival(self) -> Arrival:
        return Arrival(on=self.on.data, proof=self.proof.data)


class DeliveredForm(ArrivalForm, ShownForm):
    """The delivery of a question: the reply period, and so the due date, follow from it."""

    NOT_ANSWERS = ShownForm.NOT_ANSWERS


class OpinionForm(ShownForm):
    on = DateField(
        "收到意见的日期",
        description="意见到达本机关之日。答复期限自次日起继续计算。",
        validators=[InputRequired("请填写收到意见的日期。")],
    )
    position = RadioField(
        "意见",
        choices=choices((one.value, POSITION_WORDS[one]) for one in ANSWERS),
        validators=[InputRequired("请选择对方的意见。")],
    )
    reasons = LongTextField(
        "对方的理由和要求",
        description="照录。只同意公开一部分的，选“不同意公开”，并写明哪些部分。没有说明理由的，留空。",
        render_kw={"rows": 5},
    )

    @property
    def opinion(self) -> Opinion:
        return Opinion(on=self.on.data, position=Position(self.position.data), reasons=self.reasons.data)


class JudgementForm(ActForm):
    is_reasonable = RadioField(
        "判断",
        choices=choices([("yes", HARM_WORDS[True]), ("no", HARM_WORDS[False])]),
        validators=[InputRequired("请选择您的判断。")],
    )
    reasons = LongTextField(
        "判断的理由",
        description="逐项写明为什么成立或者不成立。只存入案卷。",
        validators=[Required("请说明判断的理由。")],
        render_kw={"rows": 5},
    )
    public_interest = LongTextField(
        "公共利益的考虑",
        description="会损害其合法权益，但不公开可能对公共利益造成重大影响、仍应当公开的，写明是什么影响；否则留空。",
        render_kw={"rows": 4},
    )

    @property
    def judgement(self) -> Judgement:
        return Judgement(
            is_reasonable=self.is_reasonable.data == "yes",
            reasons=self.reasons.data,
            public_interest=self.public_interest.data,
        )


class DisclosureForm(ShownForm):
    disclosed = LongTextField(
        "决定公开的信息内容",
        description=NOT_SHOWN,
        validators=[Required("请写明决定公开的内容。")],
        render_kw={"rows": 4},
    )
    reasons = LongTextField(
        "决定公开的理由",
        description="第三方会在告知书中看到这段文字。",
        validators=[Required("请写明决定公开的理由。")],
        render_kw={"rows": 5},
    )

    @property
    def told(self) -> Disclosure:
        return Disclosure(**self.answers)


def as_judged(row: Any) -> dict[str, str]:
    """Return an earlier judgement as the form takes it, to be mended."""
    if row.judged_on is None:
        return {}
    return {
        "is_reasonable": "yes" if row.is_reasonable else "no",
        "reasons": row.judgement,
        "public_interest": row.public_interest,
    }
