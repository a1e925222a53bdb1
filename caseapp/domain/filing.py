"""What a request says (Regulation, art. 29): who asks, for what, in which form; and what its text may hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseapp.domain.errors import DomainError


class ApplicantKind(StrEnum):
    """The six columns of table three of the annual report; all but the first are organisations."""

    PERSON = "person"
    BUSINESS = "business"
    RESEARCH = "research"
    CHARITY = "charity"
    LEGAL = "legal"
    OTHER = "other"

    @property
    def label(self) -> str:
        return APPLICANT_LABELS[self]

    @property
    def is_organisation(self) -> bool:
        return self is not ApplicantKind.PERSON


APPLICANT_LABELS: dict[ApplicantKind, str] = {
    ApplicantKind.PERSON: "自然人",
    ApplicantKind.BUSINESS: "商业企业",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.CHARITY: "社会公益组织",
    ApplicantKind.LEGAL: "法律服务机构",
    ApplicantKind.OTHER: "其他",
}


class Medium(StrEnum):
    """The form in which the applicant would like to have the information (art. 29, para. 2, no. 3)."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    EITHER = "either"

    @property
    def label(self) -> str:
        return MEDIUM_LABELS[self]


MEDIUM_LABELS: dict[Medium, str] = {
    Medium.ELECTRONIC: "电子文件",
    Medium.PAPER: "纸质文件",
    Medium.EITHER: "电子或纸质均可",
}


class DeliveryWay(StrEnum):
    """The route by which the answer reaches the applicant (art. 29, para. 2, no. 3)."""

    ONLINE = "online"
    POST = "post"
    IN_PERSON = "in_person"
    EMAIL = "email"  # only where the applicant consents to it

    @property
    def label(self) -> str:
        return DELIVERY_LABELS[self]


DELIVERY_LABELS: dict[DeliveryWay, str] = {
    DeliveryWay.ONLINE: "网上获取",
    DeliveryWay.POST: "邮寄",
    DeliveryWay.IN_PERSON: "当面领取",
    DeliveryWay.EMAIL: "电子邮件",
}

# The most characters that a field of a request may hold.
LIMITS: dict[str, int] = {
    "name": 100,
    "representative": 100,
    "contact_person": 100,
    "agent_name": 100,
    "phone": 40,
    "identity_number": 40,
    "credit_code": 40,
    "address": 300,
    "email": 254,
    "title": 200,
    "document_no": 100,
    "description": 3000,
}
LONGEST_LINE = 200  # for fields without a limit of their own


class TextTooLong(DomainError):
    text = "请控制在 {limit} 字以内，现在是 {length} 字。"

    def __init__(self, *, field: str, limit: int, length: int) -> None:
        super().__init__(limit=limit, length=length)
        self.field = field


class CharacterRefused(DomainError):
    """The text holds a character that no letter, table or page can show."""

    text = "“{label}”第 {place} 个字是看不见的控制字符，请删除后再提交。"

    def __init__(self, *, field: str, label: str, place: int) -> None:
        super().__init__(label=label, place=place)
        self.field = field


class AddressMissing(DomainError):
    text = "您选择了邮寄，请填写通信地址。"
    field = "address"


class EmailMissing(DomainError):
    text = "您选择了电子邮件，请填写电子邮箱。"
    field = "email"


class ConsentMissing(DomainError):
    text = "用电子邮件送达须经您同意，请勾选同意；不同意的，请选择其他获取方式。"
    field = "email_consent"


class PaperNotByEmail(DomainError):
    text = "纸质文件不能用电子邮件发送，请选择邮寄或当面领取。"
    field = "way"


class PaperNotOnline(DomainError):
    text = "纸质文件不能在网上获取，请选择邮寄或当面领取。"
    field = "way"


# C0 but tab and line feed, DEL and C1; marks that turn the direction of writing round; halves of pairs; non-characters.
REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\r\n|[\r\u2028\u2029]")
INVISIBLE = re.compile(r"[\s\u00ad\u034f\u115f\u1160\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]*")


def clean_text(text: str, *, field: str, label: str) -> str:
    """Return the text with line feeds for line ends and no blanks around it; "" where nothing of it is visible.

    Raises `CharacterRefused` at `field`, naming its `label`, for control characters; every letter and sign is kept.
    """
    text = LINE_ENDS.sub("\n", text)
    if refused := REFUSED.search(text):
        raise CharacterRefused(field=field, label=label, place=refused.start() + 1)
    return "" if INVISIBLE.fullmatch(text) else text.strip()


