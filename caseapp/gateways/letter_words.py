"""The words of a letter: reads letters/<kind>.txt, puts the fields in, and returns plain blocks of text.

A template is a list of declared fields, a line with three hyphens, and the words. Values are inert: they are put in
once, and only marks that stand in the template itself (#, |, {{ }}, {% %}) mean anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from caseapp.domain.document import Block, Heading, Paragraph, Table
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import FIELDS, LETTERS, MAY_BE_EMPTY, FieldType, FieldValue, LetterKind
from caseapp.domain.moments import chinese_date
from caseapp.domain.printable import check_line, check_text
from caseapp.domain.remedies import check_remedy_stands

# Stand-ins that no value can hold, since control characters are refused: the start of a value, its line break, its bar.
_VALUE, _BREAK, _BAR = "\x1f", "\x1e", "\x1d"
_DIVIDER = "---"
_DECLARATION = re.compile(r"\s+([a-z_]+)\s+(\S.*)")
_ENDS = "。！？；：…!?;:.）”"

# The only parts of the template language that a letter may use.
_ALLOWED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Filter,
)
_ALLOWED_FILTERS = frozenset({"sentence", "clause"})


class TemplateRefused(DomainError):
    """A template of the office cannot be used; the place is named."""

    text = "文书模板 {file} 第 {line} 行：{why}"


class LetterFieldMissing(DomainError):
    """A field that the letter needs has no value."""

    text = "出具“{letter}”还缺少“{label}”，请补充。"

    def __init__(self, *, letter: str, label: str, field: str) -> None:
        super().__init__(letter=letter, label=label)
        self.field = field


class LetterFieldUnknown(DomainError):
    text = "“{letter}”不使用字段“{name}”。"


@dataclass(frozen=True)
class LetterText:
    """The words of one letter: its title (文种) and its body."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Return the body as plain text, a block to a line, for checks and previews."""
        return "\n".join(
            "\n".join("\t".join(row) for row in block.rows) if isinstance(block, Table) else block.text
            for block in self.blocks
        )


@dataclass(frozen=True)
class LetterTemplate:
    """A template that has passed every check; `line` is where its words begin, counted from 0."""

    file: str
    kind: LetterKind
    title: str
    fields: tuple[str, ...]
    source: str
    line: int


def words(kind: LetterKind, fields: Mapping[str, FieldValue], *, folder: Path) -> LetterText:
    """Return the words of one letter, set from `folder`/<kind>.txt.

    `fields` may hold any field of the vocabulary; the template takes those it declares. Raises `TemplateRefused`,
    `LetterFieldMissing`, `LetterFieldUnknown`, and what `check_text` raises.
    """
    path = folder / f"{kind.value}.txt"
    return words_from(read_template(path.read_text(encoding="utf-8"), kind=kind, file=path.name), fields)


def words_from(template: LetterTemplate, fields: Mapping[str, FieldValue]) -> LetterText:
    """Return the words of one letter from a template that has been read."""
    values = _values(template, fields)
    try:
        rendered = _compiled(template.source).render(values)
    except TemplateError as error:
        raise _refusal(template.file, template.line + 1, str(error)) from error
    result = LetterText(title=template.title, blocks=_blocks(rendered, template))
    remedy = fields.get("remedy")
    if LETTERS[template.kind].needs_remedy and isinstance(remedy, str):
        check_remedy_stands(result.text, remedy.strip())
    return result


@lru_cache(maxsize=256)
def read_template(text: str, *, kind: LetterKind, file: str) -> LetterTemplate:
    """Return the template when all is right with it; otherwise raise `TemplateRefused`, naming file and line."""
    lines = text.splitlines()
    if _DIVIDER not in lines:
        raise _refusal(file, len(lines) or 1, "缺少把字段和正文分开的一行“---”")
    divider = lines.index(_DIVIDER)
    title, fields = _front(lines[:divider], kind=kind, file=file)
    source = "\n".join(lines[divider + 1 :])
    template = LetterTemplate(file=file, kind=kind, title=title, fields=fields, source=source, line=divider + 1)
    _check_source(template)
    return template


