"""Every route × every role, written out by hand; what is not listed is refused, and refused without effect."""

import hashlib
import re
from contextvars import Context
from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.domain.letters import LetterKind
from caseapp.models import Attachment, CaseCheck, Department, Letter, Person, RoutingTerm
from caseapp.services import wordings
from caseapp.services.demonstration import PASSWORD
from tests.makers import RECEIVED, VAGUE, moment
from tests.pages.rights_table import ENTER, NOBODY, PEOPLE, WORKBENCH

NOON = moment(date(2026, 3, 4), 12)
PDF = b"%PDF-1.4"
FILES = {"static", "bootstrap.static"}
# For everybody, and yet empty-handed without a draft or a visit: no page, but nothing that is forbidden either.
EMPTY_HANDED = {
    *("public.show_project", "supervision.judge_warning"),  # without a number, without a warning
    *("public.receipt", "public.download_letter", "public.download_reply_file"),
    *(
        "supervision.list_counted_cases",
        "supervision.list_measured_cases",
        "supervision.list_overseen_cases",
        "supervision.list_counted_disputes",
    ),  # without a cell
}
NOT_THERE = {
    "file_id",
    "consultation_id",
    "notice_id",
    "paper_id",
    "item_id",
    "client_id",
    "list_id",
    "target_id",
    "push_id",
}  # what no case of this office has: not found by those who may look
# No sign-in opens these: another system's key does.
BY_KEY = {"api.file_request", "api.follow_request", "api.add_file", "api.read_file", "api.read_letter"}
OTHERS_CASE = 404  # officer2 is of another department: for him the case does not exist
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class Visitor:
    """One person with a session of his own; every request runs in a context of its own, as on a server."""

    def __init__(self, app, name):
        self.app, self.name, self.client = app, name, app.test_client()
        if name != NOBODY:
            token = self.token(self.get("/staff/sign-in"))
            entered = self.post("/staff/sign-in", csrf_token=token, sign_in_name=name, password=PASSWORD)
            assert entered.status_code == 302

    def get(self, path, **options):
        return self._ask(self.client.get, path, **options)

    def post(self, path, **data):
        return self._ask(self.client.post, path, data=data)

    def _ask(self, method, path, **options):
        def asked():
            with clock.stopped_at(NOON), method(path, **options) as answer:
                answer.get_data()
                return answer

        return Context().run(asked)

    def token(self, page=None):
        """Return a good token of this session."""
        page = page or self.get("/staff/sign-in")
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


@pytest.fixture
def office(app, maker):
    """Two departments' cases with papers and files, and ids for every address."""
    own = maker.issued(maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED), on=RECEIVED)
    other = maker.issued(maker.case(received_on=RECEIVED), on=RECEIVED)
    maker.case(received_on=RECEIVED, description=VAGUE)
    with transaction():
        files = app.extensions["caseapp"].files
        for case in (own, other):
            db.session.add(_file(case.id, files.keep(PDF)))
    ids = {
        "case_id": maker.case(received_on=RECEIVED).id,
        "outcome": "disclosed",
        "kind": "registration",
        "place": "registration",
        "letter_kind": "receipt",
        "wording_id": _proposed(maker),
        "filename": "caseapp.css",
    }
    with transaction():
        auditor = maker.actor("auditor").id
        db.session.add(CaseCheck(case_id=ids["case_id"], drawn_by_id=auditor, drawn_at=NOON))
    ids["person_id"] = db.session.scalar(select(Person.id).where(Person.sign_in_name == "auditor"))
    ids["department_id"] = db.session.scalar(select(func.min(Department.id)))
    ids |= {"year": 2026, "form": "json", "day": "2026-03-04", "field": "land", "kind_code": "land-plan"}
    ids["term_id"] = db.session.scalar(select(func.min(RoutingTerm.id)))
    for name, table in (("attachment_id", Attachment), ("letter_id", Letter)):
        first = select(func.min(table.id))
        ids[name] = db.session.scalar(first.where(table.case_id == own.id))
        ids[f"other_{name}"] = db.session.scalar(first.where(table.case_id == other.id))
    ids |= dict.fromkeys((*NOT_THERE, "item_file_id"), 1) | {"client_id": 999}
    ids |= {"with_papers": own.id, "other_with_papers": other.id}
    db.session.rollback()
    return ids


def _proposed(maker):
    """Let the administrator propose other words for a letter that no test here issues."""
    text = wordings.original(LetterKind.PUBLICATION).replace("特此告知", "现特此告知")
    with transaction():
        return wordings.propose(LetterKind.PUBLICATION, text, actor=maker.actor("admin"), at=NOON).id


def _file(case_id, stored_name):
    return Attachment(
        case_id=case_id,
        stored_name=stored_name,
        original_name="证明.pdf",
        media_type="application/pdf",
        size=8,
        sha256=hashlib.sha256(PDF).hexdigest(),
        uploaded_at=NOON,
    )


