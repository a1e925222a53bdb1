"""Published information of the demonstration office: one project from its announcement to its contract, and a draft."""

from datetime import date, datetime, timedelta

from caseapp.domain.catalogue import WithheldGround
from caseapp.domain.permissions import Actor
from caseapp.services import items
from caseapp.services.items import Facts

NUMBER = "示范地2026-07号"
BODY = "示范区新城大街以东、示范河以北地块，面积 3.2 公顷，用途为城镇住宅，出让年限 70 年。"
PROJECT = (
    ("land-notice", "示范地2026-07号地块国有建设用地使用权出让公告", 60),
    ("land-deal", "示范地2026-07号地块国有建设用地使用权成交公示", 30),
    ("land-supply", "示范地2026-07号地块国有建设用地供应结果", 10),
)


def play(actor: Actor, *, today: date, at: datetime) -> None:
    """Publish the papers of one project, and leave one item to be published."""
    for kind, title, days in PROJECT:
        item_id = items.add(_facts(kind, title, today - timedelta(days=days)), actor=actor, at=at)
        items.publish(item_id, version=1, actor=actor, at=at)
    items.add(_facts("land-plan", "示范区年度国有建设用地供应计划", today - timedelta(days=5)), actor=actor, at=at)


def _facts(kind: str, title: str, made_on: date) -> Facts:
    return Facts(
        kind=kind,
        title=title,
        document_no="",
        project_number=NUMBER,
        body=BODY,
        made_on=made_on,
        changed_on=None,
        ground=WithheldGround.NOTHING,
        withheld="",
        reviewed_by="审查人某",
    )
