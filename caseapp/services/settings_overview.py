"""What this installation is set to and what each setting does, for the administrator to read; no secret is shown."""

from dataclasses import dataclass

from caseapp.config import Settings
from caseapp.domain.receipt import CHANNEL_LABELS
from caseapp.domain.rulesets import by_id
from caseapp.gateways.pdf import converter
from caseapp.services import installation


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: by which name it is set, what it is now, and what follows from it."""

    name: str
    words: str
    value: str
    effect: str


def settings() -> list[tuple[str, list[Setting]]]:
    """Return the settings in groups, as they hold since the start."""
    now = installation.current().settings
    return [
        ("期限", _time(now)),
        ("收到和渠道", _receipt(now)),
        ("信息处理费", _fees(now)),
        ("文书和通知", _papers(now)),
        ("运行", _running(now)),
    ]


def _time(now: Settings) -> list[Setting]:
    promise = by_id(now.local_rule_set)
    return [
        Setting(
            name="CASEAPP_LOCAL_STANDARD",
            words="承诺标准",
            value=promise.title,
            effect=f"{promise.answer_days} 个工作日内答复；法定期限另行计算，两个日期都显示。",
        ),
        Setting(
            name="CASEAPP_ANNOUNCED_THROUGH",
            words="放假通知已录入到",
            value=f"{now.announced_through} 年",
            effect="此后年份的日期标为“暂定”，录入通知后重新计算。",
        ),
    ]


def _receipt(now: Settings) -> list[Setting]:
    closed = "、".join(label for channel, label in CHANNEL_LABELS.items() if channel.value in now.closed_channels)
    by_itself = "提交成功的页面即为双方确认，当日为收到申请之日。"
    by_hand = "窗口登记双方确认之日，该日为收到申请之日。"
    return [
        Setting(
            name="CASEAPP_ONLINE_CONFIRMATION",
            words="网上申请的确认",
            value="自动" if now.confirms_itself else "人工",
            effect=by_itself if now.confirms_itself else by_hand,
        ),
        Setting(
            name="CASEAPP_CLOSED_CHANNELS",
            words="关闭的渠道",
            value=closed or "没有",
            effect="关闭的渠道不再受理；当面、邮寄和口头申请不能关闭。",
        ),
        Setting(
            name="CASEAPP_REPORTS_AS",
            words="年度报告的公布主体",
            value="人民政府" if now.office_kind == "government" else "工作部门",
            effect="每年 3 月 31 日前公布。" if now.office_kind == "government" else "每年 1 月 31 日前公布。",
        ),
    ]


def _fees(now: Settings) -> list[Setting]:
    return [
        Setting(
            name="CASEAPP_FEE_ITEMS",
            words="按件计收",
            value=now.fees.items,
            effect="按每月申请的件数分档；收费须经负责人同意。",
        ),
        Setting(name="CASEAPP_FEE_PAGES", words="按量计收", value=now.fees.pages, effect="按答复的页数分档。"),
        Setting(
            name="CASEAPP_FEE_PAYMENT_DAYS",
            words="缴费期限",
            value=f"{now.fees.payment_days} 个工作日",
            effect="自收到收费通知的次日起；逾期未缴的，可以按不再处理结束。",
        ),
        Setting(
            name="CASEAPP_FEE_RESTART",
            words="缴费后的期限",
            value="重新计算" if now.fees.restart else "连续计算",
            effect="缴费完成之日的次日重新起算。" if now.fees.restart else "收费不改变答复期限。",
        ),
    ]


def _papers(now: Settings) -> list[Setting]:
    makes_pdf = converter(now.soffice) is not None
    mail = now.mail
    return [
        Setting(
            name="CASEAPP_SOFFICE",
            words="PDF",
            value="可以生成" if makes_pdf else "没有安装 LibreOffice",
            effect="文书可以下载 .docx 和 PDF。" if makes_pdf else "文书只提供 .docx。",
        ),
        Setting(
            name="CASEAPP_SMTP_HOST",
            words="邮件服务器",
            value=f"{mail.host}:{mail.port}（{mail.security}）" if mail.host else "没有设置",
            effect=f"以 {mail.sender} 的名义发给工作人员和同意用邮件的申请人。"
            if mail.host
            else "邮件写入数据目录的 outbox，不会发出。",
        ),
        Setting(
            name="CASEAPP_SMS_PROGRAM",
            words="短信程序",
            value=now.sms_program or "没有设置",
            effect="发给申请人的短信交给这个程序。" if now.sms_program else "短信写入数据目录的 outbox，不会发出。",
        ),
    ]


def _running(now: Settings) -> list[Setting]:
    backend = "PostgreSQL" if now.database_url.startswith("postgresql") else "SQLite"
    return [
        Setting(
            name="CASEAPP_ENV",
            words="运行方式",
            value="生产" if now.production else "开发",
            effect="拒绝默认密钥、调试和演示账号。" if now.production else "只用于试用和开发，不要录入真实申请。",
        ),
        Setting(name="DATABASE_URL", words="数据库", value=backend, effect="地址和口令不在这里显示。"),
        Setting(
            name="CASEAPP_PROXIES",
            words="前面的代理",
            value=f"{now.proxies} 个",
            effect="按代理转告的地址限制尝试次数。" if now.proxies else "按直接连接的地址限制尝试次数。",
        ),
    ]
