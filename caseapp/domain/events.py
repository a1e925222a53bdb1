"""Kinds of log line, and the chain that makes a changed or missing line visible."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

CHAIN_START = "0" * 64


class EventKind(StrEnum):
    """What happened, one kind an act."""

    FILED = "filed"
    RECEIPT_CONFIRMED = "receipt_confirmed"
    CONTACT_TRIED = "contact_tried"
    RECEIPT_CHANGE_PROPOSED = "receipt_change_proposed"
    RECEIPT_CHANGE_APPROVED = "receipt_change_approved"
    RECEIPT_CHANGE_REFUSED = "receipt_change_refused"
    ASSIGNED = "assigned"
    RETURNED_TO_CLERK = "returned_to_clerk"
    TRANSFERRED = "transferred"
    REPLY_DRAFTED = "reply_drafted"
    REPLY_FILES_CHANGED = "reply_files_changed"
    REPLY_SUBMITTED = "reply_submitted"
    ANSWERED_ON_THE_SPOT = "answered_on_the_spot"
    REPLY_RETURNED = "reply_returned"
    REPLY_ISSUED = "reply_issued"
    DELIVERED = "delivered"
    LETTER_VOIDED = "letter_voided"
    LETTER_PAPER_KEPT = "letter_paper_kept"
    TRANSFER_DELIVERED = "transfer_delivered"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_TO_OTHERS_FAILED = "delivery_to_others_failed"  # never shown to the applicant (R64)
    EXTENSION_PROPOSED = "extension_proposed"
    EXTENSION_APPROVED = "extension_approved"
    EXTENSION_REFUSED = "extension_refused"
    EXTENSION_NOTIFIED = "extension_notified"
    CONSULTATION_OPENED = "consultation_opened"
    CONSULTATION_DELIVERED = "consultation_delivered"
    CONSULTATION_TOLD = "consultation_told"
    CONSULTATION_CLOSED = "consultation_closed"
    CONSULTATION_LAPSED = "consultation_lapsed"
    CONSULTATION_JUDGED = "consultation_judged"
    THIRD_PARTY_NOTICE_ISSUED = "third_party_notice_issued"
    THIRD_PARTY_NOTIFIED = "third_party_notified"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENT_NOTIFIED = "supplement_notified"
    SUPPLEMENT_TAKEN = "supplement_taken"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    FEE_PROPOSED = "fee_proposed"
    FEE_APPROVED = "fee_approved"
    FEE_REFUSED = "fee_refused"
    FEE_DELIVERED = "fee_delivered"
    FEE_PAID = "fee_paid"
    FEE_CANCELLED = "fee_cancelled"
    UNPAID = "unpaid"
    REASONS_ASKED = "reasons_asked"
    REASONS_RECORDED = "reasons_recorded"
    REASONS_JUDGED = "reasons_judged"
    SPLIT = "split"
    WITHHELD_REVIEWED = "withheld_reviewed"
    PUBLICATION_DECIDED = "publication_decided"
    DISPUTE_RECORDED = "dispute_recorded"
    DISPUTE_DECIDED = "dispute_decided"
    REOPENED = "reopened"
    CASE_FILE_TAKEN = "case_file_taken"
    IDENTITY_SHOWN = "identity_shown"
    REPORT_PUBLISHED = "report_published"
    REPORT_WRITTEN = "report_written"
    YEAR_FROZEN = "year_frozen"
    NOTICE_SENT_AGAIN = "notice_sent_again"
    NOTICE_GIVEN_UP = "notice_given_up"
    ITEM_DRAFTED = "item_drafted"
    ITEM_CHANGED = "item_changed"
    ITEM_PUBLISHED = "item_published"
    ITEM_REVIEWED = "item_reviewed"
    ITEM_WITHDRAWN = "item_withdrawn"
    SCORE_ADJUSTED = "score_adjusted"
    CASE_DRAWN = "case_drawn"
    CASE_CHECKED = "case_checked"
    API_CLIENT_CHANGED = "api_client_changed"
    CATALOGUE_CHANGED = "catalogue_changed"
    CALENDAR_CHANGED = "calendar_changed"
    ROUTING_CHANGED = "routing_changed"
    PERSON_CHANGED = "person_changed"
    DEPARTMENT_CHANGED = "department_changed"
    WORDING_PROPOSED = "wording_proposed"
    WORDING_APPROVED = "wording_approved"
    WORDING_REFUSED = "wording_refused"


EVENT_WORDS = {
    EventKind.FILED: "收到申请并登记",
    EventKind.RECEIPT_CONFIRMED: "双方确认收到申请",
    EventKind.CONTACT_TRIED: "联系申请人，未能确认",
    EventKind.RECEIPT_CHANGE_PROPOSED: "申请更改收到日期",
    EventKind.RECEIPT_CHANGE_APPROVED: "同意更改收到日期",
    EventKind.RECEIPT_CHANGE_REFUSED: "未同意更改收到日期",
    EventKind.ASSIGNED: "分派",
    EventKind.RETURNED_TO_CLERK: "退回受理窗口",
    EventKind.TRANSFERRED: "转交其他部门办理，收到申请之日不变",
    EventKind.REPLY_DRAFTED: "保存答复草稿",
    EventKind.REPLY_FILES_CHANGED: "增删随答复提供的文件",
    EventKind.REPLY_SUBMITTED: "答复送审",
    EventKind.ANSWERED_ON_THE_SPOT: "当场答复，改为当面领取",
    EventKind.REPLY_RETURNED: "答复退回修改",
    EventKind.REPLY_ISSUED: "签发答复书",
    EventKind.DELIVERED: "送达申请人",
    EventKind.LETTER_VOIDED: "作废答复书，重新办理答复",
    EventKind.LETTER_PAPER_KEPT: "存入盖章件、送达凭证",
    EventKind.TRANSFER_DELIVERED: "更正申请转送函送达",
    EventKind.DELIVERY_FAILED: "未能送达",
    EventKind.DELIVERY_TO_OTHERS_FAILED: "给第三方或者其他机关的文书未能送达",
    EventKind.EXTENSION_PROPOSED: "申请延长答复期限",
    EventKind.EXTENSION_APPROVED: "同意延长答复期限",
    EventKind.EXTENSION_REFUSED: "未同意延长答复期限",
    EventKind.EXTENSION_NOTIFIED: "延期告知申请人",
    EventKind.CONSULTATION_OPENED: "发出征求意见书",
    EventKind.CONSULTATION_DELIVERED: "征求意见书送达",
    EventKind.CONSULTATION_TOLD: "征求意见一事告知申请人",
    EventKind.CONSULTATION_CLOSED: "收到所征求的意见",
    EventKind.CONSULTATION_LAPSED: "征求意见的答复期限届满，未收到意见",
    EventKind.CONSULTATION_JUDGED: "判断所征求的意见",
    EventKind.THIRD_PARTY_NOTICE_ISSUED: "签发给第三方的公开决定告知书",
    EventKind.THIRD_PARTY_NOTIFIED: "公开决定告知书送达第三方",
    EventKind.SUPPLEMENT_ASKED: "告知补正",
    EventKind.SUPPLEMENT_NOTIFIED: "补正告知书送达申请人",
    EventKind.SUPPLEMENT_TAKEN: "收到补正材料，重新计算期限",
    EventKind.LAPSED: "逾期不补正，不再处理",
    EventKind.WITHDRAWN: "申请人撤回申请",
    EventKind.FEE_PROPOSED: "申请收取信息处理费",
    EventKind.FEE_APPROVED: "签发收费通知书",
    EventKind.FEE_REFUSED: "未同意收费",
    EventKind.FEE_DELIVERED: "收费通知书送达申请人",
    EventKind.FEE_PAID: "申请人缴费，重新计算期限",
    EventKind.FEE_CANCELLED: "撤销收费",
    EventKind.UNPAID: "逾期未缴费，不再处理",
    EventKind.REASONS_ASKED: "要求申请人说明理由",
    EventKind.REASONS_RECORDED: "登记申请人说明的理由",
    EventKind.REASONS_JUDGED: "判断理由是否成立",
    EventKind.SPLIT: "一份申请分为几份办理，收到申请之日不变",
    EventKind.WITHHELD_REVIEWED: "年度复查不予公开的信息",
    EventKind.PUBLICATION_DECIDED: "决定是否转为主动公开",
    EventKind.DISPUTE_RECORDED: "登记行政复议、行政诉讼",
    EventKind.DISPUTE_DECIDED: "登记复议、诉讼结果",
    EventKind.REOPENED: "按复议决定、裁判重新办理，期限重新计算",
    EventKind.CASE_FILE_TAKEN: "下载整卷",
    EventKind.IDENTITY_SHOWN: "查看完整证件号码",
    EventKind.REPORT_PUBLISHED: "登记年度报告公布",
    EventKind.REPORT_WRITTEN: "编写年度报告",
    EventKind.YEAR_FROZEN: "冻结年度结转",
    EventKind.NOTICE_SENT_AGAIN: "再次发送通知",
    EventKind.NOTICE_GIVEN_UP: "不再发送通知",
    EventKind.ITEM_DRAFTED: "登记主动公开信息",
    EventKind.ITEM_CHANGED: "修改主动公开信息",
    EventKind.ITEM_PUBLISHED: "公开信息",
    EventKind.ITEM_REVIEWED: "年度复查主动公开信息中不予公开的部分",
    EventKind.ITEM_WITHDRAWN: "撤下已公开的信息",
    EventKind.SCORE_ADJUSTED: "考核加减分",
    EventKind.CASE_DRAWN: "抽中抽查",
    EventKind.CASE_CHECKED: "登记抽查结果",
    EventKind.API_CLIENT_CHANGED: "修改接口账号",
    EventKind.CATALOGUE_CHANGED: "修改主动公开目录",
    EventKind.CALENDAR_CHANGED: "修改工作日历",
    EventKind.ROUTING_CHANGED: "修改分派规则",
    EventKind.PERSON_CHANGED: "修改人员账号",
    EventKind.DEPARTMENT_CHANGED: "修改部门资料",
    EventKind.WORDING_PROPOSED: "提出修改文书模板",
    EventKind.WORDING_APPROVED: "同意修改文书模板",
    EventKind.WORDING_REFUSED: "未同意修改文书模板",
}

# What an applicant does himself, online; anything else without a person is done by the system.
BY_APPLICANT = frozenset({EventKind.FILED, EventKind.SUPPLEMENT_TAKEN, EventKind.WITHDRAWN})

# What each fact of an event is called when the history is read aloud; a fact without a word is not shown.
FACT_WORDS = {
    "channel": "申请渠道",
    "arrived_on": "到达日期",
    "confirmed_on": "确认日期",
    "old_on": "原收到日期",
    "new_on": "新的收到日期",
    "note": "情况",
    "from_department": "原承办部门",
    "department": "部门",
    "received_on": "收到申请之日",
    "reason": "理由",
    "working_days": "延长工作日数",
    "due_on": "答复期限",
    "reply_by": "补正期限",
    "old_due_on": "原答复期限",
    "override": "逾期或者再次告知的理由",
    "party": "征求对象",
    "position": "意见",
    "judgement": "判断",
    "public_interest": "公共利益的考虑",
    "letter_number": "文号",
    "way": "方式",
    "on": "日期",
    "amount": "金额（元）",
    "pay_by": "缴费期限",
    "answer_by": "说明理由的期限",
    "delayed_until": "告知的延迟答复日期",
    "paper": "财政票据号",
    "tracking_number": "邮件号",
    "proof": "送达凭证",
    "outcome": "答复类型",
    "setting": "事项",
    "file": "文件",
    "dispute": "途径",
    "place": "公开的地方",
    "parts": "分为",
    "body": "复议机关或者法院",
    "docket": "案号",
    "result": "结果",
    "decided_on": "决定、裁判日期",
    "decision_no": "决定、裁判文号",
    "summary": "主要内容",
    "effective_on": "重新办理起算之日",
    "earlier_outcome": "原答复类型",
}


def link(previous: str, *, position: int, kind: str, case_id: int | None, actor_id: int | None, at: datetime,
         facts: Mapping[str, object]) -> str:  # fmt: skip
    """Return the hex SHA-256 that ties one event to the one before it; moments in UTC, to the microsecond."""
    body = json.dumps(
        [previous, position, kind, case_id, actor_id, at.astimezone(UTC).isoformat(timespec="microseconds"), facts],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()
