"""The receipt is one sheet of paper; the first visit is light."""

import re

import pytest

from tests.browser.conftest import Visitor
from tests.browser.places import Request, typed

KB = 1000
LONG = "申请公开示范花园三号楼的竣工验收备案表。" * 150
LINES = "申请公开备案表。\n" * 330
LARGEST = Request(
    kind="business",
    name="某" * 100,
    title="题" * 200,
    description=LONG,
    files=5,
    file_name="件" * 99,
    way="post",
    filed=True,
)


@pytest.mark.parametrize(
    "request_of",
    [
        pytest.param(Request(filed=True), id="short"),
        pytest.param(Request(description=LONG, files=5, way="post", filed=True), id="3,000 characters and 5 files"),
        pytest.param(Request(description=LINES, files=5, way="post", filed=True), id="330 lines and 5 files"),
        pytest.param(LARGEST, id="everything as long as it may be"),
    ],
)
@pytest.mark.parametrize("elder", ["0", "1"])
def test_the_receipt_is_one_sheet_of_a4(request_of, elder, served, visits, pictures):
    visitor = visits()
    visitor.holds(filing=typed(served.app, request_of), elder=elder)
    page = visitor.opens("/apply/receipt")
    page.locator("summary").click()
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    if pictures:
        (pictures / f"receipt-{len(request_of.description)}-{request_of.kind}-{elder}.pdf").write_bytes(sheet)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1


@pytest.mark.parametrize("description", [LONG, "第一行。\n" * 20])
def test_a_long_description_on_paper_says_that_it_goes_on(description, served, visits):
    visitor = visits()
    visitor.holds(filing=typed(served.app, Request(description=description, filed=True)))
    page = visitor.opens("/apply/receipt")
    page.emulate_media(media="print")
    assert page.get_by_text("内容较长，纸上只印开头；全文可凭申请编号和查询码查看。").is_visible()


def weight_of(visitor: Visitor, path: str) -> int:
    """Return the bytes that came over the wire on a first visit."""
    wire = visitor.context.new_cdp_session(visitor.page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    visitor.opens(path)
    visitor.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    return int(sum(sizes))


def test_the_first_visit_of_an_applicant_is_light(visits):
    weight = weight_of(visits(), "/")
    print(f"public home: {weight / KB:.1f} kB")
    assert weight <= 60 * KB


def test_the_first_page_of_the_staff_is_light(visits):
    weight = weight_of(visits().signs_in("officer"), "/cases/")
    print(f"worklist: {weight / KB:.1f} kB")
    assert weight <= 120 * KB
