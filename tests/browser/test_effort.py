"""How much work the main ways cost: clicks for filing and approving, time for a paper registration at a human pace.

The pace is that of the keystroke-level model, for somebody slow: a second and a third to think at each field, half a
second a character (Chinese by an input method), a third a Tab or an arrow. The waiting for pages is measured.
"""

from time import perf_counter

from tests.browser.test_keyboard import Hands
from tests.browser.test_without_script import fills_in

THINK, CHARACTER, KEY = 1.35, 0.5, 0.33
MOST_CLICKS_TO_FILE, MOST_CLICKS_TO_APPROVE, MOST_SECONDS_TO_REGISTER = 10, 3, 180
DESCRIPTION = "申请公开示范花园3号楼的竣工验收备案表及其附件。"


class Pointer:
    """A mouse that counts: every click, on a link, a button or a choice."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def clicks_on(self, locator):
        self.clicks += 1
        locator.click()
        self.page.wait_for_load_state()


class Paced(Hands):
    """Hands that add up how long a person would have taken."""

    seconds = 0.0

    def reaches(self, selector):
        tabs = 0
        press = self.page.keyboard.press

        def counted(key):
            nonlocal tabs
            tabs += 1
            press(key)

        self.page.keyboard.press = counted
        try:
            super().reaches(selector)
        finally:
            self.page.keyboard.press = press
        self.seconds += THINK + KEY * tabs
        return self

    def types(self, selector, words):
        super().types(selector, words)
        self.seconds += CHARACTER * len(words)
        return self

    def presses(self, key, *, to=""):
        began = perf_counter()
        super().presses(key, to=to)
        self.seconds += KEY + (perf_counter() - began)
        return self


def test_a_person_files_with_few_clicks(visits):
    visitor = visits()
    page = visitor.opens("/")
    pointer = Pointer(page)
    pointer.clicks_on(page.locator("main a[href='/guide']").first)
    pointer.clicks_on(page.locator("main a[href='/search']").first)
    pointer.clicks_on(page.locator("main a[href='/apply/kind']").first)
    if not page.locator("[name=kind][value=person]").is_checked():
        pointer.clicks_on(page.locator("[name=kind][value=person]"))
    pointer.clicks_on(page.get_by_role("button", name="下一步"))
    fills_in(page, {"name": "申请人某", "identity_number": "11010119900101001X", "phone": "0431-00000000"})
    page.locator("[name=identity_kind]").focus()
    page.keyboard.press("ArrowDown")  # a passport; without the mouse
    page.locator("[name=identity_number]").fill("E00000000")
    pointer.clicks_on(page.get_by_role("button", name="下一步"))
    fills_in(page, {"description": DESCRIPTION})
    pointer.clicks_on(page.get_by_role("button", name="下一步").first)
    pointer.clicks_on(page.get_by_role("button", name="下一步").first)
    pointer.clicks_on(page.get_by_role("button", name="提交申请"))
    assert page.locator("h1").inner_text() == "政府信息公开申请回执"
    print(f"filing: {pointer.clicks} clicks")
    assert pointer.clicks <= MOST_CLICKS_TO_FILE


def test_a_head_approves_with_few_clicks(visits):
    visitor = visits().signs_in("head")
    page = visitor.opens("/supervision/")
    pointer = Pointer(page)
    pointer.clicks_on(page.locator("main .rows__task a").first)
    pointer.clicks_on(page.locator("main form .btn-primary").first)
    assert page.locator(".flashes").inner_text().strip()
    print(f"an approval: {pointer.clicks} clicks")
    assert pointer.clicks <= MOST_CLICKS_TO_APPROVE


def test_a_paper_request_is_registered_in_three_minutes_at_a_human_pace(visits):
    visitor = visits().signs_in("clerk")
    visitor.opens("/cases/register")
    hands = Paced(visitor)
    hands.chooses("[name=channel][value=in_person]").types("[name=name]", "申请人某")
    hands.reaches("[name=identity_kind]").presses("ArrowDown").types("[name=identity_number]", "E00000000")
    hands.types("[name=phone]", "0431-00000000").types("[name=title]", "竣工验收备案表")
    hands.types("[name=description]", DESCRIPTION).types("[name=address]", "示范区示范街1号示范花园3号楼")
    hands.reaches("main form .btn-primary").presses("Enter", to="/register/receipt")
    assert "已登记" in visitor.page.locator("main").inner_text()
    print(f"a paper registration: {hands.seconds:.0f} s")
    assert hands.seconds <= MOST_SECONDS_TO_REGISTER
