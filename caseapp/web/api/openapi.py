"""The description of the interface (OpenAPI 3.0), by hand: what is promised to programs of others."""

from typing import Any

from caseapp.domain.correction import CaseKind
from caseapp.domain.filing import LIMITS, ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.push import ItemChangeKind

KEY = r"^[A-Za-z0-9_-]{16,64}$"


def _text(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "maxLength": most, **({"minLength": least} if least else {})}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _answer(words: str, schema: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


DATE = {"type": "string", "format": "date"}
REFUSALS = {
    "400": _answer("不是 JSON，或者缺少 Idempotency-Key", "Refusal"),
    "401": _answer("没有密钥，或者密钥不对", "Refusal"),
    "415": _answer("内容类型不对", "Refusal"),
    "422": _answer("有一项填写不对，errors 指明是哪一项", "Refusals"),
    "429": _answer("次数过多", "Refusal"),
}
REQUEST = _object(
    {
        "case_kind": {"type": "string", "enum": [kind.value for kind in CaseKind]},
        "kind": {"type": "string", "enum": [kind.value for kind in ApplicantKind]},
        "agent_name": _text(LIMITS["agent_name"]),
        "name": _text(LIMITS["name"], 1),
        "identity_kind": {"type": "string", "enum": [kind.value for kind in IdentityKind]},
        "identity_number": _text(LIMITS["identity_number"]),
        "credit_code": _text(LIMITS["credit_code"]),
        "representative": _text(LIMITS["representative"]),
        "contact_person": _text(LIMITS["contact_person"]),
        "phone": _text(LIMITS["phone"], 1),
        "title": _text(LIMITS["title"]),
        "document_no": _text(LIMITS["document_no"]),
        "description": _text(LIMITS["description"], 1),
        "medium": {"type": "string", "enum": [medium.value for medium in Medium]},
        "way": {"type": "string", "enum": [way.value for way in DeliveryWay]},
        "address": _text(LIMITS["address"]),
        "email": _text(LIMITS["email"]),
        "email_consent": {"type": "string", "enum": ["true"]},
    },
    *("case_kind", "agent_name", "identity_kind", "identity_number", "credit_code", "representative", "contact_person"),
    *("title", "document_no", "medium", "way", "address", "email", "email_consent"),
)
SCHEMAS: dict[str, Any] = {
    "Refusal": _object({"error": _object({"words": {"type": "string"}})}),
    "Refusals": _object(
        {
            "error": _object({"words": {"type": "string"}}),
            "errors": {"type": "array", "items": _object({"field": {"type": "string"}, "words": {"type": "string"}})},
        }
    ),
    "Request": REQUEST,
    "Filed": _object(
        {
            "number": {"type": "string"},
            "query_code": {"type": "string"},
            "received_on": DATE,
            "due_on": {**DATE, "nullable": True},
            "first_time": {"type": "boolean"},
        }
    ),
    "Files": _object(
        {
            "files": {
                "type": "array",
                "items": _object(
                    {"name": {"type": "string"}, "size": {"type": "integer"}, "sha256": {"type": "string"}}
                ),
            },
        }
    ),
    "Following": _object({"number": _text(20, 1), "code": _text(40, 1)}),
    "Paper": _object(
        {
            "number": _text(20, 1),
            "code": _text(40, 1),
            "id": {"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
        }
    ),
    "Progress": _object(
        {
            "number": {"type": "string"},
            "state": {"type": "string"},
            "next": {"type": "string"},
            "received_on": DATE,
            "due_on": {**DATE, "nullable": True},
            "letters": {
                "type": "array",
                "items": _object(
                    {
                        "id": {"type": "integer"},
                        "number": {"type": "string"},
                        "words": {"type": "string"},
                        "issued_on": DATE,
                    }
                ),
            },
            "files": {
                "type": "array",
                "items": _object({"id": {"type": "integer"}, "name": {"type": "string"}}),
            },
        }
    ),
    "Item": _object(
        {
            "id": {"type": "integer"},
            "field": {"type": "string"},
            "kind": {"type": "string"},
            "kind_name": {"type": "string"},
            "department": {"type": "string"},
            "title": {"type": "string"},
            "document_no": {"type": "string"},
            "project_number": {"type": "string"},
            "text": {"type": "string"},
            "made_on": DATE,
            "changed_on": {**DATE, "nullable": True},
            "published_at": {"type": "string", "format": "date-time"},
            "withheld": {"type": "string"},
            "url": {"type": "string"},
            "files": {
                "type": "array",
                "items": _object({"name": {"type": "string"}, "sha256": {"type": "string"}, "url": {"type": "string"}}),
            },
        }
    ),
    "Change": _object(
        {
            "since": {"type": "integer"},
            "change": {"type": "string", "enum": [kind.value for kind in ItemChangeKind]},
            "at": {"type": "string", "format": "date-time"},
            "id": {"type": "integer"},
            "item": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Item"}]},
        }
    ),
    "Items": _object(
        {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
            "next_before": {"type": "integer", "nullable": True},
        }
    ),
}


def _taking(schema: str, *, words: str, answers: dict[str, Any], parameters: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {
        "summary": words,
        "security": [{"key": []}],
        "parameters": list(parameters),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "responses": {**answers, **REFUSALS},
    }


def _paper(words: str) -> dict[str, Any]:
    """Describe an answer in bytes of whatever kind the paper has."""
    handed_out = {"description": "文件本身", "content": {"*/*": {"schema": BYTES}}}
    described = _taking("Paper", words=words, answers={"200": handed_out, "404": NOT_FOUND})
    del described["responses"]["422"]
    return described


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


PLACE = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
BYTES = {"type": "string", "format": "binary"}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": KEY},
}
ABOUT = (
    "提交申请、查询进度和下载文书需要密钥（Authorization: Bearer）；已公开的信息人人可读。"
    "附件先于申请上传，用同一个 Idempotency-Key；申请更正须附证据，受委托提交须附授权委托书。"
)
NOT_FOUND = _answer("没有找到", "Refusal")


def _paths(fields: list[str]) -> dict[str, Any]:
    return {
        "/api/v1/requests": {"post": FILE},
        "/api/v1/requests/files": {"post": ADD_FILE},
        "/api/v1/requests/progress": {"post": FOLLOW},
        "/api/v1/requests/letter": {"post": _paper("已经送达申请人的文书；有盖章扫描件的，给扫描件")},
        "/api/v1/requests/file": {"post": _paper("已经送达的答复所公开的文件")},
        "/api/v1/items": {
            "get": {
                "summary": "已公开的信息，新的在前；next_before 用来取下一页",
                "parameters": [_query("field", {"type": "string", "enum": fields}), _query("before", PLACE)],
                "responses": {
                    "200": _answer("一页", "Items"),
                    "400": _answer("参数不对", "Refusal"),
                    "429": _answer("次数过多", "Refusal"),
                },
            }
        },
        "/api/v1/items/changes": {"get": CHANGES},
        "/api/v1/items/{item_id}": {
            "get": {
                "summary": "一条已公开的信息",
                "parameters": [{"name": "item_id", "in": "path", "required": True, "schema": PLACE}],
                "responses": {
                    "200": _answer("信息", "Item"),
                    "404": NOT_FOUND,
                    "429": _answer("次数过多", "Refusal"),
                },
            }
        },
    }


CHANGES: dict[str, Any] = {
    "summary": "公开、修改、撤下的先后；since 是上一次的 X-Next-Since，从 0 开始，没有新的变化时不变",
    "parameters": [
        _query("since", {"type": "integer", "minimum": 0, "maximum": LARGEST_ID}),
        _query("format", {"type": "string", "enum": ["jsonl", "csv"]}),
    ],
    "responses": {
        "200": {
            "description": "每行一个 Change；csv 时第一行是列名。同一条信息以现在的内容出现",
            "headers": {"X-Next-Since": {"schema": {"type": "integer"}}},
            "content": {
                "application/x-ndjson": {"schema": {"type": "string"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        },
        "400": _answer("参数不对", "Refusal"),
        "429": _answer("次数过多", "Refusal"),
    },
}
FILE = _taking(
    "Request",
    words="提交一份公开申请；同一个 Idempotency-Key 只登记一次",
    answers={"200": _answer("已经登记过，还是那一份", "Filed"), "201": _answer("已登记", "Filed")},
    parameters=(IDEMPOTENCY,),
)
ADD_FILE: dict[str, Any] = {
    "summary": "为随后用同一个 Idempotency-Key 提交的申请上传一个附件；传两次只留一份，一天内不提交即删除",
    "security": [{"key": []}],
    "parameters": [IDEMPOTENCY],
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": _object({"file": BYTES})}},
    },
    "responses": {
        "200": _answer("已经有这个文件", "Files"),
        "201": _answer("已收下；列出这份申请的全部附件", "Files"),
        "409": _answer("这份申请已经登记", "Refusal"),
        "413": _answer("太大", "Refusal"),
        **REFUSALS,
    },
}
FOLLOW = _taking(
    "Following",
    words="凭申请编号和查询码查询进度",
    answers={"200": _answer("进度", "Progress"), "404": NOT_FOUND},
)


def description(*, office: str, fields: list[str]) -> dict[str, Any]:
    """Return the description of the interface as this office offers it."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"{office}依申请公开接口",
            "version": "1",
            "description": ABOUT,
        },
        "paths": _paths(fields),
        "components": {"schemas": SCHEMAS, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }
