"""Refusals of a whole page: in words, with the right status, without losing what was typed where that can be helped."""

import logging

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from caseapp.domain.errors import Damaged, DomainError
from caseapp.domain.permissions import NotPermitted, NotVisible

log = logging.getLogger(__name__)
API = "/api/"
API_WORDS = {400: "请求不能识别。", 404: "没有找到。", 405: "这个地址不接受这种请求。", 503: "系统忙，请稍后再试。"}
PAGES = {400, 403, 404, 413, 429, 500, 503}


def page(status: int, words: str = "") -> ResponseReturnValue:
    """Return the page of this status; to a program that asks for data, the same as data."""
    if request.path.startswith(API):
        return jsonify(error={"words": words or API_WORDS.get(status, "没有办成。")}), status
    return render_template(f"errors/{status}.html", words=words), status


def set_up(app: Flask) -> None:
    """Give every refusal its page."""

    @app.errorhandler(NotVisible)
    def not_visible(_refusal: NotVisible) -> ResponseReturnValue:
        return page(404)

    @app.errorhandler(NotPermitted)
    def not_permitted(_refusal: NotPermitted) -> ResponseReturnValue:
        return page(403)

    @app.errorhandler(Damaged)
    def damaged(refusal: Damaged) -> ResponseReturnValue:
        log.error("stored bytes are damaged or missing: %s", request.path)
        return page(500, str(refusal))

    @app.errorhandler(DomainError)
    def refused(refusal: DomainError) -> ResponseReturnValue:
        return page(400, str(refusal))

    @app.errorhandler(CSRFError)
    def stale_token(_error: CSRFError) -> ResponseReturnValue:
        return page(400, "页面打开的时间较长，请返回上一页刷新后再试。")

    @app.errorhandler(OperationalError)
    def database_away(error: OperationalError) -> ResponseReturnValue:
        log.error("the database did not answer: %s", type(error.orig).__name__)
        return page(503)

    @app.errorhandler(HTTPException)
    def refused_by_http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if 300 <= status < 400:
            return error.get_response()
        if request.path.startswith(API):
            answer = current_app.make_response(page(status))
            answer.headers.extend(error.get_response().headers.to_wsgi_list() if status == 405 else [])
            answer.headers["Content-Type"] = "application/json"
            return answer
        return page(status if status in PAGES else 400 if status < 500 else 500)