def clean_line(text: str, *, field: str, label: str) -> str:
    """Return `clean_text` on one line: every stretch of line ends and tabs becomes one blank."""
    return re.sub(r"\s*[\n\t]\s*", " ", clean_text(text, field=field, label=label))


def check_length(text: str, *, field: str) -> None:
    """Refuse a text longer than its field may hold, with `TextTooLong`."""
    limit = LIMITS.get(field, LONGEST_LINE)
    if len(text) > limit:
        raise TextTooLong(field=field, limit=limit, length=len(text))


def check_delivery(*, medium: Medium, way: DeliveryWay, address: str, email: str = "", consents: bool = False) -> None:
    """Refuse a way of delivery that could not reach the applicant (art. 29, para. 2, no. 3), or that he must want."""
    if way is DeliveryWay.ONLINE and medium is Medium.PAPER:
        raise PaperNotOnline
    if way is DeliveryWay.EMAIL and medium is Medium.PAPER:
        raise PaperNotByEmail
    if way is DeliveryWay.EMAIL and not email:
        raise EmailMissing
    if way is DeliveryWay.EMAIL and not consents:
        raise ConsentMissing
    if way is DeliveryWay.POST and not address:
        raise AddressMissing


class HintCode(StrEnum):
    SEVERAL_ITEMS = "several_items"
    PETITION = "petition"
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True)
class Hint:
    """Advice to the applicant before he files; it never stops him."""

    code: HintCode
    words: str


HINT_WORDS: dict[HintCode, str] = {
    HintCode.SEVERAL_ITEMS: (
        "您似乎申请了多项信息。建议一份申请只写一项，这样答复更快，也便于分别说明。您也可以这样直接提交。"
    ),
    HintCode.PETITION: (
        "您似乎在反映问题或投诉举报。这类事项请通过信访渠道提出，或拨打 12345。若您需要的是某份政府信息，请写明并继续。"
    ),
    HintCode.PERSONAL_DATA: ("所需信息的描述中似乎有身份证号码、手机号等个人信息。没有必要写在这里，建议删去。"),
}

NUMBERED_ITEM = re.compile(
    r"(?m)(?:^|[\s。；;：:，,])(?:[（(]?(?:[1-9]|[一二三四五六七八九])[)）、]|[1-9]\.(?!\d)|第[一二三四五六七八九][，,、项])"
)
RECORD = (
    "报告|批复|方案|合同|协议|决定|通知|凭证|清单|名单|证明|记录|台账|许可|登记|备案|文件|意见|公告|结论|图|表|书|册"
)
RECORDS_LISTED = re.compile(rf"(?:{RECORD})(?:原件|复印件|情况)?(?:、|，|,|；|;|和|及|以及|还有|，还有)")
PETITION_WORDS = re.compile(
    "(?:投诉|举报)(?!处理|电话|渠道|办法|制度|中心|案件)|信访|上访|控告|讨个?说法|讨个?公道|讨薪|欠薪|拖欠.{0,4}(?:工资|工钱)|欠.{0,4}(?:工资|工钱)|赔偿我|要求赔|找谁赔|"
    "追究.{0,8}责任|(?:查处|处罚|严惩|处分)(?:他|她|这|此|该|相关人)|反映.{0,6}(?:问题|没人管|没人理)|"
    "没人(?:管|理)|推诿|不作为|请(?:帮|给)我?解决|给我解决|要个说法|给个说法"
)
RESIDENT_ID_LIKE = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[0-9Xx](?![0-9A-Za-z])")
MOBILE_LIKE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def hints(title: str, description: str) -> Sequence[Hint]:
    """Return advice on a request before it is filed (several items, a complaint, personal data), often none."""
    text = f"{title}\n{description}"
    found = (
        (HintCode.SEVERAL_ITEMS, _lists_several_items(description)),
        (HintCode.PETITION, bool(PETITION_WORDS.search(text))),
        (HintCode.PERSONAL_DATA, bool(RESIDENT_ID_LIKE.search(text) or MOBILE_LIKE.search(text))),
    )
    return tuple(Hint(code, HINT_WORDS[code]) for code, applies in found if applies)


def _lists_several_items(description: str) -> bool:
    """Say whether the text numbers its items, or names three or more records in a row."""
    return len(NUMBERED_ITEM.findall(description)) >= 2 or len(RECORDS_LISTED.findall(description)) >= 2
