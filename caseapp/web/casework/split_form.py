"""The form of 分案: as many parts as the filing asks for."""

from typing import Any

from wtforms.validators import Length

from caseapp.domain.filing import LIMITS
from caseapp.domain.split import FEWEST, MOST, Part
from caseapp.web.kit.acts import ActForm, HiddenNumber
from caseapp.web.kit.forms import LineField, Required, TextField
from caseapp.web.kit.statements import LongTextField

OFF = {"autocomplete": "off"}


class SplitForm(ActForm):
    """The reason, and for each part what it asks for; made for a number of parts by `of`."""

    reason = LongTextField(
        "分案的理由",
        description="例如：一份申请中写了两项相互独立的信息，由不同的部门制作。",
        validators=[Required("请说明分案的理由。"), Length(max=500, message="请控制在 500 字以内。")],
        render_kw={"rows": 3},
    )
    parts_count = HiddenNumber(name="parts")
    count = FEWEST

    @staticmethod
    def of(count: int, **given: Any) -> "SplitForm":
        """Return the form for so many parts."""
        fields: dict[str, Any] = {"count": count}
        for number in range(1, count + 1):
            fields[f"title_{number}"] = LineField(
                "信息名称", validators=[Length(max=LIMITS["title"], message="请控制在 200 字以内。")], render_kw=OFF
            )
            fields[f"document_no_{number}"] = LineField(
                "文号", validators=[Length(max=LIMITS["document_no"], message="请控制在 100 字以内。")], render_kw=OFF
            )
            fields[f"description_{number}"] = TextField(
                "所需信息的描述",
                description="照录申请人的原文中关于这一项的部分。",
                validators=[Required(f"请写明第 {number} 件申请的是什么信息。")],
                render_kw={"rows": 4},
            )
        form = type("SplitForm", (SplitForm,), fields)(**given)
        form.parts_count.data = count
        return form  # type: ignore[no-any-return]

    @property
    def numbers(self) -> range:
        return range(1, self.count + 1)

    @property
    def parts(self) -> list[Part]:
        """Return the parts that were typed, in their order."""
        return [
            Part(
                title=self[f"title_{number}"].data,
                document_no=self[f"document_no_{number}"].data,
                description=self[f"description_{number}"].data,
            )
            for number in self.numbers
        ]


def how_many(typed: str | None) -> int:
    """Return the number of parts that the page carries along, within what is possible."""
    count = int(typed) if typed and typed.isdecimal() and len(typed) < len(str(MOST)) + 1 else FEWEST
    return min(max(count, FEWEST), MOST)
