"""What was answered, as the check page and the receipt show it: identity masked, each section with its way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from caseapp.domain.correction import CaseKind
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind, masked_id

Row = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """Answers of one page of the filing: `rows` of (label, value), `url` of the page where they are changed."""

    heading: str
    url: str
    rows: Sequence[Row]


def sections(
    *,
    kind: Mapping[str, Any],
    applicant: Mapping[str, Any],
    information: Mapping[str, Any],
    delivery: Mapping[str, Any],
    file_names: Sequence[str],
) -> list[Section]:
    """Return the answers of the four forms, given as their `answers`, for reading."""
    return [
        Section("申请人类型", url_for("public.apply_kind"), kind_rows(kind)),
        Section("申请人信息", url_for("public.apply_applicant"), applicant_rows(applicant)),
        Section("所需信息", url_for("public.apply_information"), information_rows(information, file_names)),
        Section("获取方式", url_for("public.apply_delivery"), delivery_rows(delivery)),
    ]


def kind_rows(kind: Mapping[str, Any]) -> list[Row]:
    rows = [("申请人类型", ApplicantKind(kind["kind"]).label)]
    if kind.get("case_kind") == CaseKind.CORRECTION:
        rows.insert(0, ("申请事项", CaseKind.CORRECTION.label))
    if kind.get("agent_name"):
        rows.append(("代理人", kind["agent_name"]))
    return rows


def applicant_rows(applicant: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a person or an organisation; the number of the document is masked."""
    if "credit_code" in applicant:
        return [
            ("名称", applicant["name"]),
            ("统一社会信用代码", applicant["credit_code"]),
            ("法定代表人（负责人）", applicant["representative"]),
            ("联系人", applicant["contact_person"]),
            ("联系电话", applicant["phone"]),
        ]
    return [
        ("姓名", applicant["name"]),
        ("身份证件", IdentityKind(applicant["identity_kind"]).label),
        ("证件号码", masked_id(applicant["identity_number"])),
        ("联系电话", applicant["phone"]),
    ]


def information_rows(information: Mapping[str, Any], file_names: Sequence[str]) -> list[Row]:
    return [
        ("信息名称", information.get("title") or ""),
        ("文号", information.get("document_no") or ""),
        ("所需信息", information["description"]),
        ("附件", "\n".join(file_names) or "无"),
    ]


def delivery_rows(delivery: Mapping[str, Any]) -> list[Row]:
    rows = [("形式", Medium(delivery["medium"]).label), ("获取方式", DeliveryWay(delivery["way"]).label)]
    if delivery.get("address"):
        rows.append(("通信地址", delivery["address"]))
    if delivery.get("email"):
        rows.append(("电子邮箱", f"{delivery['email']}（同意用电子邮件送达）"))
    return rows
