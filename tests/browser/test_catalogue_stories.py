"""An item's way from making to feed, and a request's way from answer to published copy, as people walk them."""

from tests.browser.test_without_script import chooses, files, fills_in

PDF = b"%PDF-1.7\n" + b"3" * 100


def test_an_item_is_made_reviewed_published_found_and_in_the_feed(visits):
    officer = visits(java_script_enabled=False).signs_in("officer")
    page = officer.opens("/cases/items")
    page.get_by_role("link", name="登记一条信息").click()
    page.locator("main [name=kind]").select_option(index=1)
    fills_in(page, {"title": "示范湖东地块出让公告", "project_number": "示范地 2026-88号", "body": "面积 5.1 公顷。"})
    officer.presses("保存")
    officer.presses("公开")  # nobody has reviewed it yet
    assert "请填写审查人" in page.locator(".error-summary").inner_text()
    page.locator("[name=file]").set_input_files({"name": "公告.pdf", "mimeType": "", "buffer": PDF})
    officer.presses("上传这个文件")
    page.locator("main").get_by_role("link", name="修改").click()
    fills_in(page, {"reviewed_by": "审查人某"})
    officer.presses("保存")
    officer.presses("公开")
    assert page.locator(".flashes").inner_text().strip() == "已公开。"

    anybody = visits(java_script_enabled=False)
    seen = anybody.opens("/search")
    fills_in(seen, {"words": "示范湖东"})
    seen.locator("main form button").first.click()
    seen.get_by_role("link", name="示范湖东地块出让公告").first.click()
    assert "面积 5.1 公顷。" in seen.locator("main").inner_text()
    assert "公告.pdf" in seen.locator("main").inner_text()
    seen.locator("main a", has_text="示范地2026-88号").first.click()
    assert "示范湖东地块出让公告" in seen.locator("main").inner_text()
    fields = [
        option.get_attribute("value") for option in anybody.opens("/published").locator("[name=field] option").all()
    ]
    feeds = []
    for field in filter(None, fields):
        links = anybody.opens(f"/published?field={field}").locator("a[href*=feed]").all()
        feeds += [link.get_attribute("href") for link in links]
    texts = [anybody.context.request.get(anybody.url + path).text() for path in feeds]
    assert any("示范湖东地块出让公告" in text for text in texts)
    changes = anybody.context.request.get(anybody.url + "/api/v1/items/changes").text()
    assert "示范湖东地块出让公告" in changes
    assert officer.complaints == anybody.complaints == []


def test_an_answer_is_published_as_a_copy_without_its_applicant(visits):
    officer = visits().signs_in("officer")
    page = officer.opens("/cases/all?status=answered&outcome=disclosed")
    page.locator(".rows__number a").first.click()
    number = page.locator("h1").inner_text().split()[-1]
    page.get_by_role("link", name="制作遮去个人信息的公开副本").click()
    name = page.locator("main [name=title]").input_value()
    page.locator("main [name=kind]").select_option(index=1)
    fills_in(page, {"project_number": "示范地 2026-89号", "reviewed_by": "审查人某"})
    fills_in(page, {"body": "联系电话13800000000。"})
    page.get_by_label("我已逐字核对").check()
    officer.presses("保存")
    assert "手机号" in page.locator(".error-summary").inner_text()
    fills_in(page, {"body": "全文见附件。"})
    officer.presses("保存")
    officer.presses("公开")
    assert page.locator(".flashes").inner_text().strip() == "已公开。"
    page.get_by_role("link", name="公开页面").click()
    assert page.locator("h1").inner_text() == name
    assert number not in page.locator("main").inner_text()
    assert officer.complaints == []


def test_the_clerk_keeps_a_list_and_assigns_what_he_ticks(visits):
    applicant = visits()
    number, _ = files(applicant)
    clerk = visits(viewport={"width": 360, "height": 740}).signs_in("clerk")
    page = clerk.opens("/cases/all?status=registered")
    page.locator("summary", has_text="保存为常用列表").click()
    fills_in(page, {"name": "等我分派的"})
    clerk.presses("保存")
    page.locator("[aria-label=常用列表] a", has_text="等我分派的").click()
    page.get_by_label(f"选择 {number}").check()
    clerk.presses("分派所选申请")
    chooses(page, "department", "zhujian")
    clerk.presses("全部分派给所选部门")
    assert "已将 1 件申请分派给" in page.locator(".flashes").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert clerk.complaints == []
