"""The first pages: what one can do here, what is needed, and how the pages look."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.articles import GISTS, name_of
from caseapp.services import application_form
from caseapp.web.kit.access import open_to_all
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.targets import own_path
from caseapp.web.public.blueprint import pages

YEAR_SECONDS = 365 * 24 * 3600


@pages.route("/")
@open_to_all
def home() -> ResponseReturnValue:
    return render_template("public/home.html")


@pages.route("/guide")
@open_to_all
def guide() -> ResponseReturnValue:
    return render_template("public/guide.html")


@pages.route("/guide/form.docx")
@open_to_all
def download_form() -> ResponseReturnValue:
    return as_attachment(application_form.blank())


@pages.route("/articles")
@open_to_all
def list_articles() -> ResponseReturnValue:
    articles = [(number, name_of(number), gist) for number, gist in GISTS.items()]
    return render_template("public/list_articles.html", articles=articles)


@pages.route("/accessibility")
@open_to_all
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html")


@pages.route("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html")


@pages.route("/display", methods=["POST"])
@open_to_all
def set_display() -> ResponseReturnValue:
    """Remember elder mode or high contrast in a cookie and go back to the page."""
    answer = redirect(own_path(request.form.get("next", "")) or url_for("public.home"))
    for name in ("elder", "contrast"):
        if name in request.form:
            answer.set_cookie(
                name,
                "1" if request.form[name] == "1" else "",
                max_age=YEAR_SECONDS if request.form[name] == "1" else 0,
                samesite="Lax",
                httponly=True,
            )
    return answer
