"""A desk: a browser without script that clicks as a person does, and proof-reads every page it opens."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "yanshi-2026"
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


@dataclass
class Page:
    """An opened page: its status, its words, its form."""

    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", self.soup.get_text(" ")).strip()

    @property
    def heading(self) -> str:
        return self.soup.h1.get_text(strip=True) if self.soup.h1 else ""

    def fields(self, button: str | None = None) -> dict[str, str]:
        """Return what the form holds that has this button (the page's main form otherwise)."""
        return form_values(self.form(button))

    def form(self, button: str | None = None) -> Tag:
        forms = [form for form in self.soup.select("main form") if button is None or button in form.get_text()]
        assert forms, f"no form with “{button}” on “{self.heading}”"
        return forms[0]


def form_values(form: Tag) -> dict[str, str]:
    """Return name and value of everything a browser would send for this form."""
    values: dict[str, str] = {}
    for one in form.select("input, textarea, select"):
        name, kind = one.get("name"), one.get("type")
        if not name or kind in ("submit", "file") or (kind in ("radio", "checkbox") and not one.has_attr("checked")):
            continue
        if one.name == "textarea":
            values[name] = one.get_text().removeprefix("\r\n").removeprefix("\n")
        elif one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            values[name] = chosen.get("value", chosen.get_text()) if chosen else ""
        else:
            values[name] = one.get("value", "on" if kind == "checkbox" else "")
    return values


@dataclass
class Desk:
    """One visitor with his own cookies."""

    app: Flask
    at: str = ""
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def opens(self, path: str, *, status: int = 200) -> Page:
        return self._read(self.client.get(path, follow_redirects=True), status)

    def sends(self, path: str, data: dict[str, object], *, status: int = 200) -> Page:
        """Send fields with the token of the page in front of us, whatever else they are."""
        token = self.page.soup.select_one("input[name=csrf_token]")
        given = {"csrf_token": token["value"] if token else "", **data}
        answer = self.client.post(path, data=given, follow_redirects=True, content_type="multipart/form-data")
        return self._read(answer, status)

    def fills_in(self, button: str, *, status: int = 200, **typed: object) -> Page:
        """Fill in the form that has this button and press it."""
        form = self.page.form(button)
        values = {**form_values(form), **{name: value for name, value in typed.items() if value is not None}}
        for name, value in typed.items():
            if value is None:
                values.pop(name, None)
        pressed = [one for one in form.select("button") if button in one.get_text()]
        assert pressed, f"no button “{button}” on “{self.page.heading}”"
        if pressed[0].get("name"):
            values[pressed[0]["name"]] = pressed[0].get("value", "")
        path = pressed[0].get("formaction") or form.get("action") or self.page.response.request.path
        if (form.get("method") or "get").lower() == "get":
            return self._read(self.client.get(path, query_string=values, follow_redirects=True), status)
        answer = self.client.post(path, data=values, follow_redirects=True, content_type="multipart/form-data")
        return self._read(answer, status)

    def follows(self, words: str) -> Page:
        """Click the first link with these words."""
        links = [link for link in self.page.soup.select("a[href]") if words in link.get_text()]
        assert links, f"no link “{words}” on “{self.page.heading}”"
        return self.opens(links[0]["href"])

    def signs_in(self, name: str) -> "Desk":
        self.opens("/staff/sign-in")
        self.fills_in("登录", sign_in_name=name, password=PASSWORD)
        assert self.page.heading != "工作人员登录", self.page.words
        return self

    def _read(self, response: TestResponse, status: int) -> Page:
        self.page = Page(response, BeautifulSoup(response.data, "html.parser"))
        assert response.status_code == status, f"{response.status_code}: {self.page.words[:400]}"
        if response.mimetype == "text/html":
            self.proof_reads()
        return self.page

    def proof_reads(self) -> None:
        """Hold the rules of every page: language, one heading, tied errors, no foreign hosts."""
        soup, page = self.page.soup, self.page
        assert soup.html["lang"] == "zh-CN"
        assert len(soup.select("h1")) == 1, page.heading
        assert page.heading in soup.title.get_text()
        assert soup.select_one("a.skip")["href"] == "#main"
        assert "None" not in page.words.split(), page.words
        assert "{{" not in page.words or "7*7" in page.words
        for one in soup.select("[src], link[href]"):
            assert not (one.get("src") or one.get("href")).startswith(("http", "//")), one
        for one in soup.select("[aria-describedby]"):
            for name in one["aria-describedby"].split():
                assert soup.find(id=name), f"{name} is described nowhere on {page.heading}"
        names = [one["id"] for one in soup.select("[id]")]
        assert len(names) == len(set(names)), f"an id twice on {page.heading}"
        for one in soup.select("input:not([type=hidden]), textarea, select"):
            labelled = soup.select_one(f"label[for='{one.get('id')}']") or one.get("aria-label")
            assert labelled, f"{one} has no label on {page.heading}"
        assert not ID_NUMBER.search(response_path(page)), response_path(page)
        if soup.select(".error"):
            assert soup.title.get_text().startswith("错误："), page.heading


def response_path(page: Page) -> str:
    return (
        page.response.request.full_path if hasattr(page.response.request, "full_path") else page.response.request.path
    )
