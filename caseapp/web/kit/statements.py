"""Fields for the longer texts that the staff write."""

from collections.abc import Callable

from wtforms.validators import Length

from caseapp.domain.errors import DomainError
from caseapp.web.kit.forms import TextField

LONGEST = 3000


class LongTextField(TextField):
    """Several lines of text, clean as every `TextField`, of up to three thousand characters."""

    def __init__(self, label: str, **options: object) -> None:
        limits = [Length(max=LONGEST, message=f"请控制在 {LONGEST} 字以内。")]
        super().__init__(label, **{**options, "validators": [*options.get("validators", ()), *limits]})

    def _judged(self, clean: Callable[..., str]) -> str:
        try:
            return clean(self.data, field=self.name, label=self.label.text)
        except DomainError as refusal:
            raise ValueError(str(refusal)) from None
