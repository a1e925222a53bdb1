"""The named styles of an official document (GB/T 9704-2012): fonts, sizes, indents. A list: one row for each style.

Lengths are in twips (a twentieth of a point; 1 mm = 56.7), font sizes in half points.
"""

from dataclasses import dataclass

BODY_FONT = "仿宋_GB2312"
BLACK_FONT = "黑体"
KAI_FONT = "楷体_GB2312"
TITLE_FONT = "方正小标宋简体"
NUMBER_FONT = "宋体"

# Where a machine lacks the font, it takes the second.
ALTERNATIVES = {BODY_FONT: "仿宋", KAI_FONT: "楷体", TITLE_FONT: "宋体", BLACK_FONT: "SimHei", NUMBER_FONT: "SimSun"}

LINE = 579  # 22 lines in 225 mm (5.2.3)
CHARACTER = 316  # 28 characters in 156 mm
RED = "FF0000"
SIZE_2 = 44  # 2号, 22 pt
SIZE_3 = 32  # 3号, 16 pt
SIZE_4 = 28  # 4号, 14 pt
CHARACTERS_A_LINE = 28

# The grid stands in the section; the text keeps to it by an exact line height and by this spacing, which every program
# sets alike: less 0.3 pt a sign is 15.7 pt wide, and 28 of them, no more, go into the 442.2 pt of 156 mm.
_CLOSER = '<w:spacing w:val="-6"/>'
_FREE = '<w:snapToGrid w:val="0"/>'


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style; `layout` is the inside of its pPr, in the order that the schema wants."""

    id: str
    name: str
    layout: str
    font: str = BODY_FONT
    size: int = SIZE_3
    based_on: str = "Normal"
    colour: str = ""


_INDENTED = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
_LINE_ABOVE = f'<w:spacing w:before="{LINE}"/>'
_TWO_LINES_ABOVE = f'<w:spacing w:before="{2 * LINE}"/>'
_CENTRED = '<w:jc w:val="center"/>'


def _heading(level: int, font: str) -> Style:
    return Style(
        id=f"Heading{level}",
        name=f"heading {level}",
        font=font,
        based_on="Body",
        layout=f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>',
    )


def _page_number(style_id: str, side: str) -> Style:
    """One character in from the outer edge (7.5)."""
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280"/>'
    return Style(
        id=style_id,
        name=f"Page Number {side}",
        font=NUMBER_FONT,
        size=SIZE_4,
        layout=f'<w:spacing w:line="280" w:lineRule="exact"/>{indent}<w:jc w:val="{side}"/>',
    )


STYLES: tuple[Style, ...] = (
    Style(id="Body", name="Body Text", layout=_INDENTED),
    _heading(1, BLACK_FONT),
    _heading(2, KAI_FONT),
    _heading(3, BODY_FONT),
    _heading(4, BODY_FONT),
    Style(
        id="Title",
        name="Title",
        font=TITLE_FONT,
        size=SIZE_2,
        layout=f'<w:keepNext/><w:keepLines/><w:spacing w:before="{2 * LINE}" w:after="{LINE}"/>{_CENTRED}',
    ),
    Style(
        id="OrganMark",
        name="Organ Mark",
        font=TITLE_FONT,
        colour=RED,
        layout=f"<w:keepNext/>{_CENTRED}",
    ),
    # The rule 4 mm below the number and as wide as the type area: 6.5 pt of the 4 mm lie inside the line (7.2.7).
    Style(
        id="NumberOverRule",
        name="Number over Rule",
        layout=f'<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="5" w:color="{RED}"/></w:pBdr>'
        f"{_TWO_LINES_ABOVE}{_CENTRED}",
    ),
    # Under the double rule at 7/8 of a character, flush right (10.1).
    Style(
        id="NumberUnderRule",
        name="Number under Rule",
        layout='<w:keepNext/><w:spacing w:before="150"/><w:jc w:val="right"/>',
    ),
    Style(
        id="Rule",
        name="Rule",
        size=2,
        layout='<w:spacing w:line="20" w:lineRule="exact"/>',
    ),
    Style(id="Addressee", name="Addressee", layout='<w:keepNext/><w:jc w:val="left"/>'),
    Style(id="Attachment", name="Attachment", layout='<w:jc w:val="left"/>'),
    Style(id="Signature", name="Signature", layout=f"<w:keepNext/><w:keepLines/>{_CENTRED}"),
    Style(id="Date", name="Date", layout=f"<w:keepLines/>{_CENTRED}"),
    Style(id="Note", name="Note", based_on="Body", layout=_INDENTED),
    Style(
        id="Cell",
        name="Cell",
        size=SIZE_4,
        layout='<w:spacing w:before="60" w:after="60" w:line="440" w:lineRule="exact"/><w:jc w:val="left"/>',
    ),
    Style(
        id="Imprint",
        name="Imprint",
        size=SIZE_4,
        layout='<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs>'
        '<w:spacing w:line="460" w:lineRule="exact"/>'
        '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/><w:jc w:val="left"/>',
    ),
    _page_number("PageNumberOdd", "right"),
    _page_number("PageNumberEven", "left"),
)

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def fonts(name: str) -> str:
    """Return the rFonts element that names one font for every script."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def styles_xml() -> str:
    """Return the whole styles part: the defaults that the grid is reckoned from, and every named style."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY_FONT)}"
        f'<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/>'
        f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{_FREE}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{fonts(BODY_FONT)}{_FREE}{_CLOSER}<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/></w:rPr></w:style>'
    )
    named = "".join(map(_style_xml, STYLES))
    return f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}{named}</w:styles>'


def font_table_xml() -> str:
    """Return the font table, which names a second font for each of ours."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{second}"/><w:charset w:val="86"/></w:font>'
        for name, second in ALTERNATIVES.items()
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{rows}</w:fonts>'


def _style_xml(style: Style) -> str:
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/><w:qFormat/><w:pPr>{style.layout}</w:pPr>'
        f'<w:rPr>{fonts(style.font)}{colour}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr>'
        "</w:style>"
    )
