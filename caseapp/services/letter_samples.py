"""Sample letters of every kind in both forms, short and long, to look at and to hold against the standard.

A list: the facts of one letter a kind, so it may grow beyond the usual length. Nobody in it is a real person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseapp.domain.document import LetterForm, OfficialDocument
from caseapp.domain.letters import FIELDS as KNOWN
from caseapp.domain.letters import FieldType, FieldValue, LetterKind
from caseapp.gateways.letter_words import words
from caseapp.gateways.official_document import set_document

DAY = date(2026, 5, 20)
ORGAN = "示例区规划和自然资源分局"
NUMBER = "示规资复〔2026〕5号"
REMEDY = (
    "如对本答复不服，可以自收到本答复书之日起60日内向示例区人民政府申请行政复议，"
    "或者自收到本答复书之日起6个月内依法向人民法院提起行政诉讼。"
)
NOTICE_REMEDY = REMEDY.replace("本答复书", "本告知书").replace("如对本答复不服", "如对本告知书不服")
COMMON: dict[str, FieldValue] = {
    "you": "您",
    "received_on": date(2026, 5, 6),
    "case_number": "2026-0123",
    "title": "土地出让合同",
}
FIELDS: dict[LetterKind, dict[str, FieldValue]] = {
    LetterKind.DISCLOSED: {"given": "合同复制件，共12页", "way": "电子文件", "remedy": REMEDY},
    LetterKind.ALREADY_PUBLIC: {"given": "年度结果公告", "where": "登录www.example.gov.cn查询", "remedy": REMEDY},
    LetterKind.PARTIAL: {
        "given": "合同正文",
        "way": "邮寄",
        "withheld": "附件三。理由：附件三是报价构成，公开会损害合同相对方的合法权益。",
        "ground": "涉及商业秘密的政府信息",
        "ground_article": "《中华人民共和国政府信息公开条例》第十五条",
        "facts": "附件三是报价构成",
        "remedy": REMEDY,
    },
    LetterKind.WITHHELD: {
        "ground": "过程性信息",
        "ground_article": "《中华人民共和国政府信息公开条例》第十六条第二款",
        "facts": "该稿是讨论记录",
        "discretion": "公开会影响坦率讨论",
        "remedy": REMEDY,
    },
    LetterKind.NOT_FOUND: {
        "search_systems": "电子公文系统",
        "search_keywords": "土地 出让",
        "searched_on": date(2026, 5, 12),
        "remedy": REMEDY,
    },
    LetterKind.NOT_OURS: {
        "facts": "由市一级制作",
        "right_organ": "市规划局",
        "right_organ_contact": "0431-11111111",
        "remedy": REMEDY,
    },
    LetterKind.EXTENSION_NOTICE: {
        "original_due_on": date(2026, 5, 27),
        "new_due_on": date(2026, 6, 10),
        "days": 10,
        "reason": "需检索的档案较多",
    },
    LetterKind.FEE_NOTICE: {
        "fee_basis": "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "fee_standard": "按件计收，1 至 10 件不收费，11 至 30 件每件 100 元",
        "fee_steps": "第 11 件：1 件 × 100 元 ＝ 100 元\n合计 100 元。",
        "fee_amount": 100,
        "payment_days": 20,
        "payment_way": "到政务服务中心财政窗口缴纳",
    },
    LetterKind.REASONS_REQUEST: {"question": "当月申请四十件的原因和用途", "answer_by": date(2026, 5, 27)},
    LetterKind.EXCESSIVE: {
        "applicant_reasons": "研究需要",
        "facts": "申请的内容与所称研究无关",
        "remedy": NOTICE_REMEDY,
    },
    LetterKind.BUSINESS_LOOKUP: {
        "special_law": "《不动产登记暂行条例》第二十七条",
        "where": "示例区不动产登记中心查询窗口",
        "remedy": NOTICE_REMEDY,
    },
    LetterKind.NEEDS_PROCESSING: {"facts": "申请的汇总表须由多份台账比对得出", "remedy": REMEDY},
    LetterKind.UNCLEAR: {
        "supplemented_on": date(2026, 5, 13),
        "unclear": "仍未写明地块的位置",
        "remedy": REMEDY,
    },
    LetterKind.PETITION: {
        "facts": "申请的内容是要求查处",
        "right_channel": "示例区信访局接待窗口",
        "remedy": NOTICE_REMEDY,
    },
    LetterKind.REPEATED: {
        "earlier_case": "2026-0007",
        "earlier_number": "示规资复〔2026〕3号",
        "earlier_on": date(2026, 2, 9),
        "facts": "两次申请的是同一份合同",
        "remedy": NOTICE_REMEDY,
    },
    LetterKind.PUBLICATION: {"where": "示例区图书馆二层", "remedy": NOTICE_REMEDY},
    LetterKind.RECONFIRMATION: {"facts": "该合同已于2月9日提供", "remedy": NOTICE_REMEDY},
    LetterKind.SUPPLEMENT_NOTICE: {
        "corrections": "1. 请写明文件名称\n2. 请写明年份",
        "guidance": "可以查阅公示栏",
        "reply_by": date(2026, 6, 3),
    },
    LetterKind.CONSULTATION_THIRD_PARTY: {"you": "贵方", "matter": "土地出让合同中的报价构成", "reply_days": 15},
    LetterKind.CONSULTATION_ORGAN: {"you": "贵单位", "matter": "土地出让合同的会签意见", "reply_days": 15},
    LetterKind.CONSULTATION_NOTICE: {"opened_on": date(2026, 5, 11), "reply_days": 15},
    LetterKind.DISCLOSURE_NOTICE: {
        "you": "贵方",
        "matter": "土地出让合同中的报价构成",
        "disclosed": "合同总价",
        "disclosure_reason": "涉及公共安全",
        "remedy": NOTICE_REMEDY,
    },
    LetterKind.CORRECTED: {"facts": "面积更正为89平方米", "remedy": REMEDY},
    LetterKind.NOT_CORRECTED: {"facts": "证据是另一地块的图件", "remedy": REMEDY},
    LetterKind.CORRECTION_PASSED_ON: {
        "facts": "该登记由市级作出",
        "right_organ": "市登记中心",
        "right_organ_contact": "0431-11111111",
        "remedy": REMEDY,
    },
    LetterKind.CORRECTION_TRANSFER: {
        "you": "贵单位",
        "facts": "该登记由市级作出",
        "contact": "政务服务中心三楼",
    },
    LetterKind.CORRECTION_ELSEWHERE: {
        "facts": "该登记由市级作出",
        "right_organ": "市登记中心",
        "right_organ_contact": "0431-11111111",
        "remedy": REMEDY,
    },
    LetterKind.RECEIPT: {"due_on": date(2026, 5, 27), "contact": "政务服务中心三楼"},
}

ADDRESSEE = "申请人某"
RARE = "𠮷㛃"  # outside and inside the basic plane of Unicode
LONGEST_NAME = (RARE + "示范建设工程咨询服务股份有限公司" * 4)[:60]
MOST_ATTACHMENTS = 40
LONG_TEXT = "\n".join(f"第{number}点：{RARE}所涉材料共{number}件，逐件说明如下。" for number in range(1, 31))


@dataclass(frozen=True)
class Sample:
    """One sample letter: what its file is called, and its bytes."""

    name: str
    content: bytes


def samples(folder: Path) -> Iterator[Sample]:
    """Yield a letter for each kind and form, once with short and once with long facts; `folder` holds the words."""
    for kind in LetterKind:
        for form in LetterForm:
            yield Sample(f"{kind.value}_{form.value}_short.docx", set_document(_document(kind, form, folder)))
            long = _document(kind, form, folder, is_long=True)
            yield Sample(f"{kind.value}_{form.value}_long.docx", set_document(long))


def facts(kind: LetterKind) -> dict[str, FieldValue]:
    """Return short sample facts for a letter of this kind."""
    return {**COMMON, **FIELDS[kind]}


def _document(kind: LetterKind, form: LetterForm, folder: Path, *, is_long: bool = False) -> OfficialDocument:
    given = facts(kind)
    text = words(kind, _lengthened(given) if is_long else given, folder=folder)
    names = tuple(f"{RARE}附件材料之{number}（复印件）" for number in range(1, MOST_ATTACHMENTS + 1))
    return OfficialDocument(
        form=form,
        organ=ORGAN,
        number=NUMBER,
        title=text.title,
        addressee=LONGEST_NAME if is_long else ADDRESSEE,
        blocks=text.blocks,
        signature=ORGAN,
        dated_on=DAY,
        attachments=names if is_long and kind in WITH_ATTACHMENTS else (),
    )


def _lengthened(facts: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """Return the facts with every free text as long as an officer may ever write it; the remedy stays as it is."""
    free = {name for name in facts if name != "remedy" and KNOWN[name].type is FieldType.TEXT}
    return {name: f"{value}\n{LONG_TEXT}" if name in free else value for name, value in facts.items()}


WITH_ATTACHMENTS = frozenset({LetterKind.DISCLOSED, LetterKind.PARTIAL})
