"""What consultations allow an answer to say (art. 15, 32 to 34; R24, R25, R32)."""

from collections.abc import Iterable, Sequence

from caseapp.domain.consultation import Consulted, ConsultedKind
from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import Ground
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.reply_content import ReplyContent

DISCLOSING = frozenset({Outcome.DISCLOSED, Outcome.PARTIAL})


class StillAsking(DomainError):
    text = (
        "正在征求“{name}”的意见（期限至 {due}），收到意见或者期限届满之后才能送审；可以先保存草稿。"
        "（《条例》第三十二条至第三十四条）"
    )


class NotWeighed(DomainError):
    text = "“{name}”{words}：请先由承办人作出判断并说明理由，再送审。（《条例》第三十二条）"


class NobodyToProtect(DomainError):
    text = (
        "所征求的第三方同意公开，或者其不公开的理由经判断不成立，不能再以第十五条为由不予公开。"
        "请改选依据或者答复类型。（《条例》第十五条、第三十二条）"
    )
    field = "ground"


class AgainstObjection(DomainError):
    text = (
        "“{name}”不公开的理由已判断为成立，应当不予公开；认为不公开可能对公共利益造成重大影响的，"
        "请先在征求意见的判断中写明公共利益的考虑。（《条例》第三十二条）"
    )


class AgainstOrgan(DomainError):
    text = "“{name}”不同意公开的意见已被采纳，请改选答复类型，或者重新判断其意见。（《条例》第三十四条）"


class ThirdPartyNotTold(DomainError):
    text = "决定公开“{name}”不同意公开的信息，须先把公开的内容和理由书面告知该第三方并登记送达。（《条例》第三十二条）"


def check_still_asking(consulted: Iterable[Consulted]) -> None:
    """Refuse while an answer may still come in time: what those asked say belongs into the reply."""
    for one in consulted:
        if one.is_open:
            raise StillAsking(name=one.name, due=chinese_date(one.due_on))


def check_reply_with_consultations(content: ReplyContent, consulted: Sequence[Consulted]) -> None:
    """Refuse a reply that goes before, or against, what those asked have said.

    Nothing goes out while an answer may still come. Where the reply discloses, or withholds on art. 15, each objection
    and each silence must have been weighed by a person (R24, R25). Art. 15 needs somebody who is still to be protected;
    disclosure needs that nobody is, or the public interest, and that the third party was told first (R25).
    """
    check_still_asking(consulted)
    protects = Ground.THIRD_PARTY in content.grounds
    if not protects and content.outcome not in DISCLOSING:
        return
    for one in consulted:
        if one.needs_judgement and not one.is_judged:
            raise NotWeighed(name=one.name, words=one.words.removesuffix("，待判断"))
    third_parties = [one for one in consulted if one.kind is ConsultedKind.THIRD_PARTY]
    if protects and third_parties and not any(one.keeps_back for one in third_parties):
        raise NobodyToProtect()
    if content.outcome in DISCLOSING:
        _check_disclosure(content, consulted)


def _check_disclosure(content: ReplyContent, consulted: Iterable[Consulted]) -> None:
    """Judge part by part: what a 部分公开 keeps back on art. 15 are the parts of those who are protected."""
    for one in consulted:
        is_third_party = one.kind is ConsultedKind.THIRD_PARTY
        if one.keeps_back and is_third_party and Ground.THIRD_PARTY not in content.grounds:
            raise AgainstObjection(name=one.name)
        if one.keeps_back and not is_third_party and content.outcome is Outcome.DISCLOSED:
            raise AgainstOrgan(name=one.name)
        if one.needs_notice and one.notice_delivered_on is None:
            raise ThirdPartyNotTold(name=one.name)
