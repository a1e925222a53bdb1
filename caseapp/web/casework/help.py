"""帮助: what each role does, in the order of the work, with the article behind each step; one's own role first."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp.domain.permissions import ROLE_WORDS, Permission, Role, is_granted
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires

# For each role: heading, and steps of (what to do, what the system sees to, the articles of the Regulation).
GUIDES: dict[Role, tuple[tuple[str, str, str], ...]] = {
    Role.CLERK: (
        (
            "登记收到的申请",
            "当面、邮寄、传真收到的，当天在“登记申请”录入；收到之日由渠道决定，系统自动算出。",
            "第三十一条",
        ),
        (
            "与申请人确认收到",
            "平信、传真和网上申请，以双方确认之日为收到之日；联系不上的，每次联系都要记录。",
            "第三十一条",
        ),
        (
            "分派承办部门",
            "没有自动分派的，在“我的待办”选择部门；每个建议都写明依据的字词。",
            "第四十五条",
        ),
        (
            "登记送达",
            "寄出或者交付的当天登记日期和邮件号；只能用中国邮政或者 EMS。没有送达记录，不算已经答复。",
            "第四十条",
        ),
        (
            "存入盖章件和送达凭证",
            "在案件页的“文书”里存入盖章扫描件、签收的送达回证；退信的登记“未能送达”，期限不变，另行送达。",
            "第四十五条",
        ),
    ),
    Role.OFFICER: (
        (
            "看清要什么",
            "内容不明确的，收到之日起 7 个工作日内一次性告知补正；补正材料收到之日起重新计算期限。",
            "第三十条",
        ),
        (
            "征求意见",
            "涉及第三方合法权益的书面征求意见；共同制作的征求其他机关意见。等待的时间不计入期限。",
            "第三十二条、第三十三条、第三十四条",
        ),
        (
            "不能按时答复的，申请延长",
            "写明理由和工作日数，提交前页面先给出新的期限；须由负责人同意，并在原期限内告知申请人。",
            "第三十三条",
        ),
        (
            "起草答复",
            "选择答复类型，只写事实和理由；固定文字、依据和救济途径由系统写入。能分开的，逐项处理。",
            "第三十六条、第三十七条",
        ),
        (
            "不予公开的每年复核",
            "到期会出现在“我的待办”；情形改变的，转为公开。",
            "第十八条",
        ),
    ),
    Role.HEAD: (
        (
            "审批答复",
            "在“审批”里对照整份文书，同意即编号、签发；退回要写明理由。自己起草的不能自己审批。",
            "第三十六条",
        ),
        (
            "作废有错的答复书",
            "签发后、送达前发现错误的，写明理由作废：文号不再使用，答复退回承办人，期限照常计算。",
            "第四十五条",
        ),
        (
            "审批文书模板的修改",
            "管理员提出的修改会列在“审批”里，先看最近的文书用新的文字会怎样，再决定。",
            "第四十五条",
        ),
        (
            "审批延长期限",
            "页面先给出同意后的期限；每件只能延长一次。",
            "第三十三条",
        ),
        (
            "审批信息处理费",
            "核对计算过程；同意后发出收费通知。",
            "第四十二条",
        ),
        (
            "看各部门办得怎样",
            "“统计”按月份、部门、领域、答复类型列出收到、办结、逾期和平均工作日，每个数字都能打开所计的申请。",
            "第四十六条",
        ),
    ),
    Role.AUDITOR: (
        (
            "核对文号",
            "“文号登记簿”列出每个部门每年的文号，缺号会标出，作废的写明理由；单独编号的文书各有一页。",
            "第四十五条",
        ),
        (
            "核对年度报告",
            "表三、表四的每个数字都能打开所计的申请；不成立的勾稽关系会标出。",
            "第四十九条、第五十条",
        ),
        (
            "查看整卷",
            "每件申请的“卷内目录和整卷下载”列出应有的材料，缺少的会写明；登记表、审批表等内部文书可以在那里下载。",
            "第四十五条",
        ),
        (
            "查办理记录",
            "“办理记录”按事项、办理人或者申请编号查全部记录；记录只增不改，每一条都与前一条相连。",
            "第四十六条",
        ),
    ),
    Role.ADMINISTRATOR: (
        (
            "录入放假通知",
            "国务院每年的放假通知贴入“工作日历”，先看会改变哪些期限，再确认；没有录入的年份，日期标为暂定。",
            "第三十三条",
        ),
        (
            "维护部门资料",
            "复议机关、法院、网上复议地址写入救济途径；没有网上复议渠道的部门不能网上答复。",
            "第五十一条",
        ),
        (
            "管理人员账号",
            "承办员必须属于一个部门；离岗的停用，不删除。登记电子邮箱的，到期前后会收到提醒。",
            "第四条",
        ),
        (
            "维护分派规则",
            "增删词语以前，先用一份申请试一试会分给谁、为什么。",
            "第四十五条",
        ),
        (
            "修改文书的文字",
            "修改后先看最近的文书会怎样，再由负责人审批；已经签发的文书不会改变。",
            "第三十六条",
        ),
        (
            "处理没有发出的通知",
            "发送失败的会自动重试；不确定是否发出的不会自动重发，由您决定。",
            "第四十五条",
        ),
    ),
}


@pages.route("/help")
@requires(Permission.READ_HELP)
def show_help() -> ResponseReturnValue:
    roles = current_actor().roles
    guides = [(ROLE_WORDS[role], steps, role in roles) for role, steps in GUIDES.items()]
    return render_template(
        "casework/show_help.html",
        guides=sorted(guides, key=lambda guide: not guide[2]),
        may_search=is_granted(current_actor(), Permission.USE_WORKBENCH),
    )
