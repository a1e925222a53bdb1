"""The pages of administration, over HTTP: what an administrator sees, and that bad input is told at its field."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from caseapp.db import db
from caseapp.models import Department, Person, RoutingTerm
from caseapp.services.demonstration import PASSWORD

NEW_PASSWORD = "four plain words"
PAGES = (
    "/admin/", "/admin/people", "/admin/people/new", "/admin/people/1/edit", "/admin/people/1/password",
    "/admin/routing", "/admin/routing/terms/new", "/admin/routing/terms/1/edit",
    "/admin/departments", "/admin/departments/1/edit",
)  # fmt: skip


class Desk:
    """A signed-in member of staff with a browser without JavaScript."""

    def __init__(self, app, sign_in_name, password=PASSWORD):
        self.client = app.test_client()
        self.submit("/staff/sign-in", to="/staff/sign-in", sign_in_name=sign_in_name, password=password)

    def open(self, path):
        self.answer = self.client.get(path)
        return BeautifulSoup(self.answer.data, "html.parser")

    def submit(self, path, *, to=None, **changed):
        """Open the page, fill in its form, send it; return the page that comes back, or where it leads."""
        form = self.open(path).select_one(
            'main form[method="post"]:not([action])' if to is None else f'form[action="{to}"]'
        )
        return self.send(to or path, typed_in(form) | changed)

    def send(self, path, fields):
        self.answer = self.client.post(path, data=fields)
        return BeautifulSoup(self.answer.data, "html.parser")


def typed_in(form):
    fields = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            fields[one["name"]] = chosen["value"]
        elif one.name == "textarea":
            fields[one["name"]] = one.text
        elif one.get("type") == "checkbox":
            if one.has_attr("checked"):
                fields.setdefault(one["name"], []).append(one["value"])
        elif one.get("type") != "radio" or one.has_attr("checked"):
            fields[one["name"]] = one.get("value", "")
    return fields


def error_at(page, field):
    """Return the words at the field; the field must say that it is wrong and the summary must lead to it."""
    summary = page.select_one("#error-summary")
    assert summary is not None, page.text
    assert page.title.text.startswith("错误：")
    target = page.select_one(f'[name="{field}"]')
    box = target.find_parent(class_="field")
    words = box.select_one(".error").text.removeprefix("错误：")
    assert words in summary.text
    assert page.select_one(summary.select_one("a")["href"]) is not None
    return words


@pytest.fixture
def desk(app):
    return Desk(app, "admin")


def one(app, table, **given):
    with app.app_context():
        found = db.session.scalars(select(table).filter_by(**given)).one()
        db.session.expunge(found)
        return found


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_administrators_only_and_has_one_heading(app, desk, path):
    page = desk.open(path)
    assert desk.answer.status_code == 200
    assert [page.h1.text.strip()] == [heading.text.strip() for heading in page.select("h1")]
    for who in ("clerk", "officer", "head", "auditor"):
        other = Desk(app, who)
        other.open(path)
        assert other.answer.status_code == 403, who
    assert app.test_client().get(path).status_code == 302


def test_a_new_person_is_added_and_signs_in(app, desk):
    desk.submit(
        "/admin/people/new",
        sign_in_name="Geng",
        name="承办员庚",
        department="guizi",
        roles=["officer", "clerk"],
        password=NEW_PASSWORD,
    )
    assert desk.answer.status_code == 302
    assert "已添加承办员庚（geng）。" in desk.open("/admin/people").text
    newcomer = Desk(app, "geng", NEW_PASSWORD)
    assert "承办员庚" in newcomer.open(newcomer.answer.location).text


def test_an_officer_without_a_department_is_told_at_the_field_and_nothing_typed_is_lost(desk):
    page = desk.submit(
        "/admin/people/new",
        sign_in_name="geng",
        name="承办员庚",
        department="",
        roles=["officer"],
        password=NEW_PASSWORD,
    )
    assert error_at(page, "department") == "承办员必须属于一个部门。"
    assert page.select_one("[name=name]")["value"] == "承办员庚"
    assert page.select_one("[name=sign_in_name]")["value"] == "geng"
    assert [box["value"] for box in page.select("[name=roles][checked]")] == ["officer"]
    assert NEW_PASSWORD not in str(page)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("sign_in_name", "", "请填写登录名。"),
        ("sign_in_name", "clerk", "登录名“clerk”已有人使用，请换一个。"),
        ("sign_in_name", "李明", "登录名请用 2 至 40 个小写字母、数字、点、下划线或短横线，例如 li.ming。"),
        ("name", "", "请填写姓名。"),
        ("name", "长" * 61, "姓名请控制在 60 字以内，现在是 61 字。"),
        ("roles", [], "请至少选择一个角色。"),
        ("roles", ["emperor"], "请至少选择一个角色。"),
        ("department", "forged", "请从列出的选项中选择一项。"),
        ("password", "short", "密码至少 10 个字符，现在是 5 个。"),
    ],
)
def test_each_mistake_with_an_account_is_told_at_its_field(app, desk, field, value, words):
    right = {
        "sign_in_name": "geng",
        "name": "受理员庚",
        "department": "",
        "roles": ["clerk"],
        "password": NEW_PASSWORD,
    }
    page = desk.submit("/admin/people/new", **(right | {field: value}))
    assert error_at(page, field).startswith(words)
    with app.app_context():
        assert db.session.scalar(select(Person.id).where(Person.sign_in_name == "geng")) is None


def test_a_colleagues_simultaneous_edit_loses_nothing_that_was_typed(app, desk):
    path = f"/admin/people/{one(app, Person, sign_in_name='clerk').id}/edit"
    mine = typed_in(desk.open(path).select_one("main form"))
    Desk(app, "admin").submit(path, name="受理员甲甲")
    page = desk.send(path, mine | {"name": "受理员乙乙"})
    assert "刚被别人更新" in page.select_one("#error-summary").text
    assert page.select_one("[name=name]")["value"] == "受理员乙乙"
    desk.send(path, typed_in(page.select_one("main form")))
    assert one(app, Person, sign_in_name="clerk").name == "受理员乙乙"


def test_an_account_is_closed_and_opened_again_from_its_page(app, desk):
    person_id = one(app, Person, sign_in_name="clerk").id
    path = f"/admin/people/{person_id}"
    desk.submit(f"{path}/edit", to=f"{path}/deactivate")
    assert not one(app, Person, id=person_id).active
    desk.submit(f"{path}/edit", to=f"{path}/activate")
    assert one(app, Person, id=person_id).active


def test_ones_own_account_cannot_be_closed_not_even_by_a_forged_post(app, desk):
    own = one(app, Person, sign_in_name="admin").id
    token = desk.open(f"/admin/people/{own}/edit").select_one("[name=csrf_token]")["value"]
    desk.send(f"/admin/people/{own}/deactivate", {"csrf_token": token})
    assert "不能停用自己的账号" in desk.open(f"/admin/people/{own}/edit").select_one(".flashes").text
    assert one(app, Person, id=own).active


def test_whoever_changes_his_own_account_is_told_to_sign_in_again(app, desk):
    own = one(app, Person, sign_in_name="admin").id
    desk.submit(f"/admin/people/{own}/edit", name="管理员戊戊")
    answer = desk.client.get("/admin/people", follow_redirects=True)
    assert answer.request.path == "/staff/sign-in"
    assert "请重新登录" in answer.text


def test_a_password_is_reset(app, desk):
    path = f"/admin/people/{one(app, Person, sign_in_name='clerk').id}/password"
    assert error_at(desk.submit(path, password="short"), "password").startswith("密码至少 10 个字符")
    desk.submit(path, password=NEW_PASSWORD)
    assert desk.answer.status_code == 302
    assert Desk(app, "clerk", NEW_PASSWORD).answer.status_code == 302
    assert Desk(app, "clerk").answer.status_code == 200


def test_an_account_that_does_not_exist_is_not_found(desk):
    for path in ("/admin/people/99999/edit", "/admin/routing/terms/999999/edit", "/admin/departments/999/edit"):
        desk.open(path)
        assert desk.answer.status_code == 404


def test_a_word_is_added_found_changed_and_taken_out_of_use(app, desk):
    desk.submit("/admin/routing/terms/new", term="飞天茶壶", department_code="shuiwu", weight="8")
    assert "已新增词语“飞天茶壶”" in desk.open("/admin/routing?prefix=飞天").select_one(".flashes").text
    row = one(app, RoutingTerm, term="飞天茶壶")
    path = f"/admin/routing/terms/{row.id}"
    desk.submit(f"{path}/edit", weight="3.5", field_code="other")
    assert one(app, RoutingTerm, id=row.id).weight == 3.5
    desk.submit(f"{path}/edit", to=f"{path}/deactivate")
    assert not one(app, RoutingTerm, id=row.id).active
    assert "已停用" in desk.open("/admin/routing?prefix=飞天").table.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("term", "", "请填写词语。"),
        ("weight", "", "请填写权重，例如 6。"),
        ("weight", "很重", "请填写数字，例如 12.5。"),
        ("weight", "0", "请填写大于 0、不超过 20 的权重"),
        ("weight", "nan", "请填写大于 0、不超过 20 的权重"),
        ("department_code", "", "“所要的文件或行为”类的词语需要选择部门。"),
        ("department_code", "forged", "请从列出的选项中选择一项。"),
        ("kind", "forged", "请从列出的选项中选择一项。"),
        ("field_code", "forged", "请从列出的选项中选择一项。"),
    ],
)
def test_each_mistake_with_a_word_is_told_at_its_field(app, desk, field, value, words):
    right = {"term": "飞天茶壶", "kind": "object", "department_code": "shuiwu", "field_code": "other", "weight": "8"}
    page = desk.submit("/admin/routing/terms/new", **(right | {field: value}))
    assert error_at(page, field).startswith(words)
    with app.app_context():
        assert db.session.scalar(select(RoutingTerm.id).where(RoutingTerm.term == "飞天茶壶")) is None


def test_a_request_is_tried_on_the_rules(desk):
    page = desk.submit("/admin/routing", description="申请公开示范花园3号楼竣工验收备案表。")
    found = page.select_one(".status")
    assert found.h2.text == "住建局"
    assert "竣工验收备案" in found.text
    assert page.select_one("[name=description]").text.strip() == "申请公开示范花园3号楼竣工验收备案表。"


def test_trying_without_a_description_is_told_at_the_field(desk):
    assert error_at(desk.submit("/admin/routing"), "description") == "请粘贴或填写描述。"


def test_the_list_of_words_opens_without_an_error(desk):
    assert desk.open("/admin/routing").select_one(".error") is None


@pytest.mark.parametrize(
    "query",
    ["prefix=%00", "department=forged", "after_term=%00&after_id=1", "after_term=a&after_id=99999999999999999999"],
)
def test_a_forged_filter_does_no_harm(desk, query):
    desk.open(f"/admin/routing?{query}")
    assert desk.answer.status_code == 200


def test_the_next_page_keeps_the_filter(desk):
    first = desk.open("/admin/routing?department=zhujian")
    second = desk.open(first.select_one("a[rel=next]")["href"])
    assert {row.select("td")[1].text for row in second.select("tbody tr")} == {"住建局"}
    assert first.select_one("tbody th").text != second.select_one("tbody th").text


def test_a_department_is_edited(app, desk):
    row = one(app, Department, code="shuiwu")
    desk.submit(
        f"/admin/departments/{row.id}/edit", phone="0755-00000000", number_pattern="{prefix}〔{year}〕{serial:04}号"
    )
    assert "0012号" in desk.open("/admin/departments").select_one(".flashes").text
    assert one(app, Department, code="shuiwu").phone == "0755-00000000"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "请填写名称。"),
        ("court", "长" * 81, "请控制在 80 字以内。"),
        ("review_address", "fuyi.example.com", "请填写以 http:// 或 https:// 开头的完整网址"),
        ("number_pattern", "{prefix}{serial}号", "文号格式中没有加六角括号的年份"),
        ("number_pattern", "{0.__class__}", "文号格式中的“{0.__class__}”不认识。"),
        ("letter_prefix", "×住建公开", "这样编出的文号与“"),
        ("organ_kind", "forged", "请从列出的选项中选择一项。"),
    ],
)
def test_each_mistake_with_a_department_is_told_at_its_field(app, desk, field, value, words):
    row = one(app, Department, code="shuiwu")
    page = desk.submit(f"/admin/departments/{row.id}/edit", address="新地址", **{field: value})
    assert error_at(page, field).startswith(words)
    assert page.select_one("[name=address]")["value"] == "新地址"
    assert one(app, Department, code="shuiwu").address == row.address
