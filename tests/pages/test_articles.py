"""依据: each act names the articles it applies, and each name leads to what the article asks for; the blank form."""

import io
import re

import pytest
from docx import Document

from caseapp.domain.articles import GISTS, NAMED, name_of
from caseapp.services import application_form
from caseapp.web.casework.case_words import PAGES_OF_ACTS
from caseapp.web.kit.articles import BASIS
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk


@pytest.mark.parametrize(
    ("number", "name"), [(4, "第四条"), (10, "第十条"), (13, "第十三条"), (20, "第二十条"), (33, "第三十三条")]
)
def test_an_article_is_called_as_the_regulation_numbers_it(number, name):
    assert name_of(number) == name


def test_the_page_of_every_act_names_articles_that_the_page_of_articles_has(app):
    assert {endpoint for endpoint, _ in PAGES_OF_ACTS.values()} <= set(BASIS)
    assert set(BASIS) <= {rule.endpoint for rule in app.url_map.iter_rules()}
    known = {name_of(number) for number in GISTS}
    for words in BASIS.values():
        named = [found[0] for found in NAMED.finditer(words)]
        assert named
        assert "、".join(named) == words
        assert set(named) <= known


def test_the_basis_of_an_act_leads_to_the_article(maker, app):
    case = maker.case(received_on=RECEIVED)
    officer = StaffDesk(app, "officer", at=moment(RECEIVED, 15))
    officer.open(f"/cases/{case.id}/extension")
    link = officer.page.find("a", string="第三十三条")
    assert link["href"] == "/articles#article-33"
    gist = officer.open("/articles").select_one("#article-33 + dd").text
    assert "20 个工作日" in gist
    officer.open("/cases/help")
    links = officer.page.select("main a[href^='/articles#']")
    assert len(links) > 10
    assert all(re.fullmatch(r"/articles#article-[0-9]+", one["href"]) for one in links)


def test_the_blank_form_asks_for_what_article_29_names_and_nothing_else(app):
    answer = app.test_client().get("/guide/form.docx")
    assert answer.status_code == 200
    [table] = Document(io.BytesIO(answer.data)).tables
    labels = [row.cells[0].text for row in table.rows]
    assert labels == [label for label, _ in application_form.ROWS]
    for never in ("用途", "工作单位", "传真", "减免"):
        assert not any(never in label for label in labels)
    assert "form.docx" in app.test_client().get("/guide").text