def _front(lines: list[str], *, kind: LetterKind, file: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the declared fields."""
    title, fields = "", []
    for number, line in enumerate(lines, start=1):
        declared = _DECLARATION.fullmatch(line)
        if line.startswith("title:"):
            title = line.removeprefix("title:").strip()
        elif declared:
            if declared[1] not in LETTERS[kind].may_ask:
                raise _refusal(file, number, f"“{LETTERS[kind].label}”不能使用字段 {declared[1]}")
            fields.append(declared[1])
        elif line.strip() not in ("", "fields:"):
            raise _refusal(file, number, f"看不懂“{line.strip()}”，字段应当写成“  名称  说明”")
    if not title:
        raise _refusal(file, 1, "缺少文书标题，请写“title: …”")
    return title, tuple(fields)


def _check_source(template: LetterTemplate) -> None:
    """Refuse unknown tags, filters and fields, and a required field that the words never use."""
    try:
        tree = _ENVIRONMENT.parse(template.source)
    except TemplateSyntaxError as error:
        raise _refusal(template.file, template.line + error.lineno, f"模板标记有错（{error.message}）") from error
    for node in tree.find_all(nodes.Node):
        place = template.line + node.lineno
        if not isinstance(node, _ALLOWED_NODES):
            raise _refusal(template.file, place, f"不能使用 {type(node).__name__} 这类标记")
        if isinstance(node, nodes.Filter) and node.name not in _ALLOWED_FILTERS:
            raise _refusal(template.file, place, f"不能使用过滤器 {node.name}")
        if isinstance(node, nodes.Name) and node.name not in template.fields:
            raise _refusal(template.file, place, f"字段 {node.name} 没有在文件开头声明")
    for name in sorted(LETTERS[template.kind].required - meta.find_undeclared_variables(tree)):
        raise _refusal(template.file, template.line + 1, f"正文没有写必需的字段 {name}（{FIELDS[name].label}）")


def _values(template: LetterTemplate, fields: Mapping[str, FieldValue]) -> dict[str, str]:
    """Return the declared fields as checked text."""
    row = LETTERS[template.kind]
    for name in fields:
        if name not in FIELDS:
            raise LetterFieldUnknown(letter=row.label, name=name)
    values = {name: _as_text(name, fields.get(name)) for name in template.fields}
    for name in template.fields:
        if not values[name] and name in row.required and name not in MAY_BE_EMPTY:
            raise LetterFieldMissing(letter=row.label, label=FIELDS[name].label, field=name)
    return values


def _as_text(name: str, value: FieldValue) -> str:
    """Return the value as the letter writes it, its line breaks made inert; refuse what cannot be printed."""
    field = FIELDS[name]
    if value is None:
        return ""
    if isinstance(value, date):
        return chinese_date(value)
    text = str(value).replace("\r\n", "\n").strip()
    if field.type is FieldType.TEXT:
        check_text(text, field=name, label=field.label)
    else:
        check_line(text, field=name, label=field.label)
    paragraphs = (line.strip() for line in text.replace("\t", " ").split("\n"))
    return _BREAK.join(line for line in paragraphs if line)


def _sentence(text: str) -> str:
    """Close the text with a full stop where it has no closing mark of its own."""
    return text if not text or text[-1] in _ENDS else f"{text}。"


def _clause(text: str) -> str:
    """Take the full stop away, so that the sentence of the letter can go on."""
    return text.rstrip("。．.；;，,、")


def _inert(value: object) -> str:
    return _VALUE + str(value).replace("|", _BAR)


def _plain(text: str) -> str:
    return text.replace(_VALUE, "").replace(_BAR, "|").strip()


def _blocks(rendered: str, template: LetterTemplate) -> tuple[Block, ...]:
    """Cut the rendered words into blocks, a line to a block; lines of bars make one table."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in rendered.split("\n"):
        if line.startswith("|"):
            rows.append(tuple(_plain(cell).replace(_BREAK, "\n") for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(_table(rows, template))
            rows = []
        marks = re.match(r"(#{1,4}) ", line)
        if marks:
            blocks.append(Heading(len(marks[1]), _plain(line[marks.end() :]).replace(_BREAK, " ")))
        else:
            blocks.extend(Paragraph(part) for part in map(_plain, line.split(_BREAK)) if part)
    if rows:
        blocks.append(_table(rows, template))
    return tuple(blocks)


def _table(rows: list[tuple[str, ...]], template: LetterTemplate) -> Table:
    if len({len(row) for row in rows}) != 1:
        raise _refusal(template.file, template.line + 1, "表格各行的格数不一样")
    return Table(tuple(rows), widths=(1, 3) if len(rows[0]) == 2 else ())


def _refusal(file: str, line: int, why: str) -> TemplateRefused:
    return TemplateRefused(file=file, line=line, why=why)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


def _environment() -> ImmutableSandboxedEnvironment:
    """Return the one sandbox: no globals, two filters, nothing undefined, every value inert."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_inert, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals.clear()
    environment.filters = {"sentence": _sentence, "clause": _clause}
    environment.tests = {}
    return environment


_ENVIRONMENT = _environment()
