"""What an administrator may write into the routing rules: one word at a time, or a whole plan."""

from collections import Counter

from caseapp.domain.errors import DomainError
from caseapp.domain.routing_table import (
    OUTSIDE,
    TRIAGE,
    WITHOUT_DEPARTMENT,
    Kind,
    NumberPattern,
    RoutingTable,
    TableBroken,
    Term,
)
from caseapp.domain.routing_words import folded

LONGEST_TERM = 40
LONGEST_PATTERN = 200
LONGEST_MEANING = 60
HEAVIEST = 20

KIND_WORDS = {
    Kind.OBJECT: "所要的文件或行为",
    Kind.MATTER: "所涉及的事项",
    Kind.WORKS: "各类工程共有的材料",
    Kind.WORKS_TOPIC: "工程、货物或服务的类别",
    Kind.HOLDER: "机关名称",
    Kind.CONTEXT: "背景词语",
    Kind.VAGUE: "没有指明具体信息的说法",
    Kind.MASK: "不计入的词语",
    Kind.OPENS_ASK: "提出申请的开头语",
    Kind.CLOSES_ASK: "提出申请的结尾语",
    Kind.WONDERS: "疑问词",
    Kind.SETS_ASIDE: "表示不需要的说法",
}


class TermMissing(DomainError):
    text = "请填写词语。"
    field = "term"


class TermTooLong(DomainError):
    text = "词语请控制在 {limit} 字以内，现在是 {length} 字。"
    field = "term"


class DepartmentNotListed(DomainError):
    text = "请从列出的部门中选择。"
    field = "department_code"


class DepartmentNeeded(DomainError):
    text = "“{kind}”类的词语需要选择部门。"
    field = "department_code"


class DepartmentNotNeeded(DomainError):
    text = "“{kind}”类的词语不属于任何部门，请选择“不指向部门”。"
    field = "department_code"


class FieldNotListed(DomainError):
    text = "请从列出的领域中选择。"
    field = "field_code"


class WeightOutOfRange(DomainError):
    text = "请填写大于 0、不超过 {heaviest} 的权重；词语不再使用时请停用。"
    field = "weight"


class WeightNotNeeded(DomainError):
    text = "“{kind}”类的词语不计权重，请填写 0。"
    field = "weight"


def check_term(row: Term, table: RoutingTable) -> Term:
    """Return the row as routing will compare it: half-width, lower case, usual misspellings mended.

    Raises what is wrong with it, at its field: an empty or long word, a department or field that the table does not
    know, a weight that would count for nothing.
    """
    term = folded(row.term.strip(), table.spellings)
    if not term:
        raise TermMissing()
    if len(term) > LONGEST_TERM:
        raise TermTooLong(limit=LONGEST_TERM, length=len(term))
    _check_department(row, {*table.department_names, OUTSIDE, TRIAGE})
    if row.field_code and row.field_code not in table.field_names:
        raise FieldNotListed()
    _check_weight(row)
    return Term(
        term=term,
        kind=row.kind,
        department_code=row.department_code,
        field_code=row.field_code,
        weight=row.weight,
        active=row.active,
    )


def _check_department(row: Term, known: set[str]) -> None:
    if row.department_code and row.kind in WITHOUT_DEPARTMENT:
        raise DepartmentNotNeeded(kind=KIND_WORDS[row.kind])
    if not row.department_code and row.kind not in WITHOUT_DEPARTMENT:
        raise DepartmentNeeded(kind=KIND_WORDS[row.kind])
    if row.department_code and row.department_code not in known:
        raise DepartmentNotListed()


def _check_weight(row: Term) -> None:
    if row.kind in WITHOUT_DEPARTMENT:
        if row.weight != 0:
            raise WeightNotNeeded(kind=KIND_WORDS[row.kind])
    elif not 0 < row.weight <= HEAVIEST:  # also refuses what is not a number
        raise WeightOutOfRange(heaviest=HEAVIEST)


def check_plan(table: RoutingTable, *, fields: set[str]) -> None:
    """Refuse with `TableBroken` a plan whose rows the office's tables could not hold, naming the first such entry.

    `fields` are the codes that reasons can name: they always come from the installation's own plan.
    """
    seen = Counter((row.term, row.kind, row.department_code) for row in table.terms)
    for row in table.terms:
        if why := _why_not(row, twice=seen[row.term, row.kind, row.department_code] > 1, fields=fields):
            raise TableBroken(entry=f"terms（{row.term}）", why=why)
    patterns = Counter(pattern.pattern for pattern in table.number_patterns)
    for pattern in table.number_patterns:
        if why := _why_not_pattern(pattern, twice=patterns[pattern.pattern] > 1, fields=fields):
            raise TableBroken(entry=f"number_patterns（{pattern.meaning}）", why=why)


def _why_not(row: Term, *, twice: bool, fields: set[str]) -> str:
    if twice:
        return "同一部门、同一类别的词语写了两次"
    if len(row.term) > LONGEST_TERM:
        return f"词语超过 {LONGEST_TERM} 字"
    if row.field_code and row.field_code not in fields:
        return f"没有代码为“{row.field_code}”的领域"
    if row.department_code and not row.weight:
        return "权重为 0，不起作用"
    return ""


def _why_not_pattern(pattern: NumberPattern, *, twice: bool, fields: set[str]) -> str:
    if twice:
        return "同一个文号形式写了两次"
    if len(pattern.pattern) > LONGEST_PATTERN or len(pattern.meaning) > LONGEST_MEANING:
        return f"文号形式超过 {LONGEST_PATTERN} 字，或说明超过 {LONGEST_MEANING} 字"
    if pattern.field_code and pattern.field_code not in fields:
        return f"没有代码为“{pattern.field_code}”的领域"
    if not pattern.weight:
        return "权重为 0，不起作用"
    return ""
