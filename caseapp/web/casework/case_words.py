"""What the page of a case says: facts, clocks, next acts, papers and history, each ready to be set."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseapp.domain.correction import CaseKind
from caseapp.domain.deadlines import ClockState, Deadline
from caseapp.domain.extension import EXTENSION_WORDS
from caseapp.domain.letter_paper import PAPER_WORDS
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.lifecycle import ACTION_WORDS, STATUS_WORDS, Action
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import OUTCOMES
from caseapp.domain.replies import REPLY_WORDS
from caseapp.services import correction_transfers, letter_papers, letter_pdfs, published_copies
from caseapp.services.audit import Entry
from caseapp.services.case_pages import CasePage, ShownCase, ShownLetter
from caseapp.services.letters import excerpt
from caseapp.web.casework import (
    consultation_words,
    dispute_words,
    fee_words,
    publication_words,
    receipt_words,
    split_words,
    supplement_words,
)
from caseapp.web.kit.addresses import address
from caseapp.web.kit.date_changes import date_changes

Rows = list[tuple[str, str]]
NO_PERIOD = "第四十一条没有规定更正的期限"
SET = "由复议决定、裁判确定，不延长、不顺延"

# Several acts are done on one page: the page decides which.
PAGES_OF_ACTS: dict[Action, tuple[str, str]] = {
    Action.APPROVE_EXTENSION: ("supervision.decide_extension", "审批延期"),
    Action.REFUSE_EXTENSION: ("supervision.decide_extension", "审批延期"),
    Action.ISSUE_REPLY: ("supervision.decide_reply", "审批答复"),
    Action.RETURN_REPLY: ("supervision.decide_reply", "审批答复"),
    Action.DELIVER: ("casework.deliver_reply", ACTION_WORDS[Action.DELIVER]),
    Action.NOTIFY_EXTENSION: ("casework.notify_extension", ACTION_WORDS[Action.NOTIFY_EXTENSION]),
    Action.ASK_SUPPLEMENT: ("casework.ask_supplement", ACTION_WORDS[Action.ASK_SUPPLEMENT]),
    Action.NOTIFY_SUPPLEMENT: ("casework.notify_supplement", ACTION_WORDS[Action.NOTIFY_SUPPLEMENT]),
    Action.TAKE_SUPPLEMENT: ("casework.take_supplement", ACTION_WORDS[Action.TAKE_SUPPLEMENT]),
    Action.LAPSE: ("casework.lapse_supplement", ACTION_WORDS[Action.LAPSE]),
    Action.APPROVE_FEE: ("supervision.decide_fee", "审批收费"),
    Action.REFUSE_FEE: ("supervision.decide_fee", "审批收费"),
    **{
        action: (f"casework.{action.value}", ACTION_WORDS[action])
        for action in (
            Action.PROPOSE_FEE,
            Action.RECORD_FEE_DELIVERY,
            Action.RECORD_PAYMENT,
            Action.CANCEL_FEE,
            Action.CLOSE_UNPAID,
            Action.ASK_REASONS,
            Action.RECORD_REASONS,
            Action.JUDGE_REASONS,
            Action.REVIEW_WITHHELD,
            Action.DECIDE_PUBLICATION,
            Action.RECORD_DISPUTE,
            Action.DECIDE_DISPUTE,
        )
    },
    Action.SPLIT: ("casework.split_case", ACTION_WORDS[Action.SPLIT]),
    Action.REOPEN: ("casework.reopen_case", ACTION_WORDS[Action.REOPEN]),
    Action.WITHDRAW: ("casework.withdraw_case", ACTION_WORDS[Action.WITHDRAW]),
    Action.OPEN_CONSULTATION: ("casework.open_consultation", "征求第三方或者其他机关意见"),
    Action.RECORD_CONSULTATION_DELIVERY: ("casework.list_consultations", "办理征求意见"),
    Action.CLOSE_CONSULTATION: ("casework.list_consultations", "办理征求意见"),
    Action.JUDGE_CONSULTATION: ("casework.list_consultations", "办理征求意见"),
    Action.NOTIFY_THIRD_PARTY: ("casework.list_consultations", "办理征求意见"),
    Action.ASSIGN: ("casework.assign_case", ACTION_WORDS[Action.ASSIGN]),
    Action.DRAFT_REPLY: ("casework.choose_outcome", "起草答复"),
    Action.SUBMIT_REPLY: ("casework.choose_outcome", "起草答复"),
    Action.PROPOSE_EXTENSION: ("casework.propose_extension", ACTION_WORDS[Action.PROPOSE_EXTENSION]),
    Action.CONFIRM_RECEIPT: ("casework.confirm_receipt", ACTION_WORDS[Action.CONFIRM_RECEIPT]),
    Action.LOG_CONTACT: ("casework.log_contact", ACTION_WORDS[Action.LOG_CONTACT]),
    Action.PROPOSE_RECEIPT_CHANGE: (
        "casework.propose_receipt_change",
        ACTION_WORDS[Action.PROPOSE_RECEIPT_CHANGE],
    ),
    Action.APPROVE_RECEIPT_CHANGE: ("supervision.decide_receipt_change", "审批收到日期的更改"),
    Action.REFUSE_RECEIPT_CHANGE: ("supervision.decide_receipt_change", "审批收到日期的更改"),
    Action.VOID_LETTER: ("casework.void_letter", ACTION_WORDS[Action.VOID_LETTER]),
    Action.TRANSFER: ("casework.transfer_case", ACTION_WORDS[Action.TRANSFER]),
    Action.RETURN_TO_CLERK: ("casework.return_case", ACTION_WORDS[Action.RETURN_TO_CLERK]),
}


@dataclass(frozen=True)
class Step:
    """A button of the next acts."""

    words: str
    url: str


def page(shown: CasePage, *, identity: str = "") -> dict[str, object]:
    """Return everything that the page shows; `identity` is the full number, where it has just been asked for."""
    case = shown.case
    return {
        "case": case,
        "shown": shown,
        "title": case.title or excerpt(case.description),
        "status_words": _status(shown),
        "steps": _steps(shown),
        "rare_steps": [Step(words, _page(shown, end)) for end, words in _pages_of(shown.acts.rare).items()],
        "obstacles": [(PAGES_OF_ACTS[obstacle.actions[0]][1], obstacle.words) for obstacle in shown.acts.obstacles],
        "asked": _asked(shown),
        "applicant": _applicant(shown),
        "identity": identity,
        "files": _files(shown),
        "clocks": [
            _clock("承诺期限", shown.clocks.local, case),
            _clock("法定期限", shown.clocks.statutory, case),
        ],
        "date_changes": date_changes(shown.date_changes),
        "routing": _routing(shown),
        "receipt": receipt_words.rows(case, late=shown.receipt_late),
        "attempts": receipt_words.attempts(shown.attempts),
        "receipt_changes": [receipt_words.change_rows(change) for change in shown.receipt_changes],
        "consultations": consultation_words.entries(case, shown.consultations),
        "extension": _extension(shown),
        "supplements": supplement_words.notices(shown.supplements, notice_due=shown.clocks.local.supplement_notice_due),
        "fee": fee_words.fee_rows(shown.fee),
        "reasons": fee_words.reasons_rows(shown.reasons),
        "filing": split_words.shown(shown.filing),
        "afterwards": publication_words.rows(shown.reviews, shown.publications),
        "disputes": [dispute_words.rows(dispute) for dispute in shown.disputes],
        "reply": _reply(shown),
        "letters": _letters(shown),
        "entries": [_entry(entry) for entry in shown.history],
    }


def _files(shown: CasePage) -> list[dict[str, object]]:
    return [
        {"name": row.original_name, "size": row.size, "url": _url(shown, "download_attachment", attachment_id=row.id)}
        for row in shown.attachments
    ]


def _url(shown: CasePage, view: str, **values: object) -> str:
    return address(f"casework.{view}", case_id=shown.case.id, **values)


def _steps(shown: CasePage) -> list[Step]:
    """Return one button for each page that does a possible act, the most pressing first."""
    pages = _pages_of(shown.acts.possible)
    steps = {endpoint: Step(words, _page(shown, endpoint)) for endpoint, words in pages.items()}
    if shown.reply and "casework.choose_outcome" in steps:
        continued = _url(shown, "draft_reply", outcome=shown.reply.outcome.value)
        steps["casework.choose_outcome"] = Step("继续起草答复", continued)
    if shown.can_answer_on_the_spot:
        return [*steps.values(), Step("当场答复", _url(shown, "answer_on_the_spot"))]
    return list(steps.values())


def _pages_of(actions: Iterable[Action]) -> dict[str, str]:
    return dict(PAGES_OF_ACTS[action] for action in actions)


def _page(shown: CasePage, endpoint: str) -> str:
    return address(endpoint, case_id=shown.case.id)


def _status(shown: CasePage) -> str:
    """Return where the case stands; of a case that ended without an answer, also how."""
    words = STATUS_WORDS[shown.case.status]
    if shown.case.closed_on and shown.case.outcome:
        words += f"：{OUTCOMES[shown.case.outcome].label}（{chinese_date(shown.case.closed_on)}）"
    return words


def _asked(shown: CasePage) -> Rows:
    case = shown.case
    case_kind = [("申请事项", case.case_kind.label)] if case.case_kind is CaseKind.CORRECTION else []
    return [
        *case_kind,
        ("信息名称", case.title),
        ("文号", case.document_no),
        ("描述", case.description),
        ("形式与获取方式", f"{case.medium.label}，{case.delivery_way.label}"),
    ]


def _applicant(shown: CasePage) -> Rows:
    """Return who asks: contact only for those whose work it is; the number masked for everybody."""
    applicant = shown.case.applicant
    rows = [("申请人", shown.applicant), ("类型", applicant.kind.label)]
    if not shown.sees_identity:
        return rows
    document = applicant.identity_kind.label if applicant.identity_kind else "统一社会信用代码"
    rows = [("申请人", applicant.name), ("类型", applicant.kind.label), (document, applicant.identity_masked)]
    more = [
        ("法定代表人（负责人）", applicant.representative),
        ("联系人", applicant.contact_person),
        ("代理人", applicant.agent_name),
        ("联系电话", applicant.phone),
        ("通信地址", applicant.address),
        ("电子邮箱", f"{applicant.email}（同意用电子邮件送达）" if applicant.email else ""),
    ]
    return rows + [(label, value) for label, value in more if value]


def _clock(words: str, clock: Deadline, case: ShownCase) -> dict[str, object]:
    """Return one clock: its date, the rules behind it, and the days that were counted."""
    return {
        "words": words,
        "due_on": clock.answer_due,
        "provisional": clock.provisional,
        "safe_on": clock.safe_due if clock.safe_due != clock.answer_due else None,
        "projected": clock.state is ClockState.SUSPENDED,
        "days": None if clock.is_set else clock.rule_set.answer_days + clock.extended_days,
        "rule": _rule(clock, case),
        "lines": clock.ledger,
    }


def _rule(clock: Deadline, case: ShownCase) -> str:
    if clock.is_set:
        return SET
    rule = f"{clock.rule_set.title}，{'、'.join(clock.rule_set.articles)}"
    return f"{NO_PERIOD}（参照{rule}）" if case.case_kind is CaseKind.CORRECTION else rule


def _routing(shown: CasePage) -> Rows:
    case = shown.case
    rows = [
        ("承办部门", case.department.name if case.department else "尚未分派"),
        ("分派依据", case.routing_note),
        ("可能的部门", "、".join(shown.candidates)),
    ]
    if case.proposed_outside:
        rows.append(("建议", "按“不属于本机关”答复"))
    return [(label, value) for label, value in rows if value]


def _extension(shown: CasePage) -> Rows:
    extension = shown.extension
    if extension is None:
        return []
    decided = extension.decided_by.name if extension.decided_by else ""
    rows = [
        ("状态", EXTENSION_WORDS[extension.status]),
        ("延长", f"{extension.working_days} 个工作日"),
        ("理由", extension.reason),
        ("提出人", extension.proposed_by.name),
        ("负责人", decided),
        ("未同意的理由", extension.refusal),
        ("同意日期", chinese_date(extension.approved_on) if extension.approved_on else ""),
        ("告知日期", chinese_date(extension.notified_on) if extension.notified_on else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _reply(shown: CasePage) -> dict[str, object] | None:
    reply = shown.reply
    if reply is None:
        return None
    return {
        "rows": [
            ("状态", REPLY_WORDS[reply.status]),
            ("答复类型", OUTCOMES[reply.outcome].label),
            ("起草人", reply.drafted_by.name),
        ],
        "returned": reply.returned_reason if not reply.issued_at else "",
        "preview_url": "" if reply.issued_at else _url(shown, "show_letter_preview"),
        "copy_url": address("casework.add_item", case=shown.case.id) if _may_copy(shown) else "",
        "files": shown.reply_files,
    }


def _may_copy(shown: CasePage) -> bool:
    return shown.may_work and published_copies.can_be_copied(shown.case)


def _letters(shown: CasePage) -> list[dict[str, object]]:
    pdfs = letter_pdfs.are_made()
    return [
        {
            "words": LETTERS[letter.kind].label,
            "number": letter.number,
            "dated_on": letter.dated_on,
            "url": _url(shown, "download_letter", letter_id=letter.id),
            "pdf_url": _url(shown, "download_letter_as_pdf", letter_id=letter.id) if pdfs else "",
            "delivery": letter.delivery,
            "voided": letter.voided,
            **_beside(shown, letter),
            "is_transfer": letter.kind is LetterKind.CORRECTION_TRANSFER,
            "to_applicant": LETTERS[letter.kind].to_applicant,
        }
        for letter in shown.letters
    ]


def _beside(shown: CasePage, letter: ShownLetter) -> dict[str, object]:
    """Return what is kept beside a letter, and the ways to keep more."""
    may, letter_id = shown.may_deliver, letter.id
    transfer_waits = correction_transfers.waits(letter)
    return {
        "papers": [
            {
                "words": PAPER_WORDS[paper.kind],
                "name": paper.original_name,
                "url": _url(shown, "download_letter_paper", paper_id=paper.id),
            }
            for paper in shown.letter_papers
            if paper.letter_id == letter_id
        ],
        "failures": [letter_papers.words_of(row) for row in shown.failures if row.letter_id == letter_id],
        "keep_url": _url(shown, "keep_letter_paper", letter_id=letter_id) if may else "",
        "transfer_url": _url(shown, "record_transfer_delivery", letter_id=letter.id) if may and transfer_waits else "",
        "failure_url": _url(shown, "record_failed_delivery", letter_id=letter_id) if may else "",
    }


def _entry(entry: Entry) -> dict[str, object]:
    note = " · ".join(f"{label}：{value}" for label, value in entry.details)
    return {"at": entry.at, "words": entry.words, "by": entry.actor, "note": note}
