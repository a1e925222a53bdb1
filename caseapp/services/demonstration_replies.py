"""The answers that the officers of the demonstration office draft, one function an outcome."""

from dataclasses import replace
from datetime import date

from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.partial import in_items
from caseapp.domain.reply_content import Item, ItemDecision, ReplyContent, SearchRecord
from caseapp.services.demonstration_cases import Sample


def reply(sample: Sample, *, searched_on: date) -> ReplyContent:
    """Return the answer that the officer of this sample drafts."""
    stated = STATEMENTS[sample.outcome](sample, searched_on)
    return stated if stated.items else replace(stated, outcome=sample.outcome, ground=sample.ground)


def _disclosed(sample: Sample, searched_on: date) -> ReplyContent:
    return ReplyContent(outcome=sample.outcome, given=_title(sample), way="网上下载", reviewed_by="承办科室负责人")


def _already_public(sample: Sample, searched_on: date) -> ReplyContent:
    where = "示范区门户网站“政府信息公开”栏目：https://www.example.com/zwgk"
    return ReplyContent(outcome=sample.outcome, given=_title(sample), where=where)


def _partial(sample: Sample, searched_on: date) -> ReplyContent:
    whole = ReplyContent(
        outcome=sample.outcome,
        way="网上下载",
        consultation="本机关已书面征求第三方意见，第三方不同意公开并说明了理由，经审查理由成立。",
        reviewed_by="承办科室负责人",
    )
    reason = "上述内容涉及合同相对方的商业秘密，公开会对其合法权益造成损害。"
    kept = {"decision": ItemDecision.WITHHELD, "ground": sample.ground or Ground.THIRD_PARTY, "reason": reason}
    given = Item(
        name=f"{_title(sample)}（已隐去第三方账户和报价构成）", decision=ItemDecision.GIVEN, ground=None, reason=""
    )
    return in_items(whole, [given, Item(name="合同相对方的银行账户、报价构成", **kept)])  # type: ignore[arg-type]


def _withheld(sample: Sample, searched_on: date) -> ReplyContent:
    return ReplyContent(
        outcome=sample.outcome,
        facts="您申请的材料是本机关在作出决定前形成的内部讨论记录，尚未形成最终意见。",
        discretion="该记录公开后会影响工作人员坦率发表意见，且最终决定已经公开，不影响公众了解结果。",
        disclosure_demanded=False,
        separable=False,
    )


def _not_found(sample: Sample, searched_on: date) -> ReplyContent:
    search = SearchRecord(
        systems="本机关电子公文系统、档案室纸质档案",
        keywords=_title(sample),
        units="办公室、业务科室",
        searched_by="承办员乙",
        searched_on=searched_on,
    )
    return ReplyContent(outcome=sample.outcome, search=search)


def _not_ours(sample: Sample, searched_on: date) -> ReplyContent:
    return ReplyContent(
        outcome=sample.outcome,
        facts="税款征收台账由税务机关在履行征收职责过程中制作并保存，本机关未制作也未获取。",
        right_organ="示范区税务局",
        right_organ_contact="0431-00000001",
    )


def _excessive(sample: Sample, searched_on: date) -> ReplyContent:
    return ReplyContent(
        outcome=sample.outcome,
        facts="您在一个月内就同类事项提出四十余件申请，所述用途与申请的内容没有关联，已明显超过合理范围。",
    )


def _business_lookup(sample: Sample, searched_on: date) -> ReplyContent:
    where = "示范区不动产登记中心查询窗口（示范区示范街3号），凭身份证明申请查询。"
    law = "《不动产登记暂行条例》关于登记资料查询的规定"
    return ReplyContent(outcome=sample.outcome, special_law=law, where=where)


def _needs_processing(sample: Sample, searched_on: date) -> ReplyContent:
    facts = "您申请的统计表没有现成文件，须由工作人员对多年的业务台账逐项比对、汇总后另行制作。"
    return ReplyContent(outcome=sample.outcome, facts=facts)


def _unclear(sample: Sample, searched_on: date) -> ReplyContent:
    unclear = "补正材料仍未写明文件的名称、文号或者其他特征性描述，无法确定所指的政府信息。"
    return ReplyContent(outcome=sample.outcome, unclear=unclear)


def _petition(sample: Sample, searched_on: date) -> ReplyContent:
    return ReplyContent(
        outcome=sample.outcome,
        facts="您的申请是要求查处邻里占用公共通道的行为，没有申请公开本机关制作或者获取的信息。",
        right_channel="示范区信访局接待窗口（示范区示范街5号），或者拨打12345热线。",
    )


def _repeated(sample: Sample, searched_on: date) -> ReplyContent:
    facts = "两次申请的信息名称、内容和期间相同，首次答复后没有形成新的信息。"
    return ReplyContent(outcome=sample.outcome, facts=facts)  # the earlier answer is the case's own affair


def _publication(sample: Sample, searched_on: date) -> ReplyContent:
    where = "《示范区人民政府公报》，可在示范区图书馆二层查阅，或者登录 https://www.example.com/zfgb 阅读。"
    return ReplyContent(outcome=sample.outcome, where=where)


def _reconfirmation(sample: Sample, searched_on: date) -> ReplyContent:
    facts = "您已持有该备案表的复制件，本次要求本机关在该复制件上签注意见并确认其内容。"
    return ReplyContent(outcome=sample.outcome, facts=facts)


def _title(sample: Sample) -> str:
    return sample.title or "所申请的材料"


STATEMENTS = {
    Outcome.DISCLOSED: _disclosed,
    Outcome.ALREADY_PUBLIC: _already_public,
    Outcome.PARTIAL: _partial,
    Outcome.WITHHELD: _withheld,
    Outcome.NOT_FOUND: _not_found,
    Outcome.NOT_OURS: _not_ours,
    Outcome.EXCESSIVE: _excessive,
    Outcome.BUSINESS_LOOKUP: _business_lookup,
    Outcome.NEEDS_PROCESSING: _needs_processing,
    Outcome.UNCLEAR: _unclear,
    Outcome.PETITION: _petition,
    Outcome.REPEATED: _repeated,
    Outcome.PUBLICATION: _publication,
    Outcome.RECONFIRMATION: _reconfirmation,
}
