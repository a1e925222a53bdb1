"""政府信息公开申请表: a blank form for who applies on paper, with what art. 29 names and nothing else."""

from caseapp.gateways.sheet_document import CLOSE, sheet_document
from caseapp.services import installation
from caseapp.services.letters import DOCX, Download

TITLE = "政府信息公开申请表"
ROWS = (
    ("申请人类型", "□ 自然人　　□ 法人或者其他组织"),
    ("姓名或者名称", ""),
    ("证件名称和号码\n或者信用代码", ""),
    ("法定代表人\n（负责人）", ""),
    ("代理人\n（附委托书）", ""),
    ("联系人、电话", ""),
    ("通信地址\n（选择邮寄的）", ""),
    ("电子邮箱\n（选择邮件的）", ""),
    ("所需信息的名称\n文号（知道的）", ""),
    ("所需信息的描述\n（必填）", "\n\n\n"),
    ("信息的形式", "□ 纸质　　□ 电子"),
    ("获取方式", "□ 网上下载　□ 邮寄\n□ 当面领取　□ 电子邮件"),
    ("签名或者盖章\n日期", ""),
)
NOTE = "不需要说明用途，不需要附证件照片，不收取费用。填写有困难的，窗口工作人员代为填写。（第二十九条、第四十二条）"


def blank() -> Download:
    """Return the form as .docx, in the office's name."""
    office = installation.current().settings.office
    content = sheet_document(title=TITLE, organ=office.name, rows=ROWS, note=NOTE, by_hand=CLOSE)
    return Download(name=f"{TITLE}.docx", content=content, media_type=DOCX)
