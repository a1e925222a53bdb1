"""Settings, read once from the environment; a production start refuses what would be unsafe and names the setting."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SHORTEST_KEY = 32
DEFAULT_KEYS = {"dev", "secret", "changeme", "change-me", "default", "development", "insecure"}
ON = {"1", "true", "yes", "on"}


class UnsafeSetting(Exception):
    """The environment asks for a start that would be unsafe; the message names the setting."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who runs the system, as pages and letters name it; an empty entry hides its line."""

    name: str
    short_name: str
    host_unit: str
    address: str
    phone: str
    icp: str
    police_record: str
    site_code: str
    portal_url: str
    fee_payment: str  # how a fee is paid (R52)


@dataclass(frozen=True, kw_only=True)
class Fees:
    """What the parts of the fee measure that nobody has read are taken to say; `items` and `pages` are price lists.

    With `restart` off a fee moves no date: the period runs on from the notice to the payment and after it.
    """

    items: str
    pages: str
    payment_days: int  # working days from the day after the notice was received
    restart: bool


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The server that takes the office's e-mail; without a host nothing is sent, and messages go to a file."""

    host: str = ""
    port: int = 25
    security: str = "none"  # none, starttls or tls
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the installation decides; `local_rule_set` is the office's promise (承诺标准)."""

    production: bool
    secret_key: str
    data_key: bytes
    database_url: str
    data_folder: Path
    demonstration: bool
    local_rule_set: str
    announced_through: int
    proxies: int
    fees: Fees
    office: Office
    confirms_itself: bool = True  # a request filed online is confirmed by the page that says so (L7)
    office_kind: str  # department or government: by when the annual report is published (art. 49)
    closed_channels: tuple[str, ...] = ()  # switched off; those of R4 cannot be
    soffice: str = "soffice"  # the LibreOffice that makes PDFs; empty: none are made
    mail: Mail = Mail()
    sms_program: str = ""  # takes messages by telephone number; empty: they are written to a file


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this environment; raises `UnsafeSetting` for a production start that must not happen."""
    production = environment.get("CASEAPP_ENV", "development") == "production"
    data_folder = Path(environment.get("CASEAPP_DATA", "var")).absolute()
    if production:
        _refuse_unsafe(environment)
    data_folder.mkdir(parents=True, exist_ok=True)
    return Settings(
        production=production,
        secret_key=environment.get("SECRET_KEY") or _kept_key(data_folder / "secret_key"),
        data_key=bytes.fromhex(environment.get("CASEAPP_DATA_KEY") or _kept_key(data_folder / "data_key")),
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{data_folder / 'caseapp.sqlite3'}",
        data_folder=data_folder,
        demonstration=environment.get("CASEAPP_DEMONSTRATION", "").lower() in ON,
        local_rule_set=environment.get("CASEAPP_LOCAL_STANDARD", "district-15"),
        announced_through=int(environment.get("CASEAPP_ANNOUNCED_THROUGH", "2026")),
        proxies=int(environment.get("CASEAPP_PROXIES", "0")),
        fees=_fees(environment),
        office=_office(environment),
        confirms_itself=_chosen(environment, "CASEAPP_ONLINE_CONFIRMATION", "automatic", "manual") == "automatic",
        office_kind=_chosen(environment, "CASEAPP_REPORTS_AS", "government", "department"),
        closed_channels=tuple(environment.get("CASEAPP_CLOSED_CHANNELS", "").replace(",", " ").split()),
        soffice=environment.get("CASEAPP_SOFFICE", "soffice"),
        mail=_mail(environment),
        sms_program=environment.get("CASEAPP_SMS_PROGRAM", ""),
    )


def _chosen(environment: Mapping[str, str], name: str, usual: str, *others: str) -> str:
    """Return one of the words that a setting may have; raises `UnsafeSetting` for any other."""
    word = environment.get(name, "").strip().lower() or usual
    if word not in (usual, *others):
        raise UnsafeSetting(f"{name}：只能是 {'、'.join((usual, *others))} 之一。")
    return word


def _fees(environment: Mapping[str, str]) -> Fees:
    return Fees(
        items=environment.get("CASEAPP_FEE_ITEMS", "10:0 30:100 +100/10"),
        pages=environment.get("CASEAPP_FEE_PAGES", "30:0 100:10 200:20 +20"),
        payment_days=int(environment.get("CASEAPP_FEE_PAYMENT_DAYS", "20")),
        restart=environment.get("CASEAPP_FEE_RESTART", "on").lower() in ON,
    )


def _mail(environment: Mapping[str, str]) -> Mail:
    security = _chosen(environment, "CASEAPP_SMTP_SECURITY", "starttls", "tls", "none")
    host, sender = environment.get("CASEAPP_SMTP_HOST", ""), environment.get("CASEAPP_MAIL_FROM", "")
    if host and not sender:
        raise UnsafeSetting("CASEAPP_MAIL_FROM：设置了 CASEAPP_SMTP_HOST 就必须设置发件地址。")
    port = environment.get("CASEAPP_SMTP_PORT", "") or {"tls": "465", "starttls": "587", "none": "25"}[security]
    if not port.isdecimal():
        raise UnsafeSetting("CASEAPP_SMTP_PORT：应为数字。")
    return Mail(
        host=host,
        port=int(port),
        security=security,
        user=environment.get("CASEAPP_SMTP_USER", ""),
        password=environment.get("CASEAPP_SMTP_PASSWORD", ""),
        sender=sender,
    )


def _office(environment: Mapping[str, str]) -> Office:
    def named(key: str, default: str = "") -> str:
        return environment.get(f"CASEAPP_OFFICE_{key}", default)

    return Office(
        name=named("NAME", "示范区政府信息公开工作机构"),
        short_name=named("SHORT_NAME", "示范区依申请公开"),
        host_unit=named("HOST_UNIT"),
        address=named("ADDRESS"),
        phone=named("PHONE"),
        icp=named("ICP"),
        police_record=named("POLICE_RECORD"),
        site_code=named("SITE_CODE"),
        portal_url=named("PORTAL_URL"),
        fee_payment=named("FEE_PAYMENT", "到本机关政府信息公开工作机构缴纳，缴纳后领取财政票据"),
    )


def _refuse_unsafe(environment: Mapping[str, str]) -> None:
    key = environment.get("SECRET_KEY", "")
    if len(key) < SHORTEST_KEY or key.lower() in DEFAULT_KEYS or len(set(key)) < 8:
        raise UnsafeSetting(f"SECRET_KEY：生产环境必须设置，至少 {SHORTEST_KEY} 个字符，不能用默认值。")
    data_key = environment.get("CASEAPP_DATA_KEY", "")
    if len(data_key) != 64 or not _is_hex(data_key) or len(set(data_key.lower())) < 8:
        raise UnsafeSetting("CASEAPP_DATA_KEY：生产环境必须设置为 64 位十六进制数（32 字节），用于加密证件号码。")
    if data_key.lower() == key.lower():
        raise UnsafeSetting("CASEAPP_DATA_KEY：不能与 SECRET_KEY 相同。")
    if environment.get("FLASK_DEBUG", "").lower() in ON:
        raise UnsafeSetting("FLASK_DEBUG：生产环境不能打开调试。")
    if environment.get("CASEAPP_DEMONSTRATION", "").lower() in ON:
        raise UnsafeSetting("CASEAPP_DEMONSTRATION：生产环境不能载入演示账号。")


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)


def _kept_key(path: Path) -> str:
    """Return the development key kept in `path`, making it at the first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text()
