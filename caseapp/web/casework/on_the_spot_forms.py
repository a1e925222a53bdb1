"""The forms of 当场答复."""

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.replies import ON_THE_SPOT
from caseapp.domain.reply_content import ReplyContent
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import LineField, choices
from caseapp.web.kit.statements import LongTextField


class OnTheSpotForm(ActForm):
    """What is answered at the counter; which fields are needed is judged with the reply."""

    outcome = RadioField(
        "怎样答复",
        choices=choices((outcome.value, OUTCOMES[outcome].label) for outcome in ON_THE_SPOT),
        validators=[InputRequired("请选择怎样答复。")],
    )
    given = LongTextField(
        "所提供的信息", description="写明文件名称、文号、页数。予以公开、已主动公开的必填。", render_kw={"rows": 3}
    )
    where = LongTextField(
        "获取该信息的方式、途径", description="网址或者地点。已主动公开、公开出版物的必填。", render_kw={"rows": 2}
    )
    reviewed_by = LineField(
        "公开前的审查人", description="依照条例第十七条，予以公开的必填。只存入案卷，不写进答复书。"
    )

    @property
    def content(self) -> ReplyContent:
        """Return the reply; only after validation."""
        outcome = Outcome(self.outcome.data)
        stated = set(OUTCOMES[outcome].statements)
        return ReplyContent(
            outcome=outcome,
            given=self.given.data if "given" in stated else "",
            where=self.where.data if "where" in stated else "",
            way="当场提供" if "way" in stated else "",
            reviewed_by=self.reviewed_by.data if "reviewed_by" in stated else "",
        )


class HandoverForm(ActForm):
    """That the applicant has signed for the letter."""

    signed = BooleanField("申请人已在送达回证上签收", validators=[InputRequired("申请人签收后，才能登记为已经答复。")])
