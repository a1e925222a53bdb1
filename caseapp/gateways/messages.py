"""The carriers of messages: a file that is handed on until an office plugs one in, and e-mail over SMTP.

A message says as little as its words; the address is its only personal data, and no log line ever holds one.
"""

import json
import os
import smtplib
import ssl
import subprocess
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from caseapp.domain.notices import OutcomeUnknown, PermanentFailure, TemporaryFailure

SECONDS = 30


class Carrier(Protocol):
    """Takes one message; raises `TemporaryFailure`, `PermanentFailure` or `OutcomeUnknown` when it does not.

    `name` tells an e-mail apart, should it come back.
    """

    def deliver(self, *, phone: str, words: str, at: datetime) -> None: ...

    def mail(self, *, address: str, subject: str, words: str, name: str, at: datetime) -> None: ...


class MailServer(Protocol):
    """Where e-mail is handed over, and in whose name; `security` is none, starttls or tls."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def sender(self) -> str: ...


class FileCarrier:
    """Writes each message as one line of JSON, durably; only the owner of the installation can read the file.

    Messages by telephone number go to the office's own program instead, where one is set.
    """

    def __init__(self, folder: Path, *, program: str = "") -> None:
        self._path = folder / "messages.jsonl"
        self._program = program

    def deliver(self, *, phone: str, words: str, at: datetime) -> None:
        """Append the message, on disk when this returns; or hand it to the program as one line of JSON."""
        if self._program:
            _hand_to(self._program, {"at": at.isoformat(), "phone": phone, "words": words})
            return
        self._append({"at": at.isoformat(), "phone": phone, "words": words})

    def mail(self, *, address: str, subject: str, words: str, name: str, at: datetime) -> None:
        """Append the e-mail; the line is on disk when this returns."""
        self._append({"at": at.isoformat(), "name": name, "address": address, "subject": subject, "words": words})

    def _append(self, message: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(message, ensure_ascii=False) + "\n"
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line.encode())
            os.fsync(file)
        finally:
            os.close(file)


class SmtpCarrier(FileCarrier):
    """Sends e-mail through the office's server; messages by telephone number still go to the file."""

    def __init__(self, folder: Path, *, server: MailServer, program: str = "") -> None:
        super().__init__(folder, program=program)
        self._server = server

    def mail(self, *, address: str, subject: str, words: str, name: str, at: datetime) -> None:
        """Hand the e-mail to the server. Once the text has been sent, a lost answer is `OutcomeUnknown`."""
        letter = self._letter(address=address, subject=subject, words=words, name=name, at=at)
        has_sent = False
        try:
            with self._connected() as server:
                _accepted(server.mail(self._server.sender))
                _accepted(server.rcpt(address))
                has_sent = True
                _accepted(server.data(letter.as_bytes(policy=SMTP_POLICY)))
                has_sent = False
        except smtplib.SMTPResponseException as refused:
            raise _failure(refused.smtp_code) from refused
        except (OSError, smtplib.SMTPException) as broken:
            if has_sent:
                raise OutcomeUnknown("连接中断，不知道是否已经发出") from broken
            raise TemporaryFailure("连不上邮件服务器") from broken

    def _connected(self) -> smtplib.SMTP:
        settings = self._server
        if settings.security == "tls":
            secure = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=SECONDS, context=secure)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
        if settings.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if settings.user:
            server.login(settings.user, settings.password)
        return server

    def _letter(self, *, address: str, subject: str, words: str, name: str, at: datetime) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._server.sender, address, subject
        letter["Date"] = format_datetime(at)
        letter["Message-ID"] = f"<{name}@{self._server.sender.rpartition('@')[2] or 'localhost'}>"
        letter["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it (RFC 3834)
        letter.set_content(words)
        return letter


def _hand_to(program: str, message: dict[str, str]) -> None:
    """Run the program with the message on its standard input: status 0 says taken, 75 not now (EX_TEMPFAIL), others no.

    What takes longer than `SECONDS`, or is ended by a signal, may have been sent: nobody knows.
    """
    line = json.dumps(message, ensure_ascii=False) + "\n"
    try:
        ended = subprocess.run(  # noqa: S603 - the program that the settings name, without a shell
            [program], input=line.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise OutcomeUnknown("短信程序没有按时结束") from slow
    except OSError as missing:
        raise TemporaryFailure("短信程序不能运行") from missing
    if ended.returncode < 0:
        raise OutcomeUnknown("短信程序中断，不知道是否已经发出")
    if ended.returncode == os.EX_TEMPFAIL:
        raise TemporaryFailure("短信程序暂时不能发送")
    if ended.returncode:
        raise PermanentFailure(f"短信程序拒绝发送（{ended.returncode}）")


def _accepted(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code not in (250, 251):
        raise smtplib.SMTPResponseException(code, said)


def _failure(code: int) -> Exception:
    """Return a refusal for good (5xx) or for now (4xx), without the server's words, which may repeat the address."""
    return (PermanentFailure if 500 <= code < 600 else TemporaryFailure)(f"邮件服务器答复 {code}")
