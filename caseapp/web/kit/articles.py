"""依据: the article behind an act, as a link to what it asks for."""

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from caseapp.domain.articles import BY_NAME, NAMED

# The pages of acts, and the articles that each applies.
BASIS = {
    "casework.assign_case": "第四十五条",
    "casework.assign_cases": "第四十五条",
    "casework.return_case": "第四十五条",
    "casework.confirm_receipt": "第三十一条",
    "casework.log_contact": "第三十一条",
    "casework.propose_receipt_change": "第三十一条",
    "casework.register_case": "第二十九条、第三十一条",
    "casework.ask_supplement": "第三十条",
    "casework.notify_supplement": "第三十条",
    "casework.take_supplement": "第三十条",
    "casework.lapse_supplement": "第三十条",
    "casework.list_consultations": "第三十二条、第三十四条",
    "casework.open_consultation": "第三十二条、第三十四条",
    "casework.deliver_question": "第三十二条、第三十四条",
    "casework.take_opinion": "第三十二条、第三十四条",
    "casework.judge_opinion": "第十五条、第三十二条",
    "casework.tell_third_party": "第三十二条",
    "casework.propose_extension": "第三十三条",
    "casework.notify_extension": "第三十三条",
    "casework.choose_outcome": "第三十六条",
    "casework.draft_reply": "第三十六条、第三十七条",
    "casework.deliver_reply": "第三十三条、第四十条",
    "casework.answer_on_the_spot": "第三十三条",
    "casework.propose_fee": "第四十二条",
    "casework.record_fee_delivery": "第四十二条",
    "casework.record_payment": "第四十二条",
    "casework.cancel_fee": "第四十二条",
    "casework.close_unpaid": "第四十二条",
    "casework.ask_reasons": "第三十五条",
    "casework.record_reasons": "第三十五条",
    "casework.judge_reasons": "第三十五条",
    "casework.split_case": "第二十九条、第三十条",
    "casework.transfer_case": "第三十六条、第四十五条",
    "casework.withdraw_case": "第四十五条",
    "casework.void_letter": "第四十五条",
    "casework.keep_letter_paper": "第四十五条",
    "casework.record_failed_delivery": "第四十条、第四十五条",
    "casework.record_transfer_delivery": "第四十一条",
    "casework.review_withheld": "第十八条",
    "casework.decide_publication": "第四十四条",
    "casework.record_dispute": "第五十一条",
    "casework.decide_dispute": "第五十一条",
    "casework.reopen_case": "第五十一条",
    "casework.review_item": "第十八条",
    "supervision.decide_extension": "第三十三条",
    "supervision.decide_reply": "第十七条、第三十六条",
    "supervision.decide_fee": "第四十二条",
    "supervision.decide_receipt_change": "第三十一条",
}


def linked(words: str) -> Markup:
    """Return the text with each article that the product applies as a link to what it asks for."""
    parts, end = [], 0
    for found in NAMED.finditer(words):
        number = BY_NAME.get(found[0])
        if number is None:
            continue
        address = url_for("public.list_articles", _anchor=f"article-{number}")
        parts += [escape(words[end : found.start()]), Markup('<a href="{}">{}</a>').format(address, found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(words[end:])])


def basis() -> str:
    """Return the articles behind the page that is being drawn, "" where it is no act."""
    return BASIS.get(request.endpoint or "", "")


def register(app: Flask) -> None:
    """Give both to the templates of `app`."""
    app.add_template_filter(linked, "with_articles")
    app.add_template_global(basis, "basis")
