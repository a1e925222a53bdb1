"""Refusals: each says in words what is not possible and, where the user can mend it, at which field."""


class DomainError(Exception):
    """A rule of the Regulation, or of this office, said no."""

    text = "无法办理。"
    field: str | None = None  # the form field that the message belongs to

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.format(**facts))


class Damaged(DomainError):
    """What was stored is missing or changed: nothing for the user to mend, an alarm for the office."""

    text = "这份文件已损坏或缺失，不能下载。请联系管理员。"
