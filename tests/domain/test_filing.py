"""The text of a request: what it may hold, what it should better not hold, and the ways of delivery."""

import pytest

from caseapp.domain import filing
from caseapp.domain.filing import ApplicantKind, DeliveryWay, HintCode, Medium


def cleaned(text):
    return filing.clean_text(text, field="description", label="您需要什么政府信息")


@pytest.mark.rule("R1")
def test_the_six_kinds_of_applicant_are_those_of_the_annual_report():
    assert [kind.label for kind in ApplicantKind] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert [kind for kind in ApplicantKind if not kind.is_organisation] == [ApplicantKind.PERSON]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行", id="line ends"),
        pytest.param("  \n 正文 \t\n", "正文", id="blanks around"),
        pytest.param("𠮷林 㛃 👨‍👩‍👧 〔2026〕3号", "𠮷林 㛃 👨‍👩‍👧 〔2026〕3号", id="rare characters and emoji"),
        pytest.param("　\u200b\u3000\ufeff", "", id="nothing to see"),
        pytest.param("甲\u2028乙", "甲\n乙", id="line separator"),
        pytest.param("", "", id="empty"),
    ],
)
def test_text_is_kept_as_written_but_for_line_ends_and_blanks(written, kept):
    assert cleaned(written) == kept


@pytest.mark.parametrize(
    "sign", ["\x00", "\x01", "\x0b", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\ufffe", "\uffff"]
)
def test_a_control_character_is_refused_with_its_place(sign):
    with pytest.raises(filing.CharacterRefused, match="“您需要什么政府信息”第 3 个字是看不见的控制字符") as refusal:
        cleaned(f"申请{sign}公开")
    assert refusal.value.field == "description"


def test_a_line_stays_one_line():
    assert filing.clean_line("某某\r\n\t区", field="name", label="名称") == "某某 区"


def test_a_text_may_be_as_long_as_its_limit_and_no_longer():
    filing.check_length("字" * 200, field="title")
    with pytest.raises(filing.TextTooLong, match="请控制在 200 字以内，现在是 201 字。") as refusal:
        filing.check_length("𠮷" * 201, field="title")
    assert refusal.value.field == "title"


def test_a_field_without_a_limit_of_its_own_holds_two_hundred_characters():
    with pytest.raises(filing.TextTooLong, match="请控制在 200 字以内"):
        filing.check_length("字" * 201, field="something_else")


@pytest.mark.rule("R2")
def test_post_needs_an_address():
    with pytest.raises(filing.AddressMissing, match="您选择了邮寄，请填写通信地址。") as refusal:
        filing.check_delivery(medium=Medium.PAPER, way=DeliveryWay.POST, address="")
    assert refusal.value.field == "address"


def test_paper_cannot_be_fetched_online():
    with pytest.raises(filing.PaperNotOnline) as refusal:
        filing.check_delivery(medium=Medium.PAPER, way=DeliveryWay.ONLINE, address="")
    assert refusal.value.field == "way"


@pytest.mark.parametrize(
    ("medium", "way", "address"),
    [
        (Medium.ELECTRONIC, DeliveryWay.ONLINE, ""),
        (Medium.EITHER, DeliveryWay.ONLINE, ""),
        (Medium.PAPER, DeliveryWay.IN_PERSON, ""),
        (Medium.ELECTRONIC, DeliveryWay.POST, "某某区示范路 1 号"),
    ],
)
def test_every_other_way_is_open(medium, way, address):
    filing.check_delivery(medium=medium, way=way, address=address)


@pytest.mark.parametrize(
    ("description", "codes"),
    [
        pytest.param("请公开示范路 1 号地块的出让合同。", [], id="one item"),
        pytest.param("申请：1.立项批复；2.用地许可。", [HintCode.SEVERAL_ITEMS], id="numbered items"),
        pytest.param("（一）立项批复\n（二）用地许可", [HintCode.SEVERAL_ITEMS], id="items in brackets"),
        pytest.param("请公开立项批复、施工许可和验收报告。", [HintCode.SEVERAL_ITEMS], id="three records in a row"),
        pytest.param("我要举报，没人管。", [HintCode.PETITION], id="complaint"),
        pytest.param("请公开政府采购投诉处理决定书。", [], id="a record about complaints"),
        pytest.param("我的手机是13800000000。", [HintCode.PERSONAL_DATA], id="mobile number"),
        pytest.param("本人 11010519491231002X，查批复。", [HintCode.PERSONAL_DATA], id="resident number"),
        pytest.param("采购编号 2026138000000001234", [], id="a long project number"),
    ],
)
def test_a_request_gets_the_advice_that_fits_it(description, codes):
    assert [hint.code for hint in filing.hints("", description)] == codes


def test_the_title_is_read_for_personal_data_too():
    assert [hint.code for hint in filing.hints("联系 13800000000", "请公开批复。")] == [HintCode.PERSONAL_DATA]
