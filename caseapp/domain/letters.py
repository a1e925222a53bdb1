"""The kinds of letter, and the fields each may ask for (the structure of the page is in `document`).

The words are in letters/, the page in gateways/official_document.py; this module ties both to the Regulation.
A list: one row for each kind and field, so it may grow beyond the usual length.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LetterKind(StrEnum):
    DISCLOSED = "disclosed"
    ALREADY_PUBLIC = "already_public"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    NOT_FOUND = "not_found"
    NOT_OURS = "not_ours"
    EXTENSION_NOTICE = "extension_notice"
    SUPPLEMENT_NOTICE = "supplement_notice"
    CONSULTATION_THIRD_PARTY = "consultation_third_party"
    CONSULTATION_ORGAN = "consultation_organ"
    CONSULTATION_NOTICE = "consultation_notice"
    DISCLOSURE_NOTICE = "disclosure_notice"
    FEE_NOTICE = "fee_notice"
    REASONS_REQUEST = "reasons_request"
    EXCESSIVE = "excessive"
    BUSINESS_LOOKUP = "business_lookup"
    NEEDS_PROCESSING = "needs_processing"
    UNCLEAR = "unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    RECONFIRMATION = "reconfirmation"
    RECEIPT = "receipt"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    CORRECTION_PASSED_ON = "correction_passed_on"
    CORRECTION_TRANSFER = "correction_transfer"
    CORRECTION_ELSEWHERE = "correction_elsewhere"


FieldValue = str | date | int | None  # what a letter's field may be given


class FieldType(StrEnum):
    LINE = "line"  # one line; a line break is refused
    TEXT = "text"  # one or more paragraphs, one to a line
    DATE = "date"
    COUNT = "count"


@dataclass(frozen=True, kw_only=True)
class LetterField:
    """A field that a letter can ask for; `label` is what the office calls it."""

    label: str
    type: FieldType = FieldType.LINE


FIELDS: dict[str, LetterField] = {
    # every letter
    "you": LetterField(label="对收件人的称呼"),
    "received_on": LetterField(label="收到申请之日", type=FieldType.DATE),
    "supplemented_on": LetterField(label="收到补正材料之日", type=FieldType.DATE),
    "case_number": LetterField(label="申请编号"),
    "title": LetterField(label="申请公开的信息名称"),
    "contact": LetterField(label="本机关联系方式"),
    # answers
    "facts": LetterField(label="事实和理由", type=FieldType.TEXT),
    "given": LetterField(label="所提供的信息", type=FieldType.TEXT),
    "way": LetterField(label="提供方式"),
    "withheld": LetterField(label="不予公开的内容", type=FieldType.TEXT),
    "where": LetterField(label="获取的方式和途径", type=FieldType.TEXT),
    "ground": LetterField(label="不予公开的依据"),
    "ground_article": LetterField(label="不予公开依据的条款"),
    "discretion": LetterField(label="裁量理由", type=FieldType.TEXT),
    "consultation": LetterField(label="征求第三方意见的情况", type=FieldType.TEXT),
    "classification_basis": LetterField(label="定密依据"),
    "search_systems": LetterField(label="检索的系统和档案"),
    "search_keywords": LetterField(label="检索的关键词"),
    "search_units": LetterField(label="询问的部门"),
    "searched_on": LetterField(label="检索日期", type=FieldType.DATE),
    "right_organ": LetterField(label="负责公开该信息的行政机关"),
    "right_organ_contact": LetterField(label="该行政机关的联系方式"),
    "special_law": LetterField(label="获取该信息的特别规定"),
    "unclear": LetterField(label="补正后仍不明确的内容", type=FieldType.TEXT),
    "right_channel": LetterField(label="反映诉求的渠道", type=FieldType.TEXT),
    "earlier_case": LetterField(label="此前申请的编号"),
    "earlier_number": LetterField(label="此前答复的文号"),
    "earlier_on": LetterField(label="此前答复的日期", type=FieldType.DATE),
    "remedy": LetterField(label="救济途径", type=FieldType.TEXT),
    # notices
    "original_due_on": LetterField(label="原答复期限届满日", type=FieldType.DATE),
    "new_due_on": LetterField(label="延长后的答复期限届满日", type=FieldType.DATE),
    "days": LetterField(label="延长的工作日数", type=FieldType.COUNT),
    "reason": LetterField(label="延长的理由", type=FieldType.TEXT),
    "corrections": LetterField(label="需要补正的内容", type=FieldType.TEXT),
    "guidance": LetterField(label="补正的指导和说明", type=FieldType.TEXT),
    "reply_by": LetterField(label="补正期限", type=FieldType.DATE),
    "matter": LetterField(label="征求意见的信息内容和涉及收件人的部分", type=FieldType.TEXT),
    "reply_days": LetterField(label="答复征求意见的工作日数", type=FieldType.COUNT),
    "opened_on": LetterField(label="发出征求意见书之日", type=FieldType.DATE),
    "disclosed": LetterField(label="决定公开的信息内容", type=FieldType.TEXT),
    "disclosure_reason": LetterField(label="决定公开的理由", type=FieldType.TEXT),
    "fee_basis": LetterField(label="收费的依据"),
    "fee_standard": LetterField(label="收费的标准", type=FieldType.TEXT),
    "fee_steps": LetterField(label="费用的计算", type=FieldType.TEXT),
    "fee_amount": LetterField(label="应缴金额（元）", type=FieldType.COUNT),
    "payment_days": LetterField(label="缴费期限的工作日数", type=FieldType.COUNT),
    "payment_way": LetterField(label="缴费方式", type=FieldType.TEXT),
    "after_payment": LetterField(label="缴费之后的答复期限"),
    "question": LetterField(label="需要说明的事项", type=FieldType.TEXT),
    "answer_by": LetterField(label="说明理由的期限", type=FieldType.DATE),
    "applicant_reasons": LetterField(label="申请人说明的理由", type=FieldType.TEXT),
    "channel": LetterField(label="申请渠道"),
    "due_on": LetterField(label="答复期限届满日", type=FieldType.DATE),
}


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """One kind of letter: 文种, its legal basis, the fields its words must use and may use.

    `paper` is what the letter calls itself (自收到本答复书之日起…). A letter that is not `to_applicant` goes to a third
    party or another organ: it names nobody who asks (E19), and the applicant never gets to see it.
    """

    label: str
    title: str
    paper: str
    basis: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    to_applicant: bool = True

    @property
    def needs_remedy(self) -> bool:
        """Tell whether the letter must carry the remedy paragraph (R40, R47)."""
        return "remedy" in self.required

    @property
    def may_ask(self) -> frozenset[str]:
        """Return the names of the fields that the words may use."""
        return self.required | self.optional


_ALWAYS = frozenset({"you", "received_on", "case_number", "title"})
_OFTEN = frozenset({"supplemented_on", "contact", "facts"})
_TO_OTHERS = frozenset({"you", "case_number", "matter"})  # neither the applicant nor what he wrote himself (E19, R64)
_ANSWER = "政府信息公开申请答复书"

LETTERS: dict[LetterKind, KindRow] = {
    LetterKind.DISCLOSED: KindRow(
        label="予以公开答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十六条第（二）项、第四十条",
        required=_ALWAYS | {"given", "way", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.ALREADY_PUBLIC: KindRow(
        label="已主动公开答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十六条第（一）项",
        required=_ALWAYS | {"given", "where", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.PARTIAL: KindRow(
        label="部分公开答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十七条",
        required=_ALWAYS | {"given", "way", "withheld", "ground", "ground_article", "remedy"},
        optional=_OFTEN | {"discretion", "consultation", "classification_basis"},
    ),
    LetterKind.WITHHELD: KindRow(
        label="不予公开答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十六条第（三）项",
        required=_ALWAYS | {"ground", "ground_article", "facts", "remedy"},
        optional=_OFTEN | {"withheld", "discretion", "consultation", "classification_basis"},
    ),
    LetterKind.NOT_FOUND: KindRow(
        label="信息不存在答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十六条第（四）项",
        required=_ALWAYS | {"search_systems", "search_keywords", "searched_on", "remedy"},
        optional=_OFTEN | {"search_units"},
    ),
    LetterKind.NOT_OURS: KindRow(
        label="不属于本机关公开答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十六条第（五）项、第十条",
        required=_ALWAYS | {"facts", "right_organ", "right_organ_contact", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.EXTENSION_NOTICE: KindRow(
        label="延期答复告知书",
        title="政府信息公开申请延期答复告知书",
        paper="告知书",
        basis="第三十三条第二款",
        required=_ALWAYS | {"original_due_on", "new_due_on", "days", "reason"},
        optional=frozenset({"supplemented_on", "contact"}),
    ),
    LetterKind.SUPPLEMENT_NOTICE: KindRow(
        label="补正告知书",
        title="政府信息公开申请补正告知书",
        paper="告知书",
        basis="第三十条",
        required=_ALWAYS | {"corrections", "reply_by"},
        optional=frozenset({"guidance", "contact"}),
    ),
    LetterKind.CONSULTATION_THIRD_PARTY: KindRow(
        label="第三方征求意见书",
        title="政府信息公开征求意见书",
        paper="征求意见书",
        basis="第十五条、第三十二条",
        required=_TO_OTHERS | {"reply_days"},
        optional=frozenset({"contact"}),
        to_applicant=False,
    ),
    LetterKind.CONSULTATION_ORGAN: KindRow(
        label="机关征求意见书",
        title="政府信息公开征求意见书",
        paper="征求意见书",
        basis="第三十四条",
        required=_TO_OTHERS | {"reply_days"},
        optional=frozenset({"contact"}),
        to_applicant=False,
    ),
    LetterKind.CONSULTATION_NOTICE: KindRow(
        label="征求意见告知书",
        title="政府信息公开征求意见告知书",
        paper="告知书",
        basis="第三十二条、第三十三条第三款",
        required=_ALWAYS | {"opened_on", "reply_days"},
        optional=frozenset({"supplemented_on", "contact"}),
    ),
    LetterKind.DISCLOSURE_NOTICE: KindRow(
        label="公开决定告知书",
        title="政府信息公开决定告知书",
        paper="告知书",
        basis="第三十二条",
        required=_TO_OTHERS | {"disclosed", "disclosure_reason", "remedy"},
        optional=frozenset({"contact"}),
        to_applicant=False,
    ),
    LetterKind.FEE_NOTICE: KindRow(
        label="收费通知书",
        title="政府信息公开信息处理费收费通知书",
        paper="通知书",
        basis="第四十二条",
        required=_ALWAYS | {"fee_basis", "fee_standard", "fee_steps", "fee_amount", "payment_days", "payment_way"},
        optional=frozenset({"supplemented_on", "contact", "after_payment"}),
    ),
    LetterKind.REASONS_REQUEST: KindRow(
        label="说明理由告知书",
        title="政府信息公开申请说明理由告知书",
        paper="告知书",
        basis="第三十五条",
        required=_ALWAYS | {"question", "answer_by"},
        optional=frozenset({"supplemented_on", "contact"}),
    ),
    LetterKind.EXCESSIVE: KindRow(
        label="不予处理告知书（大量反复申请）",
        title="政府信息公开申请不予处理告知书",
        paper="告知书",
        basis="第三十五条",
        required=_ALWAYS | {"applicant_reasons", "facts", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.BUSINESS_LOOKUP: KindRow(
        label="行政查询事项告知书",
        title="政府信息公开申请告知书",
        paper="告知书",
        basis="第三十六条第（七）项",
        required=_ALWAYS | {"special_law", "where", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.NEEDS_PROCESSING: KindRow(
        label="需要加工、分析答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十八条",
        required=_ALWAYS | {"facts", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.UNCLEAR: KindRow(
        label="补正后仍不明确答复书",
        title=_ANSWER,
        paper="答复书",
        basis="第三十条",
        required=_ALWAYS | {"supplemented_on", "unclear", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.PETITION: KindRow(
        label="不予处理告知书（信访、投诉、举报）",
        title="政府信息公开申请不予处理告知书",
        paper="告知书",
        basis="第三十九条第一款",
        required=_ALWAYS | {"facts", "right_channel", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.REPEATED: KindRow(
        label="不予重复处理告知书",
        title="政府信息公开申请不予重复处理告知书",
        paper="告知书",
        basis="第三十六条第（六）项",
        required=_ALWAYS | {"earlier_case", "earlier_number", "earlier_on", "facts", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.PUBLICATION: KindRow(
        label="公开出版物告知书",
        title="政府信息公开申请告知书",
        paper="告知书",
        basis="第三十九条第二款",
        required=_ALWAYS | {"where", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.RECONFIRMATION: KindRow(
        label="不予处理告知书（确认或者重新出具）",
        title="政府信息公开申请不予处理告知书",
        paper="告知书",
        basis="第二条",
        required=_ALWAYS | {"facts", "remedy"},
        optional=_OFTEN,
    ),
    LetterKind.RECEIPT: KindRow(
        label="登记回执",
        title="政府信息公开申请登记回执",
        paper="回执",
        basis="第三十一条",
        required=_ALWAYS | {"due_on", "contact"},
        optional=frozenset({"channel"}),
    ),
    LetterKind.CORRECTED: KindRow(
        label="予以更正答复书",
        title="政府信息更正申请答复书",
        paper="答复书",
        basis="第四十一条",
        required=_ALWAYS | {"facts", "remedy"},
    ),
    LetterKind.NOT_CORRECTED: KindRow(
        label="不予更正答复书",
        title="政府信息更正申请答复书",
        paper="答复书",
        basis="第四十一条",
        required=_ALWAYS | {"facts", "remedy"},
    ),
    LetterKind.CORRECTION_PASSED_ON: KindRow(
        label="更正申请转送告知书",
        title="政府信息更正申请答复书",
        paper="答复书",
        basis="第四十一条",
        required=_ALWAYS | {"facts", "right_organ", "right_organ_contact", "remedy"},
    ),
    LetterKind.CORRECTION_TRANSFER: KindRow(
        label="更正申请转送函",
        title="政府信息更正申请转送函",
        paper="转送函",
        basis="第四十一条",
        required=frozenset({"you", "received_on", "case_number", "title", "facts"}),
        optional=frozenset({"contact"}),
        to_applicant=False,
    ),
    LetterKind.CORRECTION_ELSEWHERE: KindRow(
        label="更正申请告知书",
        title="政府信息更正申请答复书",
        paper="答复书",
        basis="第四十一条",
        required=_ALWAYS | {"facts", "right_organ", "right_organ_contact", "remedy"},
    ),
}

# Fields that the words must use but that may stay empty: no ground where the rest is no government information
# (art. 37), and no right organ where it cannot be determined (art. 36(五)).
MAY_BE_EMPTY: frozenset[str] = frozenset({"ground", "ground_article", "right_organ", "right_organ_contact"})

TO_A_PERSON = "您"
TO_AN_ORGANISATION = "贵单位"
TO_A_THIRD_PARTY = "贵方"  # a person or an organisation
