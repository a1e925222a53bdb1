"""Routing by what is asked for: one fact each, on a small table written out here."""

from copy import deepcopy

import pytest

from caseapp.domain.routing import OUTSIDE, TRIAGE, Asked, RoutingTable, TableBroken, suggest


def term(word, kind, department="", weight=0, field=""):
    row = {"term": word, "kind": kind, "department_code": department, "field_code": field}
    return {**row, "weight": weight, "active": True}


def number_pattern(pattern):
    row = {"pattern": pattern, "meaning": "编号", "department_code": "guizi", "field_code": "land"}
    return {**row, "weight": 6, "active": True}


PLAN = {
    "organ": "某区管理委员会",
    "departments": [
        {"code": code, "name": name, "short_name": name, "phone": "", "letter_prefix": f"×{name}公开"}
        for code, name in [
            ("zhujian", "住建局"),
            ("guizi", "规自分局"),
            ("fagai", "发改局"),
            ("nongye", "农业农村局"),
            ("jiaowei", "教育卫生局"),
        ]
    ],
    "fields": [
        {"code": "land", "name": "国有土地使用权和矿业权出让", "departments": ["guizi"]},
        {"code": "construction", "name": "工程建设项目招标投标", "departments": ["fagai", "zhujian", "nongye"]},
        {"code": "other", "name": "其他", "departments": []},
    ],
    "terms": [
        term("请公开", "opens_ask"),
        term("给看看", "closes_ask"),
        term("不问", "sets_aside"),
        term("谁", "wonders"),
        term("受理回执", "handling"),
        term("国有土地使用权出让", "object", "guizi", 7, "land"),
        term("土地", "matter", "guizi", 3, "land"),
        term("土地增值税", "object", OUTSIDE, 8, "other"),
        term("施工许可", "object", "zhujian", 6, "construction"),
        term("中标通知书", "works", "zhujian", 4, "construction"),
        term("高标准农田", "works_topic", "nongye", 6, "other"),
        term("立项批复", "object", "fagai", 7, "construction"),
        term("发改局", "holder", "fagai", 3),
        term("学校", "matter", "jiaowei", 5, "other"),
        term("教学", "matter", "jiaowei", 5, "other"),
        term("候选人公示", "object", "zhujian", 6, "construction"),
        term("全部材料", "vague", TRIAGE, 5),
    ],
    "number_patterns": [
        {
            "pattern": r"^DJ-\d{4}-\d+$",
            "meaning": "地块公告编号",
            "department_code": "guizi",
            "field_code": "land",
            "weight": 6,
            "active": True,
        }
    ],
    "outside_organs": [{"name": "税务机关", "words": ["税"], "contact": ""}],
    "spellings": [{"written": "侯选", "meant": "候选"}],
}


@pytest.fixture(scope="module")
def table():
    return RoutingTable.from_data(PLAN)


@pytest.fixture
def suggested(table):
    def _suggested(description="", *, title="", document_no=""):
        return suggest(Asked(title=title, document_no=document_no, description=description), table)

    return _suggested


def test_the_reason_names_the_words_the_field_and_the_department(suggested):
    assert suggested("请公开国有土地使用权出让的公告。").reason == (
        "描述中的“国有土地使用权出让”属于国有土地使用权和矿业权出让领域，由规自分局负责。"
    )


def test_one_clear_department_needs_no_window_clerk(suggested):
    suggestion = suggested("请公开施工许可。")
    assert (suggestion.department, suggestion.field, suggestion.clear) == ("zhujian", "construction", True)


def test_two_departments_close_together_wait_for_the_window_clerk(suggested):
    suggestion = suggested("请公开施工许可、立项批复。")
    assert not suggestion.clear
    assert [candidate.department for candidate in suggestion.candidates] == ["fagai", "zhujian"]
    assert suggestion.reason.endswith("也可能由住建局负责，请窗口人员核对。")


def test_the_record_asked_for_decides_not_the_building(suggested):
    assert suggested("请公开学校的立项批复。").department == "fagai"


def test_a_story_weighs_less_than_the_ask(suggested):
    assert suggested("学校门口天天堵，教学也受影响。请公开施工许可。").department == "zhujian"


def test_what_is_set_aside_hardly_counts(suggested):
    suggestion = suggested("请公开施工许可，教学的事我不问。")
    assert [candidate.department for candidate in suggestion.candidates] == ["zhujian"]


