"""The forms of the working calendar."""

import hashlib
from typing import TypedDict

from wtforms import DateField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from caseapp.web.kit.forms import BaseForm, LineField, Required
from caseapp.web.kit.forms import choices as pairs
from caseapp.web.kit.statements import LongTextField


class GivenNotice(TypedDict):
    """A notice as it was pasted."""

    text: str
    year: int
    number: str


class NoticeForm(BaseForm):
    year = IntegerField(
        "哪一年的安排",
        validators=[InputRequired("请填写年份。"), NumberRange(2007, 2100, message="请填写 2007 至 2100 之间的年份。")],
    )
    number = LineField("文号", description="例如 国办发明电〔2025〕7号。", validators=[Required("请填写通知的文号。")])
    text = LongTextField(
        "通知全文",
        description="把国务院办公厅通知的全文粘贴在这里，从标题到落款。",
        validators=[Required("请粘贴通知全文。")],
        render_kw={"rows": 14},
    )
    shown = HiddenField()  # the digest of what was shown: only that is entered

    @property
    def notice(self) -> GivenNotice:
        """Return the notice."""
        return {"text": str(self.text.data), "year": int(self.year.data or 0), "number": str(self.number.data)}

    @property
    def confirms(self) -> bool:
        """Say whether this very notice has been shown with what it changes."""
        return self.shown.data == self._digest()

    def remember_shown(self) -> None:
        """Let the next press of the button enter what is shown now."""
        self.shown.data = self._digest()

    def _digest(self) -> str:
        return hashlib.sha256(repr(sorted(self.notice.items())).encode()).hexdigest()


class DayForm(BaseForm):
    day = DateField("日期", validators=[InputRequired("请填写日期。")])
    kind = RadioField(
        "这一天",
        choices=pairs([("off", "放假，不计入期限"), ("work", "上班，计入期限")]),
        validators=[InputRequired("请选择这一天放假还是上班。")],
    )
    reason = LineField("理由", description="会显示在期限的逐日计算中。", validators=[Required("请写明修改的理由。")])
    source = LineField("依据", description="例如文号。", validators=[Required("请写明依据。")])

    @property
    def is_working(self) -> bool:
        """Say whether the day counts."""
        return bool(self.kind.data == "work")


class TakeBackForm(BaseForm):
    day = DateField(validators=[InputRequired()])
