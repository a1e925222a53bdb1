"""Other systems that file for applicants: added with a key that is shown once, known by it, switched off."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.models import ApiClient
from caseapp.services import audit, installation

MOST = 200
Client = ApiClient


def add(name: str, *, actor: Actor, at: datetime) -> str:
    """Add a system and return its key, which nobody can read again: 256 random bits."""
    demand(actor, Permission.ADMINISTER)
    key = secrets.token_urlsafe(32)
    db.session.add(ApiClient(name=name, key_digest=_digest(key), active=True, added_by_id=actor.id, added_at=at))

    audit.record(None, EventKind.API_CLIENT_CHANGED, actor=actor, at=at, setting=f"新增接口“{name}”")
    return key


def switch_off(client_id: int, *, actor: Actor, at: datetime) -> str:
    """Refuse the key of a system from now on and return the system's name; raises `NotVisible`."""
    demand(actor, Permission.ADMINISTER)
    row = db.session.get(ApiClient, client_id, with_for_update=True)
    if row is None or not row.active:
        raise NotVisible()
    row.active = False

    audit.record(None, EventKind.API_CLIENT_CHANGED, actor=actor, at=at, setting=f"停用接口“{row.name}”")
    return row.name


def all_of_them() -> Sequence[ApiClient]:
    """Return the systems, the newest first."""
    return db.session.scalars(select(ApiClient).order_by(ApiClient.id.desc()).limit(MOST)).all()


def by_key(key: str) -> ApiClient | None:
    """Return the system that holds this key, `None` for any other key and one that was switched off."""
    return db.session.scalar(select(ApiClient).where(ApiClient.key_digest == _digest(key), ApiClient.active))


def _digest(key: str) -> str:
    return installation.current().vault.digest(key, purpose="api key")
