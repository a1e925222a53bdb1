"""With JavaScript switched off, applicants file and follow, and the staff do their acts."""

from playwright.sync_api import Page

from tests.browser.conftest import Visitor


def fills_in(page: Page, words: dict[str, str]) -> None:
    for name, value in words.items():
        page.locator(f"main [name={name}]").fill(value)


def chooses(page: Page, name: str, value: str) -> None:
    page.locator(f"main [name={name}][value={value}]").check()


def files(visitor: Visitor) -> tuple[str, str]:
    """File an organisation's request by an agent, with a file, and return number and code."""
    page = visitor.opens("/apply/kind")
    assert not page.locator("[name=agent_name]").is_visible()
    chooses(page, "kind", "business")
    chooses(page, "representation", "agent")
    fills_in(page, {"agent_name": "代理人某"})
    visitor.presses("下一步")
    code = "91350100M000100Y43"
    fills_in(page, {"name": "示范甲有限公司", "credit_code": code, "representative": "负责人某"})
    fills_in(page, {"contact_person": "联系人某", "phone": "0431-00000000"})
    visitor.presses("下一步")
    fills_in(page, {"description": "申请公开去年的有关情况材料。"})
    page.locator("[name=file]").set_input_files({"name": "委托书.pdf", "mimeType": "", "buffer": b"%PDF-1.7 x"})
    visitor.presses("上传这个文件")
    assert "委托书.pdf" in page.locator(".files").inner_text()
    visitor.presses("下一步：获取方式")
    assert not page.locator("[name=address]").is_visible()
    visitor.presses("下一步")
    visitor.presses("提交申请")
    return page.locator("dd.code").inner_text(), page.locator("dd span.code").inner_text()


def test_an_applicant_files_and_follows(visits):
    visitor = visits(java_script_enabled=False)
    number, code = files(visitor)
    page = visitor.opens("/track")
    fills_in(page, {"number": number, "code": code})
    visitor.presses("查询")
    assert page.locator(".status h2").inner_text() == "已收到，正在办理"
    page.locator("summary").click()
    assert page.locator(".ledger").is_visible()


def test_the_clerk_signs_in_and_assigns(visits):
    number, _ = files(visits(java_script_enabled=False))
    clerk = visits(java_script_enabled=False).signs_in("clerk")
    clerk.page.locator(".rows li", has_text=number).locator(".rows__number a").click()
    clerk.page.locator("aside a", has_text="分派").first.click()
    chooses(clerk.page, "department", "zhujian")
    clerk.presses("分派给所选部门")
    assert "分派" in clerk.page.locator(".flashes").inner_text()


def test_the_display_is_switched(visits):
    page = visits(java_script_enabled=False).opens("/guide")
    page.get_by_role("button", name="长者模式").click()
    assert page.url.endswith(("/guide", "/guide?"))
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
