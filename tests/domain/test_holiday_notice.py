"""The State Council's notices as they were published, wordings in between, and what must be refused (L6, R15)."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.holiday_notice import missing_festivals, read_notice
from caseapp.domain.holiday_year import apply, as_record, plan_of, read_notices
from caseapp.domain.notice_text import NoticeRefused
from tests.golden_files import golden

NOTICES = Path(__file__).parent / "notices"
YEARS = range(2014, 2027)


def notice(name):
    return (NOTICES / f"{name}.txt").read_text("utf-8")


def notices_of(year):
    return [path.read_text("utf-8") for path in sorted(NOTICES.glob(f"{year}*.txt"), key=lambda path: path.stem)]


def short(days):
    return " ".join(day.isoformat() if day.year != 2026 else f"{day:%m-%d}" for day in days)


def arranged(text, *, year=2026, after=()):
    plan = read_notices([*after, text], year=year)
    return short(plan.off), short(plan.work)


def announced_days():
    files = [json.loads(golden(name).read_text("utf-8")) for name in ("cn_calendar_history.json", "cn_calendar.json")]
    return {int(year): days for file in files for year, days in file.items() if year != "_meta"}


@pytest.mark.rule("R15")
@pytest.mark.parametrize("year", YEARS)
def test_the_notices_give_the_days_of_the_year(year):
    plans = [read_notices(notices_of(one), year=one) for one in (year, year + 1) if one in YEARS]
    off = {day.isoformat() for plan in plans for day in plan.off if day.year == year and day.isoweekday() <= 5}
    work = {day.isoformat() for plan in plans for day in plan.work if day.year == year}
    golden_days = announced_days()[year]
    assert (sorted(off), sorted(work)) == (golden_days["off"], golden_days["work"])


@pytest.mark.parametrize("year", YEARS)
def test_every_first_notice_arranges_all_seven_holidays(year):
    assert missing_festivals(read_notice(notice(year), year=year).holidays) == ()


@pytest.mark.parametrize(
    ("text", "off", "work"),
    [
        pytest.param("五、端午节：6月19日放假。", "06-19", "", id="one day"),
        pytest.param("元旦：1月1日（星期四）放假，共1天。", "01-01", "", id="one day with its weekday"),
        pytest.param("元旦：1月1日（周四）放假1天，不调休。", "01-01", "", id="2025: not shifted"),
        pytest.param("劳动节：5月1日放假，与周末连休。", "05-01 05-02 05-03", "", id="with the weekend after"),
        pytest.param("清明节：4月6日放假，与周末连休，共3天。", "04-04 04-05 04-06", "", id="with the weekend before"),
        pytest.param("清明节：4月5日放假，4月6日（星期一）补休。", "04-05 04-06", "", id="made up for"),
        pytest.param(
            "清明节：4月5日放假，4月6日（星期一）补休，与周末连休，共3天。", "04-04 04-05 04-06", "", id="both"
        ),
        pytest.param(
            "元旦：12月31日至1月2日放假调休，共3天。12月27日（星期六）上班。",
            "2025-12-31 01-01 01-02",
            "2025-12-27",
            id="December without its year",
        ),
        pytest.param(
            "元旦：2025年12月31日至2026年1月2日放假调休，共3天。2025年12月28日（星期日）上班。",
            "2025-12-31 01-01 01-02",
            "2025-12-28",
            id="December with its year",
        ),
        pytest.param(
            "春节：1月30日（周五）至2月2日（农历腊月十五、周一）放假调休，共四天。2月7日（周六）、8日（周日）上班。",
            "01-30 01-31 02-01 02-02",
            "02-07 02-08",
            id="over the end of a month",
        ),
        pytest.param(
            "1.元旦:1月1日-3日放假,共三天.2.清明节:4月4日~6日放假三天.",
            "01-01 01-02 01-03 04-04 04-05 04-06",
            "",
            id="western headings and stops",
        ),
        pytest.param(
            "（一）元旦\n1月1日到3日放假调休，1月4日（星期天）补班。", "01-01 01-02 01-03", "01-04", id="no colon"
        ),
        pytest.param(
            "国庆节（含中秋节）：9月25日放假，与周末连休。10月1日、2日放假，共2天。9月20日、10月11日（均为星期日）上班。",
            "09-25 09-26 09-27 10-01 10-02",
            "09-20 10-11",
            id="two holidays, two stretches",
        ),
        pytest.param("五一国际劳动节：自5月1日起放假调休3天。", "05-01 05-02 05-03", "", id="a start and a number"),
        pytest.param(
            "抗战胜利纪念日：9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日上班。",
            "09-03 09-04 09-05",
            "09-06",
            id="an added holiday explained day by day",
        ),
        pytest.param("劳动节：5月1日放假，5月2日、3日为双休日，共3天。", "05-01 05-02 05-03", "", id="weekend named"),
        pytest.param(
            "春节：2月16日至18日放假，高速公路免费通行。鼓励各单位安排职工在2月13日（星期五）休息。2月19日起正常上班。",
            "02-16 02-17 02-18",
            "",
            id="advice and remarks arrange nothing",
        ),
        pytest.param("2026年5月1日至4日放假调休，共4天。", "05-01 05-02 05-03 05-04", "", id="named by its fixed day"),
        pytest.param("元旦：1月1日放假。鼓励职工休假，1月2日（星期五）补休。", "01-01 01-02", "", id="after advice"),
    ],
)
def test_a_wording_gives_its_days(text, off, work):
    assert arranged(text) == (off, work)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("元旦：1月1日至3日放假，共4天。1月4日（星期日）上班。", "元旦：1月1日至3日放假，共4天。"),
        ("元旦：1月1日至3日放假四天。", "元旦：1月1日至3日放假四天。"),
        ("元旦：1月1日放假二三天。", "元旦：1月1日放假二三天。"),
        ("元旦：1月1日（星期五）放假。", "元旦：1月1日（星期五）放假。"),
        ("元旦：1月1日放假。1月4日（周六）上班。", "1月4日（周六）上班。"),
        ("元旦：1月1日（农历冬月十三、周五）放假。", "元旦：1月1日（农历冬月十三、周五）放假。"),
        ("元旦：1月1日放假。鼓励在1月2日（星期六）休息。", "鼓励在1月2日（星期六）休息。"),
        ("元旦：1月1日（四）放假。", "元旦：1月1日（四）放假。"),
        ("元旦：1月3日至1日放假。", "元旦：1月3日至1日放假。"),
        ("春节：2月30日放假。", "春节：2月30日放假。"),
        ("元旦：1月1日放假。1月5日上班。", "1月5日上班。"),
        ("元旦：1月1日至3日放假。1月3日上班。", "1月3日上班。"),
        ("劳动节：5月1日放假，与周末连休。5月3日上班。", "5月3日上班。"),
        ("元旦：1月1日放假，与周末连休。", "元旦：1月1日放假，与周末连休。"),
        ("元旦：1月1日放假。元旦：1月2日放假。", "元旦：1月2日放假。"),
        ("元旦：1月1日放假。春节：1月1日放假。", "春节：1月1日放假。"),
        ("元旦：1月1日放假，1月1日放假。", "元旦：1月1日放假，1月1日放假。"),
        ("元旦：1月1日放假。1月4日、1月4日上班。", "1月4日、1月4日上班。"),
        ("一、元旦：1月1日放假。三、春节：2月17日放假。", "三、春节：2月17日放假。"),
        ("元旦：1月1日放假，共1天。1月4日放假。", "1月4日放假。"),
        ("劳动节：5月1日放假。连休。", "连休。"),
        ("劳动节：5月1日放假，与休。", "劳动节：5月1日放假，与休。"),
        ("元旦：1月1日放假1月4日上班。", "元旦：1月1日放假1月4日上班。"),
        ("元旦：1月1日放半天假。", "元旦：1月1日放半天假。"),
        ("元旦：1月1日至3日放假，周末除外。", "元旦：1月1日至3日放假，周末除外。"),
        ("元旦：1月1日放假。国庆节放假7天。", "国庆节放假7天。"),
        ("元旦：1月1日放假。周日上班。", "周日上班。"),
        ("元旦：1月1日放假。1月4日可能上班。", "1月4日可能上班。"),
        ("元旦：1月1日放假。春节：正月初一放假。", "春节：正月初一放假。"),
        ("元旦：2024年12月31日放假。", "元旦：2024年12月31日放假。"),
        ("6月19日至21日放假。", "6月19日至21日放假。"),
        ("元旦1月1日\n放假调休或不放假。", "元旦1月1日放假调休或不放假。"),
        ("延长春节假期至2月24日。", "延长春节假期至2月24日。"),
        ("关于2025年部分节假日安排的通知\n元旦：1月1日放假。", "关于2025年部分节假日安排的通知"),
        ("2025年部分节假日安排\n元旦：1月1日放假。", "2025年部分节假日"),
        ("各地区要安排好值班工作。", "各地区要安排好值班工作。"),
    ],
)
def test_what_does_not_add_up_is_refused_with_its_sentence(text, sentence):
    with pytest.raises(NoticeRefused) as refusal:
        read_notices([text], year=2026)
    assert f"“{sentence}”" in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("共9天", "共8天"),
        ("10月1日（周四）", "10月1日（周三）"),
        ("　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n", ""),
        ("　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。\n", ""),
        ("9月20日（周日）、10月10日", "9月21日、10月10日"),
        ("五、端午节：", "五、"),
    ],
)
def test_a_real_notice_with_one_slip_is_not_taken_in_part(old, new):
    assert old in notice(2026)
    with pytest.raises(NoticeRefused):
        read_notice(notice(2026).replace(old, new), year=2026)


def test_the_notice_of_another_year_is_refused():
    with pytest.raises(NoticeRefused, match="“关于2026年部分节假日安排的通知”"):
        read_notice(notice(2026), year=2025)


def test_every_day_carries_the_sentence_it_came_from():
    words = read_notice(notice(2024), year=2024).words
    assert words[date(2024, 2, 17)] == "二、春节：2月10日至17日放假调休，共8天。"
    assert words[date(2024, 2, 18)] == "2月4日（星期日）、2月18日（星期日）上班。"
    assert words[date(2023, 12, 30)] == "一、元旦：1月1日放假，与周末连休。"
    assert date(2024, 2, 9) not in words


def test_a_holiday_merged_with_another_is_extended_under_either_name():
    for name in ("国庆节", "中秋节", "国庆节、中秋节"):
        plan = read_notices(
            [notice(2025), f"{name}假期延长至10月11日（周六），10月13日（周一）起正常上班。"], year=2025
        )
        assert [day.day for day in plan.off if day.month == 10] == list(range(1, 12))
        assert [day.day for day in plan.work if day.month in (9, 10)] == [28]


def test_an_added_holiday_stands_beside_the_others():
    before = plan_of(read_notice(notice(2015), year=2015))
    plan = apply(before, read_notice(notice("2015-2"), year=2015))
    assert sorted(set(plan.off) - set(before.off)) == [date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 5)]
    assert set(plan.work) - set(before.work) == {date(2015, 9, 6)}


def test_a_changed_holiday_loses_its_former_days():
    text = "劳动节：5月1日放假，与周末连休。"
    plan = apply(read_notice(notice(2026), year=2026), read_notice(text, year=2026))
    assert short(day for day in plan.off if day.month == 5) == "05-01 05-02 05-03"
    assert date(2026, 5, 9) not in plan.work


@pytest.mark.parametrize(
    "text",
    [
        "延长2026年春节假期至2月28日（农历正月十二，星期六），3月2日（星期一）起正常上班。",
        "二、春节：假期延长至2月28日。",
        "国务院办公厅关于延长2026年春节假期的通知\n现将有关事项通知如下：假期由2月23日延长5天，至2月28日，共14天。",
    ],
)
def test_an_extension_names_its_last_day_and_takes_back_a_make_up_day(text):
    plan = apply(read_notice(notice(2026), year=2026), read_notice(text, year=2026))
    assert short(day for day in plan.off if day.month == 2) == " ".join(f"02-{day}" for day in range(15, 29))
    assert short(day for day in plan.work if day.month == 2) == "02-14"
    assert plan.words[date(2026, 2, 28)].endswith(text[-8:])


@pytest.mark.parametrize(
    "text",
    [
        "延长春节假期至2月20日。",
        "延长春节假期3天，至2月28日。",
        "延长春节假期至2月24日，2月27日起正常上班。",
        "延长2025年春节假期至2月24日。",
        "元旦：1月1日放假。2月15日（星期日）上班。",
    ],
)
def test_a_second_notice_that_contradicts_the_year_is_refused(text):
    with pytest.raises(NoticeRefused, match=r"“.*”"):
        read_notices([notice(2026), text], year=2026)


def test_the_record_lists_every_day_as_iso_dates():
    plan = read_notices(["元旦：12月31日至1月2日放假调休，共3天。1月4日（星期日）上班。"], year=2026)
    assert as_record(plan) == {"year": 2026, "off": ["2025-12-31", "2026-01-01", "2026-01-02"], "work": ["2026-01-04"]}


def test_the_rows_are_in_the_words_of_the_calendar():
    plan = read_notices(["元旦：1月1日放假。1月4日上班。"], year=2026)
    rows = [(row.day.day, row.is_working, row.reason, row.source) for row in plan.rows(source="国办发明电〔2025〕7号")]
    assert rows == [
        (1, False, "元旦放假", "国办发明电〔2025〕7号"),
        (4, True, "元旦调休上班", "国办发明电〔2025〕7号"),
    ]


FULL_WIDTH = {ord(half): half_ord for half, half_ord in zip("0123456789", "０１２３４５６７８９", strict=True)}
HALF_WIDTH = str.maketrans("（），：。、", "(),:｡､")


@st.composite
def noisy(draw, text):
    """The same notice typed by other hands: full or half width here and there, spaces and line breaks anywhere."""
    characters = []
    rolls = draw(st.randoms(use_true_random=False))
    for character in text:
        roll = rolls.random()
        if roll < 0.3:
            character = character.translate(FULL_WIDTH).translate(HALF_WIDTH)
        if character == "至":
            character = rolls.choice("至到-—~～－–")
        characters.append(character + (rolls.choice([" ", "\n", "　", "\r\n\t", "\u200b"]) if roll > 0.9 else ""))
    return "".join(characters)


@given(st.sampled_from(sorted(path.stem for path in NOTICES.glob("????.txt"))), st.data())
@settings(max_examples=60, deadline=None)
def test_width_punctuation_and_spaces_make_no_difference(name, data):
    typed = data.draw(noisy(notice(name)))
    assert as_record(read_notice(typed, year=int(name))) == as_record(read_notice(notice(name), year=int(name)))


@given(st.sampled_from(sorted(path.stem for path in NOTICES.glob("????.txt"))), st.data())
@settings(max_examples=150, deadline=None)
def test_a_garbled_notice_is_read_or_refused_but_never_breaks(name, data):
    text = notice(name)
    place = data.draw(st.integers(0, len(text) - 1))
    garbled = text[:place] + data.draw(
        st.sampled_from(["", "日", "（", "）", "十", "、", "9", "至", "：", "。", "放假"])
    )
    garbled += text[place + data.draw(st.integers(0, 3)) :]
    try:
        plan = read_notices([garbled], year=int(name))
    except NoticeRefused:
        return
    assert not set(plan.off) & set(plan.work)
