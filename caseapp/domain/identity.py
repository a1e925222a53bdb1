"""Who asks and how to reach him (Regulation, art. 29): identity documents, codes of organisations, telephones.

A number is judged by its form and its check digit only; nothing here says that the person exists.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError

MASK = "*"


class IdentityKind(StrEnum):
    """The document by which a person shows who he is."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_RESIDENT_ID = "foreign_resident_id"
    OTHER = "other"

    @property
    def label(self) -> str:
        return IDENTITY_LABELS[self]


IDENTITY_LABELS: dict[IdentityKind, str] = {
    IdentityKind.RESIDENT_ID: "居民身份证",
    IdentityKind.PASSPORT: "护照",
    IdentityKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdentityKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdentityKind.FOREIGN_RESIDENT_ID: "外国人永久居留身份证",
    IdentityKind.OTHER: "其他证件",
}


class ResidentIdLength(DomainError):
    text = "居民身份证号码应为 18 位。"
    field = "identity_number"


class ResidentIdCharacters(DomainError):
    text = "居民身份证号码应由数字组成，只有最后一位可以是 X。"
    field = "identity_number"


class ResidentIdBirthDate(DomainError):
    text = "请核对居民身份证号码，第 7 至 14 位应为出生日期。"
    field = "identity_number"


class ResidentIdCheckDigit(DomainError):
    text = "请核对居民身份证号码，最后一位与前 17 位不匹配。"
    field = "identity_number"


class IdentityNumberForm(DomainError):
    text = "请核对{label}号码，应为 5 至 30 位字母或数字。"
    field = "identity_number"


class CreditCodeForm(DomainError):
    text = "统一社会信用代码应为 18 位数字或大写字母。"
    field = "credit_code"


class CreditCodeLetters(DomainError):
    text = "请核对统一社会信用代码，其中不会出现字母 I、O、S、V、Z。"
    field = "credit_code"


class CreditCodeCheckDigit(DomainError):
    text = "请核对统一社会信用代码，最后一位与前 17 位不匹配。"
    field = "credit_code"


class PhoneForm(DomainError):
    text = "请核对联系电话，手机号为 11 位，座机请写上区号。"
    field = "phone"


class EmailForm(DomainError):
    text = "请核对电子邮箱，例如 name@example.com。"
    field = "email"


EARLIEST_BIRTH = date(1900, 1, 1)
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
RESIDENT_CHECK_DIGITS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))

MOBILE = re.compile(r"(\+?86)?-?1[3-9]\d{9}")
LANDLINE = re.compile(r"(\+?86)?-?\(?0\d{2,3}\)?-?\d{7,8}((-|转|分机|ext\.?)\d{1,6})?")
SERVICE_LINE = re.compile(r"[48]00-?\d{3}-?\d{4}")
ABROAD = re.compile(r"(\+|00)[1-9]\d{0,3}[-\d()]{5,18}")
EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")


def check_identity_number(number: str, *, kind: IdentityKind, today: date) -> str:
    """Return the number as it is stored: half-width, upper case, without blanks.

    Raises a refusal at `identity_number` where the number cannot belong to a document of this kind.
    """
    if kind is IdentityKind.RESIDENT_ID:
        return check_resident_id(number, today=today)
    number = _tidy(number)
    signs = r"\w" if kind is IdentityKind.OTHER else "0-9A-Z"
    if not re.fullmatch(rf"[{signs}()/-]{{5,30}}", number):
        raise IdentityNumberForm(label=kind.label)
    return number


def check_resident_id(number: str, *, today: date) -> str:
    """Return the 18 characters of a resident identity number (GB 11643), or say which part to look at again."""
    number = _tidy(number)
    if len(number) != 18:
        raise ResidentIdLength
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ResidentIdCharacters
    if not _is_birth_date(number[6:14], today=today):
        raise ResidentIdBirthDate
    total = sum(int(digit) * weight for digit, weight in zip(number, RESIDENT_WEIGHTS, strict=False))
    if RESIDENT_CHECK_DIGITS[total % 11] != number[-1]:
        raise ResidentIdCheckDigit
    return number


def check_credit_code(code: str) -> str:
    """Return the 18 characters of a unified social credit code (GB 32100), or say what to look at again."""
    code = _tidy(code)
    if not re.fullmatch(r"[0-9A-Z]{18}", code):
        raise CreditCodeForm
    if any(character not in CREDIT_ALPHABET for character in code):
        raise CreditCodeLetters
    total = sum(
        CREDIT_ALPHABET.index(character) * weight for character, weight in zip(code, CREDIT_WEIGHTS, strict=False)
    )
    if CREDIT_ALPHABET[-total % 31] != code[-1]:
        raise CreditCodeCheckDigit
    return code


def check_phone(phone: str) -> str:
    """Return the number half-width and without blanks.

    Accepts a mobile, a landline with its area code, a 400 number, or a number abroad; else raises `PhoneForm`.
    """
    phone = re.sub(r"\s", "", unicodedata.normalize("NFKC", phone)).replace("—", "-").replace("–", "-")
    if not any(form.fullmatch(phone) for form in (MOBILE, LANDLINE, SERVICE_LINE, ABROAD)):
        raise PhoneForm
    return phone


def check_email(email: str) -> str:
    """Return the address without blanks around it; only its outline is judged. Raises `EmailForm`."""
    email = unicodedata.normalize("NFKC", email).strip()
    if len(email) > 254 or not EMAIL.fullmatch(email):
        raise EmailForm
    return email


def masked_id(number: str) -> str:
    """Return the number with only its first and last quarter readable, at most four characters each."""
    shown = min(len(number) // 4, 4)
    return number[:shown] + MASK * (len(number) - 2 * shown) + number[len(number) - shown :]


def masked_name(name: str) -> str:
    """Return the name of a person with only its first character readable."""
    return name[:1] + MASK * (len(name) - 1) if len(name) > 1 else MASK * len(name)


def masked_phone(phone: str) -> str:
    """Return the number with the four digits before its last four hidden."""
    hidden = phone[-8:-4]
    return phone[: max(len(phone) - 8, 0)] + MASK * len(hidden) + phone[-4:]


def _tidy(number: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()


def _is_birth_date(digits: str, *, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return EARLIEST_BIRTH <= born <= today
