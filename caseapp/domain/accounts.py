"""Accounts of staff: how a sign-in name and a password may look, and what must hold for roles."""

import re
from collections.abc import Set as AbstractSet

from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
LONGEST_NAME = 60
SIGN_IN_NAME = re.compile(r"[a-z0-9._-]{2,40}")


class SignInNameRefused(DomainError):
    text = "登录名请用 2 至 40 个小写字母、数字、点、下划线或短横线，例如 li.ming。"
    field = "sign_in_name"


class SignInNameTaken(DomainError):
    text = "登录名“{sign_in_name}”已有人使用，请换一个。"
    field = "sign_in_name"


class NameMissing(DomainError):
    text = "请填写姓名。"
    field = "name"


class NameTooLong(DomainError):
    text = "姓名请控制在 {limit} 字以内，现在是 {length} 字。"
    field = "name"


class PasswordTooShort(DomainError):
    text = "密码至少 {least} 个字符，现在是 {length} 个。"
    field = "password"


class PasswordTooLong(DomainError):
    text = "密码最多 {most} 个字符，现在是 {length} 个。"
    field = "password"


class PasswordIsTheName(DomainError):
    text = "密码不能与登录名相同，请换一个。"
    field = "password"


class RolesMissing(DomainError):
    text = "请至少选择一个角色。"
    field = "roles"


class OfficerWithoutDepartment(DomainError):
    text = "承办员必须属于一个部门。"
    field = "department"


class OwnRoleKept(DomainError):
    text = "不能取消自己的管理员角色，请由另一位管理员办理。"
    field = "roles"


class OwnAccountKept(DomainError):
    text = "不能停用自己的账号，请由另一位管理员办理。"


def sign_in_name(written: str) -> str:
    """Return the sign-in name as it is stored, in lower case; raises `SignInNameRefused`."""
    name = written.strip().lower()
    if not SIGN_IN_NAME.fullmatch(name):
        raise SignInNameRefused()
    return name


def person_name(written: str) -> str:
    """Return the person's name without blanks around it; raises `NameMissing` or `NameTooLong`."""
    name = written.strip()
    if not name:
        raise NameMissing()
    if len(name) > LONGEST_NAME:
        raise NameTooLong(limit=LONGEST_NAME, length=len(name))
    return name


def check_password(password: str, *, sign_in_name: str) -> None:
    """Refuse a password that is too short, too long, or the sign-in name."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD, length=len(password))
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong(most=LONGEST_PASSWORD, length=len(password))
    if password.lower() == sign_in_name.lower():
        raise PasswordIsTheName()


def check_roles(roles: AbstractSet[Role], *, department: str) -> None:
    """Refuse a person without a role, and an officer without a department: he answers for one (art. 4)."""
    if not roles:
        raise RolesMissing()
    if Role.OFFICER in roles and not department:
        raise OfficerWithoutDepartment()
