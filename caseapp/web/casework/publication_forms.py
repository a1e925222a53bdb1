"""The forms of the yearly review and of 转为主动公开."""

from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, Length, Optional

from caseapp.domain.yearly_review import ReviewResult
from caseapp.services.publications import Publishing
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import ChoiceField, LineField, Required, choices
from caseapp.web.kit.statements import LongTextField

LONG = Length(max=500, message="请控制在 500 字以内。")


class ReviewForm(ActForm):
    """What the yearly review found, and why."""

    result = ChoiceField("复查结果", of=ReviewResult, validators=[InputRequired("请选择复查结果。")])
    reason = LongTextField(
        "理由",
        description="例如：原来的依据仍然成立；或者决定已经作出，过程性信息可以公开。",
        validators=[Required("请写明复查的理由，例如原来的依据是否仍然成立。"), LONG],
        render_kw={"rows": 4},
    )


class PublicationForm(ActForm):
    """Whether the disclosed information becomes public, and where, or why not."""

    publishes = RadioField(
        "是否转为主动公开",
        choices=choices([("yes", "已经转为主动公开"), ("no", "不转为主动公开")]),
        validators=[InputRequired("请选择是否转为主动公开。")],
    )
    place = LineField("在哪里公开", description="网址或者栏目。转为主动公开的必填。", render_kw={"autocomplete": "off"})
    published_on = DateField("公开日期", validators=[Optional()])
    reason = LongTextField("理由", description="不转为主动公开的必填。", validators=[LONG], render_kw={"rows": 3})

    @property
    def decision(self) -> Publishing:
        """Return what was decided; only after validation."""
        return Publishing(
            publishes=self.publishes.data == "yes",
            place=self.place.data,
            published_on=self.published_on.data,
            reason=self.reason.data,
        )
