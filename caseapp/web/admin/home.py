"""The start page of administration: what can be kept in order here."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.permissions import Permission
from caseapp.services import reports, settings_overview
from caseapp.web.admin.blueprint import pages
from caseapp.web.kit.access import requires

SECTIONS = (
    ("admin.people", "人员账号", "添加工作人员，设定部门和角色，重设密码，停用账号。"),
    ("admin.routing", "分派规则", "维护说明由哪个部门负责的词语，并用一份申请试一试。"),
    ("admin.calendar", "工作日历", "录入国务院放假通知，先看会改变哪些期限，再确认；修改某一天。"),
    ("admin.notices", "通知", "查看没有发出去的通知，决定再次发送还是不再发送。"),
    ("admin.list_wordings", "文书模板", "修改文书的文字，先看对已签发文书的影响，再交负责人审批。"),
    ("admin.list_kinds", "主动公开目录", "维护主动公开信息的类别、公开期限、归集编号和监督渠道。"),
    ("admin.api_keys", "接口账号", "让门户网站等系统凭密钥提交申请、查询进度；停用泄露的密钥。"),
    ("admin.list_pushes", "推送", "把主动公开的信息推送到门户网站，查看每次推送的答复。"),
    ("admin.show_settings", "设置", "查看期限、渠道、收费、邮件等设置现在是什么，起什么作用。"),
    ("admin.departments", "部门资料", "维护答复书上的机关名称、电话、救济途径和文号格式。"),
)


@pages.route("/")
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    return render_template("admin/index.html", sections=SECTIONS, owed=reports.owed(today=clock.today()))


@pages.route("/settings")
@requires(Permission.ADMINISTER)
def show_settings() -> ResponseReturnValue:
    return render_template("admin/show_settings.html", groups=settings_overview.settings())
