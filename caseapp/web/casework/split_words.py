"""What the page of a case says of the filing that it is a part of."""

from caseapp.services.splitting import Filing


def shown(filing: Filing | None) -> dict[str, object] | None:
    """Return the cases of the same filing and what was filed, `None` for a case that is a filing by itself."""
    if filing is None:
        return None
    rows = [
        ("信息名称", filing.split.title),
        ("文号", filing.split.document_no),
        ("描述", filing.split.description),
        ("分案的理由", filing.split.reason),
    ]
    return {"cases": filing.cases, "rows": [(label, value) for label, value in rows if value]}
