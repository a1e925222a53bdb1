"""帮助: one's own work stands first, and every step names the article it rests on."""

import re

import pytest

from caseapp.domain.permissions import ROLE_WORDS, Role
from caseapp.web.casework.help import GUIDES
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk


@pytest.mark.parametrize("role", GUIDES)
def test_ones_own_guide_stands_first_and_every_step_has_its_article(app, role):
    is_administrator = role is Role.ADMINISTRATOR
    desk = StaffDesk(app, "admin" if is_administrator else role.value, at=moment(RECEIVED, 9))
    desk.open("/admin/" if is_administrator else "/cases/")
    desk.open(desk.page.select_one("nav a[href$='/help']")["href"])
    headings = [heading.text for heading in desk.page.select("main h2")]
    assert headings[0] == f"{ROLE_WORDS[role]}（您的工作）"
    assert set(headings[1:-1]) == {ROLE_WORDS[other] for other in GUIDES if other is not role}
    steps = desk.page.select("main ol li")
    assert len(steps) == sum(len(guide) for guide in GUIDES.values())
    for step in steps:
        assert re.search(r"依据：第[一二三四五六七八九十]+条", step.text), step.text
    for link in desk.page.select("main a"):
        assert desk.client.get(link["href"]).status_code == 200, link["href"]
