"""The words by which a holiday notice frees days, has them worked, advises, or merely remarks: one pattern for each."""

import re

from caseapp.domain.notice_names import LISTED, NAMES
from caseapp.domain.notice_text import NUMBER

JOIN = re.compile(r"[,、;:。.!]+|并且?|同时")
OF_THESE = re.compile(r"其中,?")
# 可安排, 可结合: the offices may, so the calendar stands as it is.
ADVICE = re.compile(r"[^\d,。]*?(?:鼓励|倡导|提倡|建议|号召|引导|有条件的|可(?:以|结合|根据|安排|适当))")
CLAUSE = re.compile(r"(?:\([^()]*\)|[^,;。.!])+")

FROM = re.compile(r"(?:自|从|由)(?=\d)")
UNTIL = re.compile(r"止|结束")
RESUMES = re.compile(r"起(?:全面|陆续)?(?:恢复)?(?:正常|照常|如常)?(?:上班|工作)")
WORKS = re.compile(
    r"(?:均|都|全部|应当?|要|需|须)?(?:(?P<usual>(?:恢复)?(?:正常|照常|如常))|(?:调休|调整)?(?:补|为)?)"
    r"(?:上班日?|工作日?|补班)"
)
OFF = re.compile(
    r"(?P<since>起)?(?:止|期间)?(?:全国|全体公民|均|都|统一|全部|连续|共)*"
    r"(?P<verb>放假[、和]?\(?调休\)?|调休[、和]?放假|放假|调休|补休|补假|连休|休息|休假)"
)
COUNT = re.compile(
    rf"\(?(?P<total>总?共计?|合计|总计)?(?:放假|休假|休|连休|调休|假期|为期|连续)*(?P<n>{NUMBER})天(?:假期|长假)?\)?"
)
# 为法定节假日, 公休: says of what kind the days are.
IS_KIND = re.compile(r"(?:均|都|照常)*(?:(?:为|是|系)(?:法定(?:节假日|假日|休假日)|公休日?|双休日|周末|休息日)|公休)")
WITH_WEEKEND = re.compile(
    r"(?:且|而)?[与和同跟](?:前后?|后)?的?(?:周末|双休日|公休日|(?:周|星期)六[、和]?(?:(?:周|星期)日|日|天))"
    r"(?:公休日?)?(?:相连|连休|连在一起)"
)
NO_SHIFT = re.compile(r"不(?:再|另行|作|进行)?(?:调休|补休|补班)")
LONGER = re.compile(
    rf"(?:现|经研究)?(?:决定)?将?(?:(?:延长|顺延)(?P<y1>\d{{4}}年)?(?P<n1>{LISTED})?(?:节日|放假)?(?:假期|放假|时间|假日)*"
    rf"|(?P<y2>\d{{4}}年)?(?P<n2>{LISTED})?(?:节日|放假)?(?:假期|放假|时间|假日)*"
    rf"(?:[由从]\d{{1,2}}月\d{{1,2}}日(?:\([^()]*\))?)?(?:延长|顺延))"
    rf"(?:(?P<added>{NUMBER})天)?,?(?P<through>[至到](?=\d))?"
)
# Words that arrange days: a sentence with one of them and a number, a weekday or a festival has to be understood.
ARRANGES = re.compile(r"放假|上班|补班|调休|补休|补假|连休|休假|休息|延长|推迟|提前|取消|调整|改为|工作日")
NAMES_DAYS = re.compile(
    r"\d{1,2}[月日号天]|\d[-/.]\d|[一二三四五六七八九十两半]+天|[一二三四五六七八九十]+月[一二三四五六七八九十]+日"
    rf"|(?:星期|周|礼拜)[一二三四五六日天末]|双休日|{NAMES}"
)
DATE_WORDS = re.compile(r"\d{1,2}月\d{1,2}|\d{1,2}[日号]|[一二三四五六七八九十]+月[一二三四五六七八九十]+日")
# Words by which a clause beside an arrangement may narrow it (周末除外): then it is no mere remark.
LIMITS = re.compile(rf"\d|[天休班假]|除|不|仅|只|周|星期|礼拜|月|{NAMES}")
FRAGMENT = re.compile(r"(?=.*[休班假]).{1,7}")  # 连休。 has lost the rest of its sentence
IN_FORCE = re.compile(r"起(?:施行|执行|实施|生效)[。.]?$")
DURING = re.compile(rf"(?:{NAMES}|[、和及与]|节日|节假日|法定|放假|调休|假期)*(?:期间|前后|假日)")


def is_remark(plain: str) -> bool:
    """Say whether a sentence arranges nothing: no date in it, and no word on when a festival or weekday is free."""
    if IN_FORCE.search(plain) and not ARRANGES.search(plain):
        return True
    if DATE_WORDS.search(plain):
        return False
    if FRAGMENT.fullmatch(plain):
        return False
    return not (ARRANGES.search(plain) and NAMES_DAYS.search(DURING.sub("", plain)))
