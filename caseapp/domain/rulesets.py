"""The lengths of the periods: two statutes by receipt date, and the office's own shorter promise (L1, R16, R17)."""

from dataclasses import dataclass
from datetime import date

from caseapp.domain.errors import DomainError


class LocalStandardTooLong(DomainError):
    text = "承诺期限可以短于法定期限，不能更长：{what}设为 {asked} 个工作日，{statute}最多 {limit} 个工作日。"


class NoStatute(DomainError):
    text = "《政府信息公开条例》自 2008 年 5 月 1 日起施行，{received_on} 收到的申请没有适用的法定期限。"
    field = "received_on"


class UnknownRuleSet(DomainError):
    text = "没有名为“{id}”的期限规则。"


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Lengths in working days, valid for requests received from `valid_from` through `valid_through`."""

    id: str
    title: str
    valid_from: date
    valid_through: date | None  # None: still in force
    answer_days: int
    extension_days: int  # the most that one extension may add
    supplement_notice_days: int | None  # None: the text sets no limit
    consultation_days: int
    articles: tuple[str, ...]

    def is_valid_for(self, received_on: date) -> bool:
        """Say whether a request received on that day falls under this rule set."""
        return self.valid_from <= received_on and (self.valid_through is None or received_on <= self.valid_through)


# Its text sets no reply period for those consulted; 15 working days are taken here too, as in the golden data.
CN_2007 = RuleSet(
    id="CN-2007",
    title="《政府信息公开条例》（2007年，国务院令第492号）",
    valid_from=date(2008, 5, 1),
    valid_through=date(2019, 5, 14),
    answer_days=15,
    extension_days=15,
    supplement_notice_days=None,
    consultation_days=15,
    articles=("第二十三条", "第二十四条"),
)
CN_2019 = RuleSet(
    id="CN-2019",
    title="《政府信息公开条例》（2019年修订，国务院令第711号）",
    valid_from=date(2019, 5, 15),
    valid_through=None,
    answer_days=20,
    extension_days=20,
    supplement_notice_days=7,
    consultation_days=15,
    articles=("第三十条", "第三十二条", "第三十三条", "第三十四条"),
)
DISTRICT_15 = RuleSet(
    id="district-15",
    title="本机关承诺期限（15个工作日）",
    valid_from=date(2019, 5, 15),
    valid_through=None,
    answer_days=15,
    extension_days=15,
    supplement_notice_days=7,
    consultation_days=15,
    articles=("第三十条", "第三十二条", "第三十三条", "第三十四条"),
)

STATUTES = (CN_2007, CN_2019)
BY_ID = {rule_set.id: rule_set for rule_set in (*STATUTES, DISTRICT_15)}


def by_id(id: str) -> RuleSet:
    """Return the rule set of that name; raises `UnknownRuleSet`."""
    try:
        return BY_ID[id]
    except KeyError:
        raise UnknownRuleSet(id=id) from None


def statute_for(received_on: date) -> RuleSet:
    """Return the statute in force on the day of receipt (R16); raises `NoStatute` before 2008-05-01."""
    for statute in STATUTES:
        if statute.is_valid_for(received_on):
            return statute
    raise NoStatute(received_on=received_on)


def check_local_standard(local: RuleSet, statute: RuleSet) -> None:
    """Refuse a local standard that promises more time than the statute (art. 33, R17) with `LocalStandardTooLong`."""
    for what, asked, limit in (
        ("答复期限", local.answer_days, statute.answer_days),
        ("延长期限", local.extension_days, statute.extension_days),
    ):
        if asked > limit:
            raise LocalStandardTooLong(what=what, asked=asked, limit=limit, statute=statute.title)
