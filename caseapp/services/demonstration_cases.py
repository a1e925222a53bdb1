"""Thirty invented requests and how far each has come; `filed_back` and the acts' days are working days before today.

A list: one row for each case, so it may grow beyond the usual length.
"""

from dataclasses import dataclass

from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.receipt import Channel

Acts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One request: what is asked, when it came, and the acts that followed."""

    title: str
    description: str
    filed_back: int
    department: str = "zhujian"
    waits: bool = False  # for the window clerk, where the route is not clear
    document_no: str = ""
    kind: str = "person"
    name: str = "申请人某"
    way: str = "online"
    email: str = ""  # where way is email
    channel: Channel = Channel.ONLINE
    outcome: Outcome = Outcome.DISCLOSED
    ground: Ground | None = None
    extension_days: int = 10
    reply_days: int = 15  # working days to correct
    acts: Acts = ()


ANSWERED: Acts = (("submit", 2), ("issue", 1))
POSTED: Acts = (("submit", 3), ("issue", 2), ("deliver", 1))

SAMPLES: tuple[Sample, ...] = (
    # 待分派
    Sample(
        title="",
        description="我想知道去年我们这里的情况，请把有关材料都给我。",
        filed_back=1,
        name="申请人甲一",
        waits=True,
    ),
    Sample(
        title="",
        description="请公开与某公司有关的全部材料，名称另行告知。",
        filed_back=4,
        name="申请人甲二",
        way="post",
        channel=Channel.FAX,
        waits=True,
        acts=(("no_contact", 3),),  # 待确认
    ),
    Sample(
        title="派出所接警记录",
        description="申请公开去年五月在湖边发生纠纷时派出所的接处警登记表。",
        filed_back=2,
        name="申请人甲三",
        waits=True,
    ),
    Sample(
        title="保障性住房房源表",
        description="申请公开今年公租房的房源表和租金标准。",
        filed_back=6,
        name="申请人甲四",
        acts=(("return", 4),),
    ),
    # 办理中：各种期限
    Sample(
        title="公租房轮候名册",
        description="申请公开本区公租房轮候规则和今年已分配的套数。",
        filed_back=0,
        name="申请人乙一",
    ),
    Sample(
        title="商品房预售许可证",
        description="申请公开示范花园小区的商品房预售许可证。",
        filed_back=3,
        kind="business",
        name="示范甲商贸有限公司",
        acts=(("propose_fee", 2), ("approve_fee", 1)),  # 待缴费
    ),
    Sample(
        title="竣工验收备案表",
        description="申请公开示范花园竣工验收备案表。",
        filed_back=9,
        name="申请人乙二",
        acts=(("ask", 6), ("correct", 4)),  # 补正后重新计算
    ),
    Sample(
        title="施工许可证",
        description="申请公开示范路改造工程的建筑工程施工许可证。",
        filed_back=13,
        name="申请人乙三",
        way="post",
        acts=(("ask", 8), ("tell", 7)),  # 待补正
    ),
    Sample(
        title="质量监督报告", description="申请公开示范路改造工程的质量监督报告。", filed_back=15, name="申请人乙四"
    ),
    Sample(
        title="物业维修资金使用情况",
        description="申请公开示范小区住宅专项维修资金的使用审批材料。",
        filed_back=18,
        name="申请人乙五",
        reply_days=10,
        acts=(("ask", 13),),  # 逾期未补正
    ),
    Sample(
        title="土地出让合同",
        description="申请公开示范地块的国有建设用地使用权出让合同。",
        filed_back=12,
        name="申请人乙六",
        department="guizi",
        acts=(("withdraw", 5),),  # 申请人撤回
    ),
    Sample(
        title="征地批复",
        description="申请公开示范村土地征收的批复和补偿安置方案。",
        filed_back=22,
        name="申请人乙七",
        department="guizi",
    ),
    # 延长答复期限
    Sample(
        title="历年公租房房源清册",
        description="申请公开近十年公租房建设和分配的房源清册。",
        filed_back=11,
        name="申请人丙一",
        acts=(("propose", 1),),
    ),
    Sample(
        title="棚户区改造安置方案",
        description="申请公开示范片区棚户区改造的安置方案。",
        filed_back=12,
        name="申请人丙二",
        way="post",
        acts=(("propose", 3), ("approve", 2)),
    ),
    Sample(
        title="老旧小区改造合同",
        description="申请公开示范小区老旧小区改造工程的施工合同。",
        filed_back=17,
        name="申请人丙三",
        acts=(("propose", 5), ("approve", 4)),
    ),
    Sample(
        title="采矿权出让公告",
        description="申请公开示范采石场采矿权出让的公告和成交确认书。",
        filed_back=20,
        name="申请人丙四",
        department="guizi",
        way="post",
        extension_days=15,
        acts=(("propose", 8), ("approve", 7), ("notify", 6)),
    ),
    Sample(
        title="闲置土地认定书",
        description="申请公开示范地块的闲置土地认定书。",
        filed_back=8,
        name="申请人丙五",
        department="guizi",
        acts=(("propose", 4), ("refuse", 3), ("consult", 2), ("question_arrives", 1)),  # 正在征求第三方意见
    ),
    # 答复起草、送审、退回
    Sample(
        title="租赁补贴标准",
        description="申请公开今年住房租赁补贴的发放标准。",
        filed_back=5,
        name="申请人丁一",
        acts=(("draft", 1),),
    ),
    Sample(
        title="危房鉴定报告",
        description="申请公开示范街12号危房鉴定报告。",
        filed_back=10,
        name="申请人丁二",
        outcome=Outcome.NOT_FOUND,
        acts=(("submit", 3), ("send_back", 1)),
    ),
    Sample(
        title="房屋预售资金监管协议",
        description="申请公开示范花园商品房预售资金监管协议。",
        filed_back=12,
        kind="legal",
        name="示范乙律师事务所",
        outcome=Outcome.PARTIAL,
        ground=Ground.THIRD_PARTY,
        # 征求第三方意见已有结果
        acts=(("consult", 10), ("question_arrives", 9), ("object", 5), ("weigh", 4), ("submit", 1)),
    ),
    Sample(
        title="国土空间规划征求意见记录",
        description="申请公开示范镇国土空间规划编制过程中的内部讨论记录。",
        filed_back=14,
        kind="research",
        name="示范丙规划研究院",
        department="guizi",
        outcome=Outcome.WITHHELD,
        ground=Ground.DELIBERATION,
        acts=(("submit", 1),),
    ),
    # 已签发，待送达
    Sample(
        title="施工图审查合格书",
        description="申请公开示范小学综合楼的施工图审查合格书。",
        filed_back=13,
        name="申请人戊一",
        way="post",
        acts=(("submit", 2), ("issue", 1)),
    ),
    Sample(
        title="不动产统一登记制度文件",
        description="申请公开规划和自然资源部门制定的土地征收补偿办事指南。",
        filed_back=9,
        name="申请人戊二",
        department="guizi",
        way="in_person",
        outcome=Outcome.ALREADY_PUBLIC,
        acts=(("submit", 2), ("issue", 1)),
    ),
    # 已答复
    Sample(
        title="公租房申请条件",
        description="申请公开公租房的申请条件和办事流程。",
        filed_back=10,
        name="申请人己一",
        outcome=Outcome.ALREADY_PUBLIC,
        acts=ANSWERED,
    ),
    Sample(
        title="示范花园规划条件",
        description="申请公开示范花园地块的规划条件通知书。",
        filed_back=14,
        name="申请人己二",
        department="guizi",
        acts=ANSWERED,
    ),
    Sample(
        title="施工合同备案",
        description="申请公开示范路改造工程施工合同备案表。",
        filed_back=12,
        kind="business",
        name="示范丁建设有限公司",
        outcome=Outcome.PARTIAL,
        ground=Ground.THIRD_PARTY,
        acts=ANSWERED,
    ),
    Sample(
        title="公租房分配会议纪要",
        description="申请公开住房保障部门讨论公租房分配的会议讨论记录。",
        filed_back=15,
        name="申请人己三",
        outcome=Outcome.WITHHELD,
        ground=Ground.DELIBERATION,
        acts=ANSWERED,
    ),
    Sample(
        title="旧宅基地批准书",
        description="申请公开一九八五年示范村宅基地用地批准书。",
        filed_back=16,
        name="申请人己四",
        department="guizi",
        way="post",
        outcome=Outcome.NOT_FOUND,
        acts=POSTED,
    ),
    Sample(
        title="土地增值测算",
        description="申请公开示范地块土地出让价款的征收台账，其中涉及税款的部分。",
        filed_back=11,
        name="申请人己五",
        department="guizi",
        outcome=Outcome.NOT_OURS,
        acts=ANSWERED,
    ),
    Sample(
        title="住房保障年度计划",
        description="申请公开今年保障性住房建设计划。",
        filed_back=19,
        kind="charity",
        name="示范戊公益中心",
        way="in_person",
        acts=POSTED,
    ),
)


def answers(sample: Sample) -> dict[str, dict[str, object]]:
    """Return what the applicant of this sample typed, step by step."""
    organisation = sample.kind != "person"
    applicant: dict[str, object] = {"name": sample.name, "phone": "0431-00000000"}
    if organisation:
        applicant |= {"credit_code": "91000000YANSH10000", "representative": "负责人某", "contact_person": "联系人某"}
    else:
        applicant |= {"identity_kind": "other", "identity_number": "YANSHI-000001"}
    return {
        "kind": {"kind": sample.kind, "agent_name": ""},
        "applicant": applicant,
        "information": {
            "title": sample.title,
            "document_no": sample.document_no,
            "description": sample.description,
        },
        "delivery": {
            "medium": "electronic" if sample.way in ("online", "email") else "paper",
            "way": sample.way,
            "address": "示范区示范街1号" if sample.way == "post" else "",
            "email": sample.email,
        },
    }
