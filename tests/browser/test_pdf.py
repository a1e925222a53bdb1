"""An issued letter becomes a PDF by the LibreOffice of this machine; whoever lacks it is told, never spared."""

import shutil
from dataclasses import replace

import pytest

from caseapp import clock
from caseapp.gateways import pdf
from tests.pages.staff_desk import StaffDesk


@pytest.fixture
def soffice() -> str:
    found = pdf.converter("soffice")
    if found is None:
        pytest.fail("LibreOffice is needed: apt-get install --no-install-recommends libreoffice-writer-nogui")
    assert shutil.which("soffice") == found
    return found


def test_the_officer_opens_an_issued_letter_as_pdf(served, soffice, monkeypatch):
    installation = served.app.extensions["caseapp"]
    with_office = replace(installation, settings=replace(installation.settings, soffice=soffice))
    monkeypatch.setitem(served.app.extensions, "caseapp", with_office)
    desk = StaffDesk(served.app, "auditor", at=clock.now())
    for case_id in range(1, 40):
        desk.open(f"/cases/{case_id}")
        if desk.status == 200 and (links := desk.page.select("a[href$='/pdf']")):
            break
    else:
        pytest.fail("no case of the demonstration office has a letter")
    answer = desk.client.get(links[0]["href"])
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert answer.data.rstrip().endswith(b"%%EOF")
    assert ".pdf" in answer.headers["Content-Disposition"]
    assert b"/FontFile" in answer.data  # the fonts travel with it
