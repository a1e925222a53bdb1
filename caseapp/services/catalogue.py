"""The kinds of the catalogue of proactive disclosure: loaded from a file, then kept by an administrator."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.catalogue import CODE, LIMITS, KindBroken, KindUnknown
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import ItemKind
from caseapp.services import audit, routing_table

FILE = Path(__file__).parent.parent / "data" / "catalogue.json"
TEXTS = {"name": 80, "content": 3000, "way": 200, "supervision": 200, "number_label": 40}
ShownKind = ItemKind


def load(path: Path = FILE) -> int:
    """Put the kinds of a file where there are none of their code yet; return how many were added.

    Raises `KindBroken` naming the entry at fault; nothing is added then.
    """
    try:
        given = json.loads(path.read_text("utf-8"))["kinds"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise KindBroken(line=0, why="文件不是目录的格式（JSON，含 kinds）") from None
    known = set(db.session.scalars(select(ItemKind.code)))
    rows = [_row(entry, line) for line, entry in enumerate(given if isinstance(given, list) else [], start=1)]
    fresh = [row for row in rows if row.code not in known]
    codes = [row.code for row in rows]
    if len(set(codes)) != len(codes):
        raise KindBroken(line=len(codes), why="代码重复")
    db.session.add_all(fresh)
    return len(fresh)


def _row(entry: Mapping[str, object], line: int) -> ItemKind:
    if not isinstance(entry, dict):
        raise KindBroken(line=line, why="应为一个对象")
    code, days = str(entry.get("code", "")), entry.get("days")
    if not CODE.fullmatch(code):
        raise KindBroken(line=line, why=f"代码“{code}”应为小写字母、数字和短横线")
    if entry.get("field") not in routing_table.current().field_names:
        raise KindBroken(line=line, why=f"没有领域“{entry.get('field')}”")
    if days not in LIMITS:
        raise KindBroken(line=line, why="公开期限应为 7 或者 20 个工作日")
    texts = {name: str(entry.get(name, "")) for name in TEXTS}
    too_long = next((name for name, most in TEXTS.items() if len(texts[name]) > most), None)
    if too_long or not texts["name"]:
        raise KindBroken(line=line, why=f"“{too_long or 'name'}”太长或者没有填写")
    return ItemKind(code=code, field_code=str(entry["field"]), days=days, active=True, **texts)


def kinds(*, active_only: bool = True) -> Sequence[ItemKind]:
    """Return the kinds in the order of the catalogue."""
    query = select(ItemKind).order_by(ItemKind.id)
    return db.session.scalars(query.where(ItemKind.active) if active_only else query).all()


def kind_of(code: str) -> ItemKind:
    """Return the kind of this code; raises `KindUnknown` also for one that is not used any more."""
    found = db.session.scalar(select(ItemKind).where(ItemKind.code == code, ItemKind.active))
    if found is None:
        raise KindUnknown()
    return found


def get(code: str) -> ItemKind | None:
    """Return the kind of this code, used or not."""
    return db.session.scalar(select(ItemKind).where(ItemKind.code == code))


@dataclass(frozen=True, kw_only=True)
class KindFacts:
    """What an administrator writes of a kind; its code and its field stay."""

    name: str
    content: str
    days: int
    way: str
    supervision: str
    number_label: str
    active: bool


def change(code: str, facts: KindFacts, *, actor: Actor, at: datetime) -> None:
    """Change a kind; what was published under it stays. Raises `NotPermitted` or `KindUnknown`."""
    demand(actor, Permission.ADMINISTER)
    row = db.session.scalar(select(ItemKind).where(ItemKind.code == code).with_for_update())
    if row is None or facts.days not in LIMITS:
        raise KindUnknown()
    for name in (*TEXTS, "days", "active"):
        setattr(row, name, getattr(facts, name))

    audit.record(
        None, EventKind.CATALOGUE_CHANGED, actor=actor, at=at, setting=f"{facts.name}（{facts.days} 个工作日）"
    )
