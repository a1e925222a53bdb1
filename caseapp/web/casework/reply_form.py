"""The form of a reply: of all statements only those that the chosen outcome needs, under the names the rules use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import BooleanField, DateField, Field, RadioField
from wtforms.validators import Optional, ValidationError

from caseapp import clock
from caseapp.domain.grounds import GROUNDS, Ground
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.reply_content import ReplyContent, SearchRecord
from caseapp.domain.reply_gates import EarlierAnswer
from caseapp.web.kit.acts import ActForm
from caseapp.web.kit.forms import LineField, SelectField, choices
from caseapp.web.kit.statements import LongTextField

# A statement that only some grounds ask for, and the start of their codes.
GROUND_OF = {"disclosure_demanded": "E16", "discretion": "E16", "consultation": "E15", "classification_basis": "E14a"}
NEEDED_WITH = {"E16": "选第十六条时必填", "E15": "选第十五条时必填", "E14a": "选国家秘密时必填"}
SHOWN: dict[Outcome, tuple[str, ...]] = {
    Outcome.DISCLOSED: ("given", "way", "facts", "reviewed_by"),
    Outcome.ALREADY_PUBLIC: ("given", "where", "facts"),
    Outcome.PARTIAL: ("way", *GROUND_OF, "reviewed_by"),  # and its items: web.casework.partial_form
    Outcome.WITHHELD: ("separable", "ground", *GROUND_OF, "withheld", "facts"),
    Outcome.NOT_FOUND: ("search_systems", "search_keywords", "search_units", "searched_by", "searched_on", "facts"),
    Outcome.NOT_OURS: ("right_organ", "right_organ_contact", "right_organ_unknown", "facts"),
    Outcome.BUSINESS_LOOKUP: ("special_law", "where", "facts"),
    Outcome.NEEDS_PROCESSING: ("facts",),
    Outcome.UNCLEAR: ("unclear", "facts"),
    Outcome.PETITION: ("facts", "right_channel"),
    Outcome.REPEATED: ("earlier_case", "facts"),
    Outcome.PUBLICATION: ("where", "facts"),
    Outcome.EXCESSIVE: ("facts",),
    Outcome.RECONFIRMATION: ("facts",),
    Outcome.CORRECTED: ("facts",),
    Outcome.NOT_CORRECTED: ("facts",),
    Outcome.CORRECTION_PASSED_ON: ("facts", "right_organ", "right_organ_contact"),
    Outcome.CORRECTION_ELSEWHERE: ("facts", "right_organ", "right_organ_contact"),
}  # fmt: skip
LABELS: dict[tuple[Outcome, str], str] = {
    (Outcome.ALREADY_PUBLIC, "given"): "已经公开的信息",
    (Outcome.DISCLOSED, "facts"): "需要说明的事实",
    (Outcome.ALREADY_PUBLIC, "facts"): "需要说明的事实",
    (Outcome.NOT_FOUND, "facts"): "需要说明的事实",
    (Outcome.BUSINESS_LOOKUP, "where"): "办理查询的机构和途径",
    (Outcome.BUSINESS_LOOKUP, "facts"): "需要说明的事实",
    (Outcome.UNCLEAR, "facts"): "需要说明的事实",
    (Outcome.PUBLICATION, "where"): "出版物的名称和获取途径",
    (Outcome.PUBLICATION, "facts"): "需要说明的事实",
    (Outcome.CORRECTED, "facts"): "更正的内容",
    (Outcome.CORRECTION_PASSED_ON, "right_organ"): "有权更正的行政机关",
    (Outcome.CORRECTION_ELSEWHERE, "right_organ"): "有权更正的行政机关",
}
SEARCH = {"systems": "search_systems", "keywords": "search_keywords", "units": "search_units"}
SEARCHED = ("searched_by", "searched_on")
IN_FILE_ONLY = "只存入案卷，不写进答复书。"
NO_CASE = ("", "请选择")
ONLY_THESE = "列出本部门对同一申请人（证件号码相同）的答复。文号和日期会写进告知书。（《条例》第三十六条第（六）项）"
NONE_FOUND = "没有找到本部门对同一申请人的答复，不能按重复申请答复，请改选答复类型。"
MUST, MAY = "送审时必填", "选填"
WITH_GROUND = {"placeholder": " "}  # lets the stylesheet see whether the field is empty


class YesNoField(RadioField):
    """A question answered by yes, by no, or not yet: `answer` is True, False or None."""

    ANSWERS = {"yes": True, "no": False}

    def __init__(self, label: str, *, yes: str, no: str, **options: Any) -> None:
        super().__init__(label, choices=choices([("yes", yes), ("no", no)]), validate_choice=False, **options)

    @property
    def answer(self) -> bool | None:
        return self.ANSWERS.get(self.data)


class ReplyForm(ActForm):
    given = LongTextField("所提供的信息", description="逐项写明文件名称、文号、页数。", render_kw={"rows": 4})
    way = LineField("提供的方式", description="例如：随本答复书附电子文件。")
    where = LongTextField("获取该信息的方式、途径", description="写明网址，或者查阅的地点。", render_kw={"rows": 3})
    separable = YesNoField(
        "申请的内容能否作区分处理",
        yes="能区分：应当提供可以公开的部分",
        no="不能区分",
        description="依照条例第三十七条。能区分的，请改选“部分公开”。",
    )
    ground = SelectField(
        "不予公开的依据",
        choices=choices(
            [("", "请选择"), *((ground.value, f"{row.citation}：{row.label}") for ground, row in GROUNDS.items())]
        ),
        default="",
    )
    disclosure_demanded = YesNoField(
        "有无法律、法规、规章规定应当公开", yes="有：应当公开", no="没有", description="依照条例第十六条。"
    )
    discretion = LongTextField(
        "决定不予公开的裁量理由",
        description="第十六条是“可以不予公开”，请写明为什么决定不公开。",
        render_kw={"rows": 4, **WITH_GROUND},
    )
    consultation = LongTextField(
        "征求第三方意见的结果，或者未征求意见的理由",
        description="依照条例第三十二条。",
        render_kw={"rows": 4, **WITH_GROUND},
    )
    classification_basis = LineField(
        "定密依据", description="例如：《……国家秘密范围的规定》第×条。", render_kw=WITH_GROUND
    )
    withheld = LongTextField("不予公开的内容", description="写明不公开的部分，不写其中的内容。", render_kw={"rows": 4})
    special_law = LineField("作出特别规定的法律、行政法规", description="写明名称和条款。")
    unclear = LongTextField(
        "补正后仍不明确的内容", description="逐点写明哪里仍不明确，为什么不能确定所指的信息。", render_kw={"rows": 4}
    )
    right_channel = LongTextField("反映诉求的渠道", description="写明机构、地址或者电话、网址。", render_kw={"rows": 3})
    earlier_case = SelectField("此前已经答复的申请", choices=choices([NO_CASE]), default="")
    right_organ = LineField("负责公开该信息的行政机关", description="写机关全称。")
    right_organ_contact = LineField("该机关的联系方式", description="电话或地址。")
    right_organ_unknown = BooleanField("不能确定负责公开的行政机关")
    search_systems = LineField("检索过的系统或者档案", description="例如：本机关档案管理系统、业务审批系统。")
    search_keywords = LineField("检索用的关键词", description="几个关键词之间用顿号隔开。")
    search_units = LineField("询问过的部门")
    searched_by = LineField("检索人", description=IN_FILE_ONLY)
    searched_on = DateField("检索日期", validators=[Optional()])
    facts = LongTextField("事实和理由", description="申请人会在答复书中看到这段文字。", render_kw={"rows": 6})
    reviewed_by = LineField("公开前的审查人", description=f"依照条例第十七条。{IN_FILE_ONLY}")

    @classmethod
    def for_outcome(cls, outcome: Outcome, **data: Any) -> "ReplyForm":
        """Return the form with the fields that this outcome needs, in their order."""
        form = cls(data=data)
        for name in [name for name in cls._statements() if name not in SHOWN[outcome]]:
            del form[name]
        for name in SHOWN[outcome]:
            field = form[name]
            field.label.text = LABELS.get((outcome, name), field.label.text)
        form.outcome = outcome
        return form

    def offer(self, earlier: Iterable[EarlierAnswer]) -> None:
        """Let the form choose among the answers that the same applicant has had before (R35)."""
        offered = [(one.case_number, _on_one_line(one)) for one in earlier]
        self.earlier_case.choices = choices([NO_CASE, *offered])
        self.earlier_case.description = ONLY_THESE if offered else NONE_FOUND

    @classmethod
    def _statements(cls) -> set[str]:
        return {name for names in SHOWN.values() for name in names}

    @property
    def parts(self) -> Iterator[tuple[Field, str, str]]:
        """Return each field with the words beside its label and the ground that it goes with, "" for any."""
        required = self._required()
        for name in SHOWN[self.outcome]:
            ground = GROUND_OF.get(name, "")
            yield self[name], NEEDED_WITH.get(ground) or (MUST if name in required else MAY), ground

    def _required(self) -> set[str]:
        names = set(OUTCOMES[self.outcome].statements)
        if "search" in names:
            names |= {"search_systems", "search_keywords", *SEARCHED}
        if self.outcome is Outcome.WITHHELD:
            names |= {"separable", "ground"}
        return names

    def validate_searched_on(self, field: DateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("检索日期不能晚于今天。")

    def content(self) -> ReplyContent:
        """Return what the form states."""
        given = {name: self[name].data for name in SHOWN[self.outcome]}
        search = None
        if self.outcome is Outcome.NOT_FOUND:
            parts = {part: given.pop(name) for part, name in SEARCH.items()}
            search = SearchRecord(**parts, **{name: given.pop(name) for name in SEARCHED})
        for name in given:
            if isinstance(self[name], YesNoField):
                given[name] = self[name].answer
        if "ground" in given:
            given["ground"] = Ground(given["ground"]) if given["ground"] else None
        return ReplyContent(outcome=self.outcome, search=search, **given)


def _on_one_line(earlier: EarlierAnswer) -> str:
    answered = f"{chinese_date(earlier.dated_on)}答复，{earlier.letter_number}"
    return f"{earlier.case_number} {earlier.title}（{answered}）"


def as_typed(content: ReplyContent) -> Mapping[str, Any]:
    """Return a drafted reply as the fields of the form take it."""
    values = {
        name: value for name, value in vars(content).items() if name not in ("outcome", "search", "ground", "items")
    }
    search = content.search or SearchRecord()
    values |= {name: getattr(search, part) for part, name in SEARCH.items()}
    values |= {name: getattr(search, name) for name in SEARCHED}
    for name in ("separable", "disclosure_demanded"):
        values[name] = {True: "yes", False: "no"}.get(values[name])
    return values | {"ground": content.ground.value if content.ground else ""}
