"""The forms of filing and following, without the pages around them: words at the field, nothing typed lost."""

from datetime import UTC, datetime

import pytest
from flask import Flask, current_app
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import AddressMissing, ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind
from caseapp.web.kit.forms import SEND_AGAIN, BaseForm, Problem
from caseapp.web.public import forms

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PERSON = {
    "name": " 申请人甲 ",
    "identity_kind": "resident_id",
    "identity_number": "11010519491231002x",
    "phone": "138 0000 0000",
}
ORGANISATION = {
    "name": "某某示范有限公司",
    "credit_code": "91350100m000100y43",
    "representative": "负责人甲",
    "contact_person": "联系人乙",
    "phone": "0431-00000000",
}


@pytest.fixture(autouse=True)
def _request():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="for tests only", WTF_CSRF_ENABLED=False)
    with app.test_request_context(), clock.stopped_at(NOW):
        yield


def posted(form, **answers):
    sent = form(formdata=MultiDict(answers))
    sent.validate()
    return sent


def test_a_person_is_taken_clean_and_complete():
    form = posted(forms.PersonForm, **PERSON)

    assert form.problems == []
    assert form.answers == {
        "name": "申请人甲",
        "identity_kind": IdentityKind.RESIDENT_ID,
        "identity_number": "11010519491231002X",
        "phone": "13800000000",
    }


@pytest.mark.rule("R2")
@pytest.mark.rule("R3")
def test_a_person_is_asked_for_nothing_but_what_article_29_names():
    assert list(forms.PersonForm().answers) == ["name", "identity_kind", "identity_number", "phone"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "请填写姓名。"),
        ("name", " \u200b ", "请填写姓名。"),
        ("name", "申\x00请", "“姓名”第 2 个字是看不见的控制字符，请删除后再提交。"),
        ("name", "甲" * 101, "请控制在 100 字以内，现在是 101 字。"),
        ("identity_kind", "licence", "请从列出的选项中选择一项。"),
        ("identity_number", "", "请填写证件号码。"),
        ("identity_number", "110105", "居民身份证号码应为 18 位。"),
        ("identity_number", "110105194912310021", "请核对居民身份证号码，最后一位与前 17 位不匹配。"),
        ("phone", "", "请填写联系电话，例如手机号或带区号的座机。"),
        ("phone", "12", "请核对联系电话，手机号为 11 位，座机请写上区号。"),
    ],
)
def test_a_wrong_answer_of_a_person_is_told_at_its_field(field, typed, words):
    form = posted(forms.PersonForm, **PERSON | {field: typed})

    assert form.problems == [Problem(field, words)]
    if field != "identity_kind":
        assert form[field].data.strip() == typed.strip(" \u200b")


def test_a_passport_is_not_judged_as_a_resident_number():
    assert (
        posted(forms.PersonForm, **PERSON | {"identity_kind": "passport", "identity_number": "e00000000"}).problems
        == []
    )


def test_an_organisation_is_taken_clean_and_complete():
    form = posted(forms.OrganisationForm, **ORGANISATION)

    assert form.problems == []
    assert form.answers == ORGANISATION | {"credit_code": "91350100M000100Y43"}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "请填写名称。"),
        ("credit_code", "", "请填写统一社会信用代码。"),
        ("credit_code", "123", "统一社会信用代码应为 18 位数字或大写字母。"),
        ("representative", "", "请填写法定代表人（负责人）姓名。"),
        ("contact_person", "", "请填写联系人姓名。"),
        ("phone", "", "请填写联系电话，例如手机号或带区号的座机。"),
    ],
)
def test_a_wrong_answer_of_an_organisation_is_told_at_its_field(field, typed, words):
    assert posted(forms.OrganisationForm, **ORGANISATION | {field: typed}).problems == [Problem(field, words)]


@pytest.mark.rule("R1")
def test_the_kind_of_applicant_must_be_chosen():
    assert posted(forms.ApplicantKindForm).problems == [Problem("kind-0", "请选择申请人类型。")]


