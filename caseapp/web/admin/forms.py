"""The forms of administration: accounts, routing words, facts of departments and their numbers, words of letters."""

from typing import Any

from wtforms import BooleanField, FloatField, HiddenField, PasswordField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from caseapp.domain.accounts import SHORTEST_PASSWORD, sign_in_name
from caseapp.domain.catalogue import LIMITS
from caseapp.domain.department_facts import (
    LETTER_FORM_WORDS,
    LONGEST,
    ORGAN_KIND_WORDS,
    Facts,
    check_online_address,
)
from caseapp.domain.document import LetterForm
from caseapp.domain.identity import check_email
from caseapp.domain.letters import LETTERS
from caseapp.domain.permissions import ROLE_WORDS, Role
from caseapp.domain.push import check_address
from caseapp.domain.remedies import OrganKind
from caseapp.domain.routing_rules import HEAVIEST, KIND_WORDS
from caseapp.domain.routing_table import Kind
from caseapp.web.kit.forms import BaseForm, Judged, LineField, Required, SelectField, TextField, choices
from caseapp.web.kit.statements import LongTextField

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class BoxesField(SelectMultipleField):
    """Several choices, a box each."""

    option_widget = CheckboxInput()


class ProfileForm(BaseForm):
    name = LineField("姓名", validators=[Required("请填写姓名。")], render_kw={"autocomplete": "off"})
    email = LineField(
        "电子邮箱",
        description="填写后，到期前 3 个、1 个工作日和当天、逾期后会收到提醒邮件。邮件只写申请编号，不写申请人。",
        validators=[Optional(), Judged(check_email)],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    department = SelectField("部门", description="承办员必须属于一个部门，只办理本部门的申请。")
    roles = BoxesField(
        "角色",
        description="一个人可以有几个角色，但不能审批自己提交的事项。",
        coerce=Role,
        choices=choices((role.value, words) for role, words in ROLE_WORDS.items()),
        validators=[Required("请至少选择一个角色。")],
    )
    seen = HiddenField()


class NewPersonForm(ProfileForm):
    sign_in_name = LineField(
        "登录名",
        description="2 至 40 个小写字母、数字、点、下划线或短横线，例如 li.ming。以后不能修改。",
        validators=[Required("请填写登录名。"), Judged(sign_in_name)],
        render_kw=QUIET,
    )
    password = PasswordField(
        "初始密码",
        description=f"至少 {SHORTEST_PASSWORD} 个字符，不能与登录名相同。请当面告知本人。",
        validators=[Required("请填写初始密码。")],
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(BaseForm):
    password = PasswordField(
        "新密码",
        description=f"至少 {SHORTEST_PASSWORD} 个字符，不能与登录名相同。请当面告知本人。",
        validators=[Required("请填写新密码。")],
        render_kw={"autocomplete": "new-password"},
    )


class TermForm(BaseForm):
    field_code = SelectField("领域", description="理由中会写明这个领域。")
    weight = FloatField(
        "权重",
        description=f"大于 0、不超过 {HEAVIEST}，越大越能说明由该部门负责；不指向部门的词语填 0。",
        validators=[InputRequired("请填写权重，例如 6。")],
        render_kw={"inputmode": "decimal"},
    )


class NewTermForm(TermForm):
    term = LineField(
        "词语",
        description="申请中会出现的写法，例如 施工许可证。全角、大写会统一为半角、小写。",
        validators=[Required("请填写词语。")],
        render_kw=QUIET,
    )
    kind = SelectField(
        "类别",
        description="同一词语的类别不同，作用不同。",
        coerce=Kind,
        choices=choices((kind.value, words) for kind, words in KIND_WORDS.items()),
        default=Kind.OBJECT,
        validators=[Required("请选择类别。")],
    )
    department_code = SelectField("指向的部门")


class TermFilterForm(BaseForm):
    """Narrows the list; it comes with the address and changes nothing, so it carries no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    prefix = LineField("词语开头", render_kw=QUIET)
    department = SelectField("部门", default="")


class TrialForm(BaseForm):
    title = LineField("信息名称", render_kw=QUIET)
    document_no = LineField("文号", render_kw=QUIET)
    description = TextField(
        "所需信息的描述",
        description="粘贴一份申请的描述，只看结果，不会保存。",
        validators=[Required("请粘贴或填写描述。")],
        render_kw={"rows": 6},
    )


def _fact(label: str, *, name: str, required: str = "", **options: Any) -> LineField:
    """Return the field of one fact, under the same limit as the rule behind it."""
    words = f"请控制在 {LONGEST[name]} 字以内。"
    validators = [*options.pop("validators", []), Length(max=LONGEST[name], message=words)]
    if required:
        validators.insert(0, Required(required))
    return LineField(label, validators=validators, render_kw={"autocomplete": "off"}, **options)


class DepartmentForm(BaseForm):
    name = _fact("名称", name="name", description="答复书上的机关名称。", required="请填写名称。")
    short_name = _fact("简称", name="short_name", description="列表和分派理由中使用。", required="请填写简称。")
    phone = _fact("联系电话", name="phone", description="申请人会在回执和答复书中看到。")
    address = _fact("地址", name="address")
    organ_kind = SelectField(
        "机关性质",
        description="决定救济告知中写哪一个行政复议机关。",
        coerce=OrganKind,
        choices=choices((kind.value, words) for kind, words in ORGAN_KIND_WORDS.items()),
        validators=[Required("请选择机关性质。")],
    )
    review_body = _fact("行政复议机关", name="review_body", description="没有填写时，不能出具须告知救济途径的答复书。")
    review_address = _fact(
        "网上复议地址",
        name="review_address",
        description="以 https:// 开头。通过互联网送达答复书的，必须告知（行政复议法第二十二条）。",
        validators=[Judged(check_online_address)],
    )
    court = _fact("人民法院", name="court", description="不填写时，答复书写“人民法院”。")
    letter_prefix = _fact(
        "机关代字", name="letter_prefix", description="文号中年份之前的部分。", required="请填写机关代字。"
    )
    number_pattern = _fact(
        "文号格式",
        name="number_pattern",
        description="可以使用 {prefix}（机关代字）、{year}（年份）、{serial}（顺序号）；需要补零时写 {serial:04}。",
        required="请填写文号格式。",
    )
    letter_form = RadioField(
        "答复书格式",
        coerce=LetterForm,
        choices=choices((form.value, words) for form, words in LETTER_FORM_WORDS.items()),
        validators=[Required("请选择答复书格式。")],
    )
    seen = HiddenField()

    @property
    def facts(self) -> Facts:
        """Return the facts as the form states them."""
        return Facts(**{name: value for name, value in self.answers.items() if name != "seen"})


class SeriesForm(BaseForm):
    """Which kind of letter is numbered apart, and how."""

    kind = SelectField("文书", choices=choices((kind.value, row.label) for kind, row in LETTERS.items()))
    pattern = LineField(
        "文号格式",
        description="可以使用 {prefix}、{year}、{serial}。留空则与本部门的其他文书一起编号。",
        validators=[Length(max=80, message="请控制在 80 字以内。")],
        render_kw=QUIET,
    )


class WordingForm(BaseForm):
    text = LongTextField(
        "模板",
        description="“---”以上是标题和所用的字段，以下是正文。{{ }} 是字段，{% if %} 是条件。",
        validators=[Required("请填写模板。")],
        render_kw={"rows": 24, "spellcheck": "false", "class": "font-monospace"},
    )


class KindForm(BaseForm):
    """One kind of the catalogue of proactive disclosure."""

    name = LineField(
        "信息类别", validators=[Required("请填写信息类别。"), Length(max=80, message="请控制在 80 字以内。")]
    )
    content = LongTextField("公开内容", description="这一类信息应当写明什么。", render_kw={"rows": 4})
    days = RadioField(
        "公开期限",
        choices=choices((str(days), f"{days} 个工作日") for days in LIMITS),
        validators=[InputRequired("请选择公开期限。")],
    )
    way = LineField("公开方式", validators=[Length(max=200, message="请控制在 200 字以内。")])
    supervision = LineField("监督渠道", validators=[Length(max=200, message="请控制在 200 字以内。")])
    number_label = LineField(
        "归集编号",
        description="同一项目的信息按什么编号归集，例如“采购项目编号”；填写后，公开这一类信息须写明编号。",
        validators=[Length(max=40, message="请控制在 40 字以内。")],
    )
    active = BooleanField("使用这一类别")


class ApiClientForm(BaseForm):
    """The name of another system that may file requests."""

    name = LineField(
        "系统名称",
        description="例如：区政府门户网站。",
        validators=[Required("请填写系统名称。"), Length(max=80, message="请控制在 80 字以内。")],
        render_kw={"autocomplete": "off"},
    )


class PushTargetForm(BaseForm):
    """A site that is told of every change of the catalogue."""

    name = LineField(
        "网站名称",
        description="例如：区政府门户网站。",
        validators=[Required("请填写网站名称。"), Length(max=80, message="请控制在 80 字以内。")],
        render_kw={"autocomplete": "off"},
    )
    address = LineField(
        "接收地址",
        description="对方提供的、接收推送的 https 地址。",
        validators=[
            Required("请填写接收地址。"),
            Length(max=300, message="请控制在 300 字以内。"),
            Judged(check_address),
        ],
        render_kw={"autocomplete": "off"},
    )
