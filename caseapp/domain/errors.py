"""Refusals: each says in words what is not possible and, where the user can mend it, at which field."""


class DomainError(Exception):
    """A rule of the Regulation, or of this office, said no."""

    text = "无法办理。"
    field: str | None = None  # the form field that the message belongs to

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.format(**facts))