def test_an_agent_gives_his_name():
    form = posted(forms.ApplicantKindForm, kind="person", representation="agent")
    assert form.problems == [Problem("agent_name", "请填写代理人姓名。")]

    form = posted(forms.ApplicantKindForm, kind="person", representation="agent", agent_name="代理人丙")
    assert form.answers == {"kind": ApplicantKind.PERSON, "case_kind": "disclosure", "agent_name": "代理人丙"}


def test_the_name_of_an_agent_is_dropped_when_the_applicant_files_himself():
    form = posted(forms.ApplicantKindForm, kind="legal", representation="self", agent_name="代理人丙")
    assert form.answers == {"kind": ApplicantKind.LEGAL, "case_kind": "disclosure", "agent_name": ""}


@pytest.mark.rule("R3")
def test_only_the_description_of_the_information_is_required():
    assert posted(forms.InformationForm).problems == [Problem("description", "请描述您需要的政府信息。")]

    form = posted(forms.InformationForm, description="第一行\r\n𠮷")
    assert form.answers == {"title": "", "document_no": "", "description": "第一行\n𠮷"}


def test_post_without_an_address_is_told_at_the_address():
    form = posted(forms.DeliveryForm, medium="paper", way="post", address=" ")
    assert form.problems == [Problem("address", "您选择了邮寄，请填写通信地址。")]


def test_an_address_is_not_kept_without_need():
    form = posted(forms.DeliveryForm, medium="electronic", way="online", address="某某区示范路 1 号")
    needed = {"address": "", "email": "", "email_consent": False}
    assert form.answers == {"medium": Medium.ELECTRONIC, "way": DeliveryWay.ONLINE, **needed}


def test_a_forged_way_of_delivery_is_refused():
    assert posted(forms.DeliveryForm, medium="paper", way="pigeon").problems == [
        Problem("way-0", "请从列出的选项中选择一项。")
    ]


@pytest.mark.parametrize("number", ["2026-0119", "２０２６-０１１９", " 2026-0119 "])
def test_number_and_code_are_read_as_printed_on_the_receipt(number):
    form = posted(forms.TrackForm, number=number, code="k7mw xq2rta")
    assert form.answers == {"number": "2026-0119", "code": "K7MWXQ2RTA"}


def test_tracking_asks_for_number_and_code():
    assert posted(forms.TrackForm).problems == [
        Problem("number", "请填写申请编号。"),
        Problem("code", "请填写查询码。"),
    ]


def test_an_upload_without_a_file_is_told_at_the_field():
    assert posted(forms.UploadForm).problems == [Problem("file", "请选择要上传的文件。")]


def test_a_machine_that_fills_the_hidden_field_is_stopped_with_words():
    form = posted(forms.SubmitForm, filing_key="abcdefgh", homepage="http://example.com")
    assert form.problems == [Problem("homepage", "请将“请勿填写此栏”留空后再提交。")]


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "abcdefgh\x00", "abc defgh"])
def test_a_forged_filing_key_is_refused_for_the_whole_form(key):
    assert posted(forms.SubmitForm, filing_key=key).problems == [Problem("", "请从“核对并提交”页重新提交。")]


def test_answers_hold_neither_token_nor_honeypot():
    assert posted(forms.SubmitForm, filing_key="abcdefgh").answers == {"filing_key": "abcdefgh"}


def test_a_refusal_of_the_domain_stands_at_its_field_or_on_top():
    form = posted(forms.DeliveryForm, medium="paper", way="in_person")
    form.show(AddressMissing())
    form.show(DomainError())

    assert form.problems == [Problem("", "无法办理。"), Problem("address", "您选择了邮寄，请填写通信地址。")]


def test_a_lost_token_asks_to_send_again_and_keeps_what_was_typed():
    current_app.config["WTF_CSRF_ENABLED"] = True
    form = posted(forms.InformationForm, description="请公开批复。")

    assert form.problems == [Problem("", SEND_AGAIN)]
    assert form.description.data == "请公开批复。"


class NumbersForm(BaseForm):
    days = IntegerField("天数")
    on = DateField("日期")


def test_the_words_of_the_library_are_chinese_instructions():
    assert posted(NumbersForm, days="x", on="23.11.2026").problems == [
        Problem("days", "请填写整数，例如 10。"),
        Problem("on", "请按 2026-11-23 的样子填写日期。"),
    ]
