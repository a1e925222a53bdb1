"""With the keyboard alone: Tab, arrows, space and Enter lead through filing, and through an act of the staff."""

import re

from playwright.sync_api import Page

from caseapp.services.demonstration import PASSWORD
from tests.browser.conftest import Visitor

MOST_TABS = 60
SHOWN = """() => {
  const one = document.activeElement, style = getComputedStyle(one)
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
}"""


class Hands:
    """Ten fingers and no mouse; every stop on the way must show where the keyboard is."""

    def __init__(self, visitor: Visitor) -> None:
        self.page: Page = visitor.page

    def reaches(self, selector: str) -> "Hands":
        """Press Tab until the element is in focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(SHOWN), self.page.evaluate("document.activeElement.outerHTML")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
        raise AssertionError(f"{selector} is out of reach of the keyboard on {self.page.url}")

    def types(self, selector: str, words: str) -> "Hands":
        self.reaches(selector)
        self.page.keyboard.insert_text(words)
        return self

    def presses(self, key: str, *, to: str = "") -> "Hands":
        """Press a key; with `to`, wait until the address ends so."""
        self.page.keyboard.press(key)
        if to:
            self.page.wait_for_url(re.compile(to))
        return self

    def chooses(self, selector: str) -> "Hands":
        """Enter a group of buttons and move with the arrow until this one is chosen."""
        name = self.page.locator(selector).first.get_attribute("name")
        self.reaches(f"[name={name}]")
        self.presses("Space")
        for _ in range(12):
            if self.page.locator(selector).first.is_checked():
                return self
            self.presses("ArrowDown")
        raise AssertionError(f"{selector} cannot be chosen with the arrows")


def test_a_request_is_filed_with_the_keyboard_alone(visits):
    visitor = visits()
    visitor.opens("/")
    hands = Hands(visitor)

    hands.reaches("a.skip").presses("Enter")
    hands.reaches("main a[href='/guide']").presses("Enter", to="/guide$")
    hands.reaches("main a[href='/search']").presses("Enter", to="/search$")
    hands.reaches("main a[href='/apply/kind']").presses("Enter", to="/apply/kind$")
    hands.chooses("[name=kind][value=person]").reaches("main .acts button").presses("Enter", to="/apply/applicant$")
    hands.types("[name=name]", "申请人某").reaches("[name=identity_kind]")
    hands.presses("ArrowDown").types("[name=identity_number]", "E00000000")
    hands.types("[name=phone]", "0431-00000000").presses("Enter", to="/apply/information$")
    hands.types("[name=title]", "竣工验收备案表").types("[name=description]", "申请公开3号楼竣工验收备案表。")
    hands.reaches("main .acts button").presses("Enter", to="/apply/delivery$")
    hands.chooses("[name=medium][value=paper]").chooses("[name=way][value=post]")
    hands.types("[name=address]", "示范区示范街1号").reaches("main .acts button").presses("Enter", to="/apply/check$")
    hands.reaches("main .acts button").presses("Space", to="/apply/receipt$")

    assert visitor.page.locator("h1").inner_text() == "政府信息公开申请回执"
    assert "护照" not in visitor.page.content()
    assert visitor.complaints == []


def test_an_extension_is_proposed_with_the_keyboard_alone(visits):
    visitor = visits()
    visitor.opens("/staff/sign-in")
    hands = Hands(visitor)

    hands.types("[name=sign_in_name]", "officer").types("[name=password]", PASSWORD).presses("Enter", to="/cases/$")
    row = visitor.page.locator(".rows li", has_text="公租房轮候名册").locator(".rows__number a")
    hands.reaches(f"a[href='{row.get_attribute('href')}']").presses("Enter", to=r"/cases/\d+$")
    hands.reaches("main a[href$='/extension']").presses("Enter", to="/extension$")
    hands.types("[name=working_days]", "5").types("[name=reason]", "需检索的历史档案较多。")
    hands.reaches("button[value=show]").presses("Enter")
    visitor.page.wait_for_selector("button[value=confirm]")
    hands.reaches("button[value=confirm]").presses("Enter", to=r"/cases/\d+$")

    assert "申请延长答复期限" in visitor.page.locator("#history").inner_text()


def test_after_an_error_the_keyboard_stands_at_the_summary_and_is_led_to_the_field(visits):
    visitor = visits()
    visitor.opens("/staff/sign-in")
    hands = Hands(visitor)
    hands.reaches("main .acts button").presses("Enter")
    visitor.page.wait_for_selector(".error-summary")

    assert visitor.page.evaluate("document.activeElement.id") == "error-summary"
    hands.reaches("a[href='#sign_in_name']").presses("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.name") in ("sign_in_name", "password")