def test_a_closing_cue_makes_what_stands_before_it_the_ask(suggested):
    suggestion = suggested("学校要扩建，立项批复在哪，给看看。")
    assert suggestion.department == "fagai"


def test_papers_of_works_follow_the_topic_of_the_works(suggested):
    assert suggested("请公开中标通知书。").department == "zhujian"
    assert suggested("请公开高标准农田的中标通知书。").department == "nongye"


def test_papers_of_a_complaint_lie_with_the_organ_that_took_it(suggested):
    suggestion = suggested("我去年向发改局递交了材料。请公开受理回执。")
    assert suggestion.department == "fagai"


def test_a_longer_word_hides_the_shorter_one_inside_it(suggested):
    suggestion = suggested("请公开土地增值税清算情况。")
    assert [candidate.department for candidate in suggestion.candidates] == [OUTSIDE]


def test_a_case_for_an_organ_outside_names_that_organ(suggested):
    suggestion = suggested("请公开土地增值税清算情况。")
    assert (suggestion.department, suggestion.organ) == (OUTSIDE, "税务机关")
    assert suggestion.reason == "描述中的“土地增值税”属于税务机关的职责，不属于本机关。"


def test_a_number_of_a_known_form_decides_alone(suggested):
    suggestion = suggested("请给一份。", document_no="DJ-2022-03")
    assert suggestion.department == "guizi"
    assert suggestion.reason.startswith("文号中的“DJ-2022-03”属于")


def test_a_usual_misspelling_is_understood_and_quoted_as_written(suggested):
    assert "“侯选人公示”" in suggested("请公开侯选人公示。").reason


@pytest.mark.parametrize("description", ["", "   ", "？！", "请公开。", "今天天气很好", "a" * 5000, "\ud800𠮷"])
def test_where_nothing_is_known_the_window_clerk_decides(suggested, description):
    suggestion = suggested(description)
    assert (suggestion.department, suggestion.candidates, suggestion.clear) == (TRIAGE, (), False)


def test_vague_words_that_outweigh_everything_go_to_the_window_clerk(suggested):
    suggestion = suggested("请公开土地的全部材料。")
    assert suggestion.department == TRIAGE
    assert [candidate.department for candidate in suggestion.candidates] == ["guizi"]


def test_an_inactive_word_does_not_count():
    plan = deepcopy(PLAN)
    for row in plan["terms"]:
        row["active"] = row["term"] != "施工许可"
    asked = Asked(description="请公开施工许可。")
    assert suggest(asked, RoutingTable.from_data(plan)).department == TRIAGE


@pytest.mark.parametrize(
    ("part", "row", "words"),
    [
        pytest.param("terms", {"term": "许可"}, "terms 第 18 条 不能使用：缺少 kind", id="a column is missing"),
        pytest.param("terms", term("", "object", "zhujian", 3), "term 须填写文字", id="no word"),
        pytest.param("terms", term("许可", "object", "", 3), "没有写部门", id="no department"),
        pytest.param("terms", term("不问", "sets_aside", "zhujian"), "这一类词不写部门", id="a cue with a department"),
        pytest.param("terms", term("许可", "object", "sky", 3), "没有代码为“sky”的部门", id="unknown department"),
        pytest.param("terms", term("许可", "object", "zhujian", 3, "sky"), "没有代码为“sky”的领域", id="unknown field"),
        pytest.param("terms", term("许可", "object", "zhujian", 21), "weight 须为 0 至 20 的数", id="too heavy"),
        pytest.param("terms", term("许可", "guess", "zhujian", 3), "guess", id="unknown kind"),
        pytest.param(
            "number_patterns",
            number_pattern("("),
            "number_patterns 第 2 条",
            id="a pattern that cannot be read",
        ),
        pytest.param(
            "number_patterns",
            number_pattern("x*"),
            "空白文号也会符合",
            id="a pattern that fits everything",
        ),
        pytest.param("spellings", {"written": "侯选", "meant": "候选人"}, "字数须相同", id="text moved"),
    ],
)
def test_a_bad_entry_is_refused_by_name(part, row, words):
    plan = deepcopy(PLAN)
    plan[part].append(row)
    with pytest.raises(TableBroken) as refusal:
        RoutingTable.from_data(plan)
    assert words in str(refusal.value)
