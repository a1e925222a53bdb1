"""An applicant at the pages of filing: what he would type, and how he comes to each page."""

import io

from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from caseapp.db import db
from caseapp.models import Case
from tests.desk import Desk, Page

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
KIND = {"kind": "person", "representation": "self", "agent_name": ""}
PERSON = {"name": "申请人某", "identity_kind": "passport", "identity_number": "E00000000", "phone": "0431-00000000"}
ORGANISATION = {
    "name": "某某示范有限公司",
    "credit_code": "91350100M000100Y43",
    "representative": "负责人甲",
    "contact_person": "联系人乙",
    "phone": "0431-00000000",
}
INFORMATION = {"title": "竣工验收备案表", "document_no": "示建备2026-3", "description": "申请公开3号楼备案表。"}
DELIVERY = {"medium": "paper", "way": "post", "address": "示范区示范街1号"}
STEPS = ("kind", "applicant", "information", "delivery")


class FilingDesk(Desk):
    """A desk that notes every address it has been at."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.addresses: list[str] = []
        self.given = {"kind": KIND, "applicant": PERSON, "information": INFORMATION, "delivery": DELIVERY}

    def for_an_organisation(self) -> "FilingDesk":
        self.given = self.given | {"kind": KIND | {"kind": "business"}, "applicant": ORGANISATION}
        return self

    def comes_to(self, step: str) -> "FilingDesk":
        """Fill in the pages before `step` ("check" comes last) and stand there."""
        self.opens("/apply/kind")
        for earlier in STEPS:
            if earlier == step:
                break
            self.fills_in("下一步", **self.given[earlier])
        assert self.page.response.request.path == f"/apply/{step}"
        return self

    def goes_on(self, step: str, **typed: object) -> Page:
        """Send the page of this step, right but for what is typed here."""
        return self.fills_in("下一步", **self.given[step] | typed)

    def uploads(self, content: bytes, name: str = "现场照片.png", **typed: object) -> Page:
        return self.uploads_with(200, content, name, self.given["information"] | typed)

    def uploads_with(self, status: int, content: bytes, name: str, typed: dict[str, object]) -> Page:
        """Press the upload button; the body is made here, since the test client leaves files of large ones open."""
        fields = self.page.fields("上传这个文件") | typed | {"file": FileStorage(io.BytesIO(content), name)}
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.client.post("/apply/attachments", data=body, content_type=kind, follow_redirects=True)
        return self._read(answer, status)

    def files(self) -> str:
        """File the request from the first page on and return its number."""
        self.comes_to("check").fills_in("提交申请")
        return self.number

    @property
    def number(self) -> str:
        return self.page.soup.select("dd.code")[0].get_text(strip=True)

    @property
    def code(self) -> str:
        return self.page.soup.select_one("dd span.code").get_text(strip=True)

    def error_at(self, name: str) -> str:
        """Return the words at the field; they must be tied to it, and the summary must lead to it."""
        field = self.page.soup.select_one(f"main [name={name}]")
        owner = field.find_parent("fieldset") or field
        assert owner["aria-invalid"] == "true", f"{name} is not marked"
        tied = [self.page.soup.find(id=one) for one in owner["aria-describedby"].split() if "-error-" in one]
        targets = [link["href"].removeprefix("#") for link in self.page.soup.select(".error-summary a")]
        assert field["id"] in targets
        return "".join(one.get_text(strip=True).removeprefix("错误：") for one in tied)

    @property
    def errors(self) -> list[str]:
        return [one.get_text(strip=True) for one in self.page.soup.select(".error-summary li")]

    def _read(self, response, status):
        self.addresses += [one.request.url for one in (*response.history, response)]
        self.addresses += [one.headers.get("Location", "") for one in response.history]
        return super()._read(response, status)


def how_many_cases(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Case))


def case_in(app, number: str) -> Case:
    """Return the case as the database has it now."""
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        db.session.expunge(case)
        return case
