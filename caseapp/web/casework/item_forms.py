"""The forms of the catalogue of proactive disclosure."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, RadioField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from caseapp.domain.catalogue import WITHHELD_WORDS, WithheldGround
from caseapp.domain.yearly_review import ReviewResult
from caseapp.web.kit.acts import ActForm, HiddenNumber
from caseapp.web.kit.forms import ChoiceField, LineField, Required, SelectField, choices
from caseapp.web.kit.statements import LongTextField


class ItemForm(ActForm):
    """One item: what it is, when it was made, and what of it is kept back."""

    kind = SelectField("信息类别", validators=[InputRequired("请选择信息类别。")])
    title = LineField("标题", validators=[Required("请填写标题。")], render_kw={"autocomplete": "off"})
    document_no = LineField("文号", render_kw={"autocomplete": "off"})
    project_number = LineField(
        "归集编号",
        description="地块编号、采购项目编号、批文编号、项目报建编号等；同一编号的信息在一页上显示。",
        validators=[Length(max=80, message="请控制在 80 字以内。")],
        render_kw={"autocomplete": "off"},
    )
    body = LongTextField("正文", description="全文或者摘要；篇幅长的作为附件上传。", render_kw={"rows": 10})
    made_on = DateField(
        "制作日期", description="公开期限从这一天的次日起算。", validators=[InputRequired("请填写制作日期。")]
    )
    changed_on = DateField("变更日期", description="内容有变更的填写，公开期限重新起算。", validators=[Optional()])
    ground = RadioField(
        "不予公开的部分",
        choices=choices((ground.value, words) for ground, words in WITHHELD_WORDS.items()),
        default=WithheldGround.NOTHING.value,
    )
    withheld = LongTextField(
        "不予公开的是哪一部分", description="公开页面写明这一部分没有公开及其依据。", render_kw={"rows": 2}
    )
    reviewed_by = LineField(
        "审查人",
        description="完成保密审查和公开审查的人；没有审查人不能公开。（第十七条）",
        validators=[Length(max=60, message="请控制在 60 字以内。")],
        render_kw={"autocomplete": "off"},
    )


class NewItemForm(ItemForm):
    """An item that is drafted, alone or as a copy of an answer; sent twice, it drafts one."""

    NOT_ANSWERS = ItemForm.NOT_ANSWERS | {"form_key", "case"}

    form_key = HiddenField()
    case = HiddenNumber()
    masked = BooleanField("我已逐字核对，申请人和其他人的个人信息都已遮去")

    def validate_masked(self, field: BooleanField) -> None:
        if self.case.data and not field.data:
            raise ValidationError("请逐字核对后勾选此项。（第十五条）")


class ReviewItemForm(ActForm):
    result = ChoiceField("复查结果", of=ReviewResult, validators=[InputRequired("请选择复查结果。")])
    reason = LongTextField(
        "理由",
        description="例如：原来的依据是否仍然成立。",
        validators=[Required("请写明复查的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )


class PublishItemForm(ActForm):
    """The button that publishes an item."""


class WithdrawItemForm(ActForm):
    reason = LongTextField(
        "撤下的理由",
        description="例如：误将含个人信息的版本公开。公开页面不再显示这条信息。",
        validators=[Required("请写明撤下的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )


class ItemFileForm(ActForm):
    file = FileField(
        "选择文件",
        description="PDF、Word 或图片，每个小于 10 MB。",
        validators=[FileRequired("请选择要上传的文件。")],
        render_kw={"accept": ".pdf,.doc,.docx,.jpg,.jpeg,.png"},
    )
