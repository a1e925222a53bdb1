"""Following a request: number and query code by POST only, then one case for the length of a visit."""

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.services import splitting, throttle, tracking
from caseapp.web.kit.access import address, checks_its_own_token, open_to_all
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.public import kept_answers, progress_words
from caseapp.web.public.blueprint import pages
from caseapp.web.public.forms import TrackForm

TRACKED = "tracked_case"
MINUTES = 30


@pages.route("/track", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def track() -> ResponseReturnValue:
    form = TrackForm(number=request.args.get("number", "")[:20]) if request.method == "GET" else TrackForm()
    if form.validate_on_submit():
        subjects = {"address": address()}
        try:
            with transaction():
                throttle.count(throttle.TRACKING, subjects, at=clock.now())
            case_id = tracking.open_case(**form.answers)
        except DomainError as refusal:
            form.show(refusal)
        else:
            session[TRACKED] = {"case": case_id, "until": clock.now().timestamp() + MINUTES * 60}
            return redirect(url_for(kept_answers.resume(form.kept.data or "", case_id) or "public.tracked_case"))
    return render_template("public/track.html", form=form)


@pages.route("/track/case")
@open_to_all
def tracked_case() -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        return redirect(url_for("public.track"))
    case = tracking.case_for_applicant(case_id)
    return render_template("public/track_case.html", **progress_words.page(case, today=clock.today()))


@pages.route("/track/part", methods=["POST"])
@open_to_all
def track_part() -> ResponseReturnValue:
    """Go on to another case of the same filing: whoever may see one part may see them all."""
    case_id = tracked_id()
    if case_id is None:
        return redirect(url_for("public.track"))
    case = tracking.case_for_applicant(case_id)
    session[TRACKED] = session[TRACKED] | {"case": splitting.sibling(case, request.form.get("number", "")[:20])}
    return redirect(url_for("public.tracked_case"))


@pages.route("/track/letters/<int(max=2147483647):letter_id>")
@open_to_all
def download_letter(letter_id: int) -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        abort(404)
    return as_attachment(tracking.download(case_id, letter_id))


@pages.route("/track/files/<int(max=2147483647):file_id>")
@open_to_all
def download_reply_file(file_id: int) -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        abort(404)
    return as_attachment(tracking.download_file(case_id, file_id))


@pages.route("/track/end", methods=["POST"])
@open_to_all
def end_tracking() -> ResponseReturnValue:
    session.pop(TRACKED, None)
    kept_answers.forget()
    return redirect(url_for("public.track"))


def tracked_id() -> int | None:
    """Return the case of this visit, until half an hour has passed."""
    opened = session.get(TRACKED)
    if not isinstance(opened, dict) or opened.get("until", 0) < clock.now().timestamp():
        return None
    return int(opened["case"])