def rules(app, *, unsafe):
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint in ENTER and bool(rule.methods & UNSAFE if unsafe else "GET" in rule.methods):
            yield rule


def path_of(app, rule, ids, **other):
    values = {name: (ids | other)[name] for name in rule.arguments}
    if "attachment_id" in values or "letter_id" in values:
        values |= {"case_id": other.get("case_id", ids["with_papers"])} if "case_id" in rule.arguments else {}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods)))


def everything(app) -> dict[str, int]:
    """Return how many rows each table holds, and what the rows that acts change say."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    counts = (select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in tables)
    counted = dict(db.session.execute(select(*counts)).one()._mapping)  # all tables in one statement
    counted.pop("attempts")
    counted.pop("presences")  # who looks at a form is no act
    states = [tuple(row) for row in db.session.execute(select(Person.id, Person.signed_version, Person.active))]
    versions = [tuple(row) for row in db.session.execute(db.text("SELECT id, version, status FROM cases ORDER BY id"))]
    db.session.rollback()
    return counted | {"people now": sorted(states), "cases now": versions}


def test_the_table_names_every_route_and_no_other(app):
    routed = {rule.endpoint for rule in app.url_map.iter_rules()} - FILES
    assert routed == set(ENTER)
    for rule in app.url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule


@pytest.mark.parametrize("name", PEOPLE)
def test_each_person_opens_the_pages_listed_and_no_other_and_reading_changes_nothing(app, office, name):
    visitor = Visitor(app, name)
    before = everything(app)
    for rule in rules(app, unsafe=False):
        path = path_of(app, rule, office)
        answer = visitor.get(path)
        where = f"{name} {path}: {answer.status_code}"
        assert answer.status_code < 500, where
        if name in ENTER[rule.endpoint]:
            empty = rule.endpoint in EMPTY_HANDED or rule.arguments & NOT_THERE
            wanted = {404} if empty else {200, 302}
            assert answer.status_code in wanted, where
            assert "/staff/sign-in" not in answer.headers.get("Location", ""), where
        elif name == NOBODY:
            assert answer.status_code == 302, where
            assert answer.headers["Location"].startswith("/staff/sign-in?next="), where
        else:
            refused = name in WORKBENCH and name == "officer2" and "officer" in ENTER[rule.endpoint]
            assert answer.status_code == (OTHERS_CASE if refused else 403), where
            assert "返回首页" in answer.text, where
        assert_safe_headers(answer, where)
    assert everything(app) == before


def assert_safe_headers(answer, where):
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["X-Frame-Options"] == "DENY", where
    assert headers["Referrer-Policy"] == "same-origin", where
    assert "default-src 'none'" in headers["Content-Security-Policy"], where
    assert "unsafe" not in headers["Content-Security-Policy"], where
    assert headers["Cache-Control"] == "no-store", where


@pytest.mark.parametrize("name", PEOPLE)
def test_without_a_token_nothing_is_done_by_anybody(app, office, name):
    visitor, somebody_elses = Visitor(app, name), Visitor(app, NOBODY).token()
    before = everything(app)
    for rule in rules(app, unsafe=True):
        path = path_of(app, rule, office)
        for token in (None, "forged", somebody_elses):
            fields = FIELDS | ({"csrf_token": token} if token else {})
            answer = visitor.post(path, **fields)
            where = f"{name} {path}: {answer.status_code}"
            assert answer.status_code in {200, 302, 400, 401, 403, 404}, where
            if answer.status_code == 302:  # a page that cannot be begun leads away; it never says that it is done
                assert rule.endpoint in LEADS_AWAY, where
            elif answer.status_code == 200 and rule.endpoint not in NO_VISIT:
                assert "请再提交一次" in answer.text or "页面打开的时间较长" in answer.text, where
            assert_safe_headers(answer, where)
    assert everything(app) == before


# Enough for most forms to be complete, were it not for the token.
FIELDS = {
    "version": "1",
    "reason": "理由。", "department": "zhujian", "working_days": "5", "shown_days": "5", "step": "confirm",
    "decision": "approve", "name": "某人", "password": "long-enough-1", "roles": "auditor", "sign_in_name": "somebody",
    "kind": "person", "representation": "self", "identity_kind": "passport", "identity_number": "E00000000",
    "phone": "0431-00000000", "description": "所需信息", "medium": "electronic", "way": "online", "act": "submit",
    "given": "备案表", "reviewed_by": "某人", "on": "2026-03-04", "weight": "3", "field_code": "", "term": "某词",
}  # fmt: skip
LEADS_AWAY = {
    *("public.apply_check", "casework.assign_cases", "casework.write_progress", "casework.show_letter_preview"),
    "admin.take_back_day",
}
# Without a visit to a request these lead to the page where its number and code are asked for.
NO_VISIT = {
    "public.answer_supplement", "public.upload_supplement_file", "public.remove_supplement_file",
    "public.withdraw_request",
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_with_a_good_token_only_those_listed_get_past_the_door(app, office, name):
    visitor, before = Visitor(app, name), everything(app)
    both_change_the_visitor = ("account.sign_in", "account.sign_out")
    doors = [rule for rule in rules(app, unsafe=True) if rule.endpoint not in both_change_the_visitor]
    for rule in (rule for rule in doors if name not in ENTER[rule.endpoint]):
        answer = visitor.post(path_of(app, rule, office), csrf_token=visitor.token(), **FIELDS)
        where = f"{name} {rule}: {answer.status_code}"
        if name == NOBODY:
            assert answer.status_code == 401, where
            assert "登录已结束" in answer.text, where
        else:
            of_others = name == "officer2" and "officer" in ENTER[rule.endpoint]
            assert answer.status_code == (OTHERS_CASE if of_others else 403), where
    assert everything(app) == before, f"one of the closed doors let {name} change something"
    for rule in (rule for rule in doors if name in ENTER[rule.endpoint]):
        answer = visitor.post(path_of(app, rule, office), csrf_token=visitor.token(), **FIELDS)
        where = f"{name} {rule}: {answer.status_code}"
        empty = rule.arguments & NOT_THERE or rule.endpoint == "supervision.judge_warning"  # no warning is named
        wanted = {404} if empty else {200, 302, 400}
        assert answer.status_code in ({401} if rule.endpoint in BY_KEY else wanted), where


def test_a_view_without_a_declaration_is_refused(app):
    def forgotten():
        return "open to whoever finds it"

    app._got_first_request, kept = False, app._got_first_request
    try:
        if "forgotten" not in app.view_functions:
            app.add_url_rule("/forgotten", "forgotten", forgotten, methods=["GET", "POST"])
        for name in (NOBODY, "admin"):
            visitor = Visitor(app, name)
            assert visitor.get("/forgotten").status_code == 403
            assert visitor.post("/forgotten", csrf_token=visitor.token()).status_code == 403
    finally:
        app._got_first_request = kept
        for rule in list(app.url_map.iter_rules("forgotten")):
            app.url_map._rules.remove(rule)
        app.url_map._rules_by_endpoint.pop("forgotten", None)
        app.view_functions.pop("forgotten", None)


CASE_ROUTES = [endpoint for endpoint in ENTER if endpoint.startswith(("casework.", "supervision."))]


@pytest.mark.parametrize("name", ["officer", "officer2", "clerk", "head", "admin"])
def test_unknown_and_huge_ids_are_not_found_and_break_nothing(app, office, name):
    visitor = Visitor(app, name)
    token = visitor.token()
    for number in (0, 2**31 - 1, 2**31, 10**30) if name == "officer" else (2**31 - 1, 2**31):
        for rule in app.url_map.iter_rules():
            numbers = {argument for argument in rule.arguments if argument.endswith("_id")}
            if not numbers or rule.endpoint in FILES:
                continue
            path = re.sub(r"<int[^>]*>", str(number), rule.rule).replace("<outcome>", "disclosed")
            answers = [visitor.get(path)] if "GET" in rule.methods else []
            answers += [visitor.post(path, csrf_token=token, **FIELDS)] if "POST" in rule.methods else []
            for answer in answers:
                where = f"{name} {path}: {answer.status_code}"
                allowed = {404, 403} if number < 2**31 else {404}
                if rule.endpoint == "admin.deactivate_person" and number < 2**31:
                    allowed = {302, 403, 404}
                if rule.endpoint.startswith("public.remove_") and number < 2**31:
                    allowed = {302, 200, 404}  # the page on which there is nothing to take away
                assert answer.status_code in allowed, where


def test_another_cases_file_or_letter_is_not_found_even_where_both_may_be_read(app, office):
    for name in ("officer", "clerk", "head", "auditor"):
        visitor = Visitor(app, name)
        for kind, id_name in (("attachments", "attachment_id"), ("letters", "letter_id")):
            swapped = f"/cases/{office['with_papers']}/{kind}/{office[f'other_{id_name}']}"
            assert visitor.get(swapped).status_code == 404, (name, swapped)
        letter = f"/cases/{office['with_papers']}/letters/{office['letter_id']}"
        assert visitor.get(letter).status_code == 200, (name, letter)


@pytest.mark.parametrize(("path", "status", "words"), [
    ("/no-such-page", 404, "没有找到"),
    ("/cases/1/letters/x", 404, "没有找到"),
    ("/staff/sign-out", 400, ""),
    ("/admin/", 403, "没有查看此页的权限"),
])  # fmt: skip
def test_refusals_are_pages_in_chinese(app, path, status, words):
    answer = Visitor(app, "officer").get(path)
    assert answer.status_code == status
    assert 'lang="zh-CN"' in answer.text
    assert words in answer.text
    assert not re.search(r"Not Found|Forbidden|Bad Request|Method Not Allowed|werkzeug", answer.text)
    assert_safe_headers(answer, path)
