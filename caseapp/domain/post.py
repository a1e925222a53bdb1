"""Post, the only carrier (国办公开办函〔2016〕235号; 邮政法 55; R30): a private courier's number is refused.

Postage is never collected from the recipient (到付): no form offers it, and no letter asks for it.
"""

import re
import unicodedata

from caseapp.domain.errors import DomainError

# What the postal enterprise prints: thirteen characters, with or without letters (EMS、挂号、快递包裹).
POSTAL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|[A-Z]{2}\d{11}|\d{13}")
EXAMPLE = "EX000000001CN"


class TrackingNumberMissing(DomainError):
    text = "请填写邮件号，以邮政企业的寄件凭证为准。（国办公开办函〔2016〕235号）"
    field = "tracking_number"


class NotByPost(DomainError):
    text = (
        "“{number}”不是邮政企业的邮件号（13 位，例如 {example}）。只能通过中国邮政（EMS、挂号信）寄送，"
        "不能使用其他快递，也不能由申请人到付。（国办公开办函〔2016〕235号）"
    )
    field = "tracking_number"


def check_tracking_number(typed: str) -> str:
    """Return the number as the postal enterprise prints it; refuses an empty one and any other carrier's (R30)."""
    number = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    if not number:
        raise TrackingNumberMissing
    if not POSTAL.fullmatch(number):
        raise NotByPost(number=typed, example=EXAMPLE)
    return number
