"""Every page of every role, in every way of looking at it: axe, errors at their fields, widths, borders, own host."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from caseapp.db import db, transaction
from caseapp.domain.letters import LetterKind
from caseapp.services import intake, letters
from tests.browser.conftest import NARROW, WIDE, ZOOMED, Visitor
from tests.browser.places import (
    PUBLIC,
    ROLES,
    STEPS,
    Request,
    following,
    one_case_of_each_state,
    pages_of,
    replies_of_every_kind,
    typed,
)
from tests.makers import RECEIVED, Maker, moment
from tests.services.test_correction_transfers import PASSED_ON
from tests.services.test_corrections import draft
from tests.services.test_replies import DAY

BOTH = {"elder": "1", "contrast": "1"}
TWO_LOOKS = ({}, BOTH)
EVERY_LOOK = ({}, {"elder": "1"}, {"contrast": "1"}, BOTH)
LONG = "申请公开示范花园三号楼的竣工验收备案表。" * 140
SEES_EVERY_STATE = ("clerk", "officer")
DRAFTS = {
    "person": Request(),
    "agent": Request(agent="代理人" * 20, name="阿" * 60, files=1),
    "organisation": Request(
        kind="business", name="示范市示范区某某某某某某某某建设工程有限责任公司", way="post", files=5
    ),
    "long": Request(description=LONG, way="in_person"),
}
RECEIPTS = {"short": Request(filed=True), "long": Request(description=LONG, files=5, way="post", filed=True)}

# Empties what a person can empty, and returns whether the page must then refuse.
EMPTY_THE_FORM = """() => {
  for (const one of document.querySelectorAll('main form[novalidate] :is(input, textarea)')) {
    if (one.type === 'checkbox') one.checked = false
    else if (!['radio', 'hidden'].includes(one.type) && one.name !== 'homepage') one.value = ''
  }
  const wanted = [...document.querySelectorAll('main form[method=post] .field:has(.need--must)')]
  return wanted.some(field => !field.querySelector('select, input:checked'))
}"""
UNTIED = """() => [...document.querySelectorAll('.error')].filter(error => {
  const owner = document.querySelector(`[aria-describedby~="${error.id}"]`)
  return !owner || !(owner.getAttribute('aria-invalid') === 'true' || owner.querySelector('[aria-invalid=true]'))
}).map(error => error.textContent)"""
PALE_BORDERS = """() => {
  const light = colour => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
    const [r, g, b] = parts.map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = field => {
    for (let at = field.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (!colour.endsWith(', 0)') && colour !== 'transparent') return colour
    }
    return 'rgb(255, 255, 255)'
  }
  const fields = 'main :is(input[type=text], input[type=tel], input[type=date], input[type=number], ' +
    'input[type=password], input[type=file], textarea, select)'
  return [...document.querySelectorAll(fields)].filter(field => field.name !== 'homepage').filter(field => {
    const style = getComputedStyle(field), edge = light(style.borderTopColor)
    const contrasts = [light(ground(field)), light(style.backgroundColor)].map(
      other => (Math.max(edge, other) + 0.05) / (Math.min(edge, other) + 0.05))
    return parseFloat(style.borderTopWidth) < 1 || Math.min(...contrasts) < 3
  }).map(field => `${field.name}: ${getComputedStyle(field).borderTopColor}`)
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return ''
  const wide = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > width + 1)
  return `${document.documentElement.scrollWidth} > ${width}: ` +
    wide.slice(0, 3).map(one => one.outerHTML.slice(0, 90)).join(' | ')
}"""


@pytest.fixture
def inspects(pictures):
    """Looks at pages in turn and collects what is wrong with them."""
    return Inspector(pictures)


class Inspector:
    """Holds each page against the rules of every page; `wrong` is the list of what did not hold."""

    def __init__(self, pictures: Path | None) -> None:
        self.looks: tuple[dict[str, str], ...] = TWO_LOOKS
        self.pictures, self.wrong, self.looked_at, self.axe = pictures, [], 0, Axe()

    def looks_at(self, visitor: Visitor, path: str, *, name: str) -> None:
        """Open the page in every look, then send its form empty and look again."""
        for look in self.looks:
            visitor.holds(**{"elder": "0", "contrast": "0", **look})
            visitor.opens(path)
            self.judges(visitor, f"{name} {path} {'+'.join(look)}".strip())
        visitor.holds(elder="0", contrast="0")
        visitor.opens(path)
        if self._sends_empty(visitor):
            self.judges(visitor, f"{name} {path} empty")
            if not visitor.page.locator(".error-summary").count():
                self.wrong.append(f"{name} {path}: sent empty, no error is told")

    def _sends_empty(self, visitor: Visitor) -> bool:
        buttons = visitor.page.locator("main form[method=post][novalidate] .acts button")
        if not buttons.count() or visitor.page.url.endswith(("/apply/check", "/reply/preview")):
            return False
        must_refuse = visitor.page.evaluate(EMPTY_THE_FORM)
        returns = buttons.and_(visitor.page.locator("[value=return]"))
        if not must_refuse and not returns.count():
            return False
        with visitor.page.expect_navigation():
            (returns if returns.count() else buttons).first.click()
        return True

    def judges(self, visitor: Visitor, where: str) -> None:
        """Look at the page as it stands now."""
        page = visitor.page
        self.looked_at += 1
        for found in self.axe.run(page).response["violations"]:
            nodes = [node["html"][:120] for node in found["nodes"][:2]]
            self.wrong.append(f"{where}: axe {found['id']} {nodes}")
        self.wrong += [f"{where}: untied “{words}”" for words in page.evaluate(UNTIED)]
        self.wrong += [f"{where}: pale border {words}" for words in page.evaluate(PALE_BORDERS)]
        self._photographs(visitor, where, "wide")
        for size in (ZOOMED, NARROW):
            page.set_viewport_size(size)
            if words := page.evaluate(TOO_WIDE):
                self.wrong.append(f"{where}: {words}")
        self._photographs(visitor, where, "narrow")
        page.set_viewport_size(WIDE)

    def _photographs(self, visitor: Visitor, where: str, width: str) -> None:
        if self.pictures:
            name = re.sub(r"[^\w.-]+", "_", where).strip("_")[:120]
            visitor.page.screenshot(path=self.pictures / f"{name}.{width}.png", full_page=True)

    def ends(self, visitor: Visitor) -> None:
        """Fail with everything that was wrong."""
        assert self.looked_at >= 3
        assert self.wrong + visitor.complaints == []


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_staff_holds_the_rules(role, served, visits, inspects):
    visitor = visits(bypass_csp=True).signs_in(role)
    cases = set(one_case_of_each_state(served.app).values()) if role in SEES_EVERY_STATE else None
    paths = pages_of(visitor, "/admin/" if role == "admin" else "/cases/", cases)
    for path in paths + [path for path in replies_of_every_kind(paths) if path not in paths]:
        inspects.looks_at(visitor, path, name=role)
    inspects.ends(visitor)


def test_the_pages_of_a_transfer_hold_the_rules(served, visits, inspects):
    with served.app.app_context():
        maker = Maker()
        key = draft(maker, evidence=True)
        with transaction():
            filed = intake.file(key, at=moment(RECEIVED))
        case = maker.issued(maker.again(filed.case_id), on=DAY, content=PASSED_ON)
        place = f"/cases/{case.id}"
        letter = letters.latest(case.id, LetterKind.CORRECTION_TRANSFER).id
        db.session.remove()
    visitor = visits(bypass_csp=True).signs_in("clerk")
    for path in (place, f"{place}/letters/{letter}/delivery"):
        inspects.looks_at(visitor, path, name="transfer")
    inspects.ends(visitor)


def test_every_page_for_everybody_holds_the_rules(visits, inspects):
    visitor = visits(bypass_csp=True)
    inspects.looks = EVERY_LOOK
    for path in dict.fromkeys((*PUBLIC, *pages_of(visitor, "/published"))):
        inspects.looks_at(visitor, path, name="public")
    inspects.ends(visitor)


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_page_of_a_filled_in_filing_holds_the_rules(draft, served, visits, inspects):
    visitor = visits(bypass_csp=True)
    visitor.holds(filing=typed(served.app, DRAFTS[draft]))
    for path in STEPS:
        inspects.looks_at(visitor, path, name=draft)
    inspects.ends(visitor)


@pytest.mark.parametrize("receipt", RECEIPTS)
def test_the_receipt_holds_the_rules(receipt, served, visits, inspects):
    visitor = visits(bypass_csp=True)
    visitor.holds(filing=typed(served.app, RECEIPTS[receipt]))
    inspects.looks_at(visitor, "/apply/receipt", name=f"receipt {receipt}")
    visitor.page.locator("summary").click()
    inspects.judges(visitor, f"receipt {receipt} counted")
    inspects.ends(visitor)


def test_the_progress_of_every_state_holds_the_rules(served, visits, inspects):
    visitor = visits(bypass_csp=True)
    for state, case_id in one_case_of_each_state(served.app).items():
        visitor.holds(session=following(served.app, case_id))
        inspects.looks_at(visitor, "/track/case", name=f"progress {state}")
    inspects.ends(visitor)


def paths_for_the_policy() -> Iterator[tuple[str, str]]:
    yield from (("", path) for path in PUBLIC)
    yield from (("officer", path) for path in ("/cases/", "/cases/all"))
    yield from (("head", path) for path in ("/supervision/",))
    yield from (("admin", path) for path in ("/admin/", "/admin/people", "/admin/routing", "/admin/departments"))


def test_nothing_on_a_page_runs_into_our_own_content_policy(served, visits):
    visitors = {name: visits().signs_in(name) if name else visits() for name in ("", "officer", "head", "admin")}
    for name, path in paths_for_the_policy():
        visitors[name].opens(path)
    for case_id in one_case_of_each_state(served.app).values():
        visitors["head"].opens(f"/cases/{case_id}")
    assert [words for visitor in visitors.values() for words in visitor.complaints] == []
