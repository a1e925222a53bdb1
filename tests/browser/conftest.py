"""A served demonstration office and a real Chromium; whoever lacks the browser is told, never spared."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress import create_server

from caseapp import clock
from caseapp.app import create_app
from caseapp.cli import server_options
from caseapp.db import db, transaction
from caseapp.services import demonstration
from tests.conftest import settings_for

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
WIDE, NARROW, ZOOMED = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 640, "height": 450}
OFFICE = {
    "host_unit": "示范区政务服务和数据管理局",
    "address": "示范市示范区示范大街1号政务服务中心二楼依申请公开窗口",
    "phone": "0431-00000000",
    "site_code": "0000000000",
}
addresses = count(1)


@dataclass(frozen=True)
class Served:
    """The office as a browser reaches it: the app behind it and its address."""

    app: Flask
    url: str


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration office on a free port of this machine; each visitor names his address, as a proxy would."""
    settings = settings_for(tmp_path_factory.mktemp("office"))
    settings = replace(settings, proxies=1, office=replace(settings.office, **OFFICE))
    app = create_app(settings, cheap_passwords=True)
    with app.app_context():
        upgrade()
        demonstration.load(clock.now(), transaction=transaction)
        db.session.remove()
    server = create_server(app, host="127.0.0.1", port=0, **server_options(proxies=settings.proxies))
    threading.Thread(target=server.run, daemon=True).start()
    yield Served(app, f"http://127.0.0.1:{server.effective_port}")
    server.close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without it the tests fail and say what is missing."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("No “chromium” on the PATH: install it (Debian: apt-get install chromium). These tests never skip.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One browser window with its own cookies; `complaints` are the console's errors and requests to other hosts."""

    page: Page
    context: BrowserContext
    url: str
    complaints: list[str]

    def opens(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def holds(self, **cookies: str) -> None:
        """Put cookies into the browser."""
        self.context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])

    def presses(self, words: str) -> Page:
        """Press the first button with these words and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator("main button", has_text=words).filter(visible=True).first.click()
        return self.page

    def signs_in(self, name: str) -> "Visitor":
        self.opens("/staff/sign-in")
        self.page.get_by_label("账号").fill(name)
        self.page.get_by_label("密码").fill(demonstration.PASSWORD)
        self.presses("登录")
        assert "退出登录" in self.page.content(), self.page.locator("main").inner_text()
        return self


@pytest.fixture
def visits(served: Served, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens windows: `visits(java_script_enabled=False)` and whatever else a browser context takes."""
    opened: list[BrowserContext] = []

    def visit(**options: object) -> Visitor:
        number = next(addresses)
        headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
        settings = {"viewport": WIDE, "locale": "zh-CN", "extra_http_headers": headers, **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        opened.append(context)
        visitor = Visitor(context.new_page(), context, served.url, [])
        _listen(visitor)
        return visitor

    yield visit
    for context in opened:
        context.close()


def _listen(visitor: Visitor) -> None:
    def note(words: str) -> None:
        visitor.complaints.append(f"{visitor.page.url}: {words}")

    def hear(message: object) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:  # type: ignore[attr-defined]
            note(message.text)  # type: ignore[attr-defined]

    visitor.page.on("console", hear)
    visitor.page.on("pageerror", lambda error: note(str(error)))
    visitor.page.on("request", lambda request: None if _own(request.url, visitor) else note(f"asked {request.url}"))


def _own(url: str, visitor: Visitor) -> bool:
    return url.startswith((visitor.url, "data:", "about:", "blob:"))


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where a picture of every page is put, wide and narrow, when CASEAPP_TEST_PICTURES names a folder."""
    named = os.environ.get("CASEAPP_TEST_PICTURES")
    if named:
        Path(named).mkdir(parents=True, exist_ok=True)
    return Path(named) if named else None
