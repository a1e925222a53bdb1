"""登记: the window's page for what came on paper, by fax or by word of mouth; then its receipt, then the next one."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission
from caseapp.domain.receipt import ARRIVAL_MEANINGS
from caseapp.services import drafts, intake, registration
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.registration_forms import RegistrationForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import choices
from caseapp.web.kit.receipts import receipt as receipt_words

KEY = "registered"  # the newest registration of this person: its receipt can be printed until the next


@pages.route("/register", methods=["GET", "POST"])
@requires(Permission.REGISTER_CASE)
@checks_its_own_token
def register_case() -> ResponseReturnValue:
    form = RegistrationForm(arrived_on=clock.today(), **_as_before())
    form.channel.choices = choices((one.value, one.label) for one in registration.open_channels())
    if request.method == "GET":
        form.filing_key.data = drafts.new_key()
    if form.validate_on_submit() and _registered(form):
        session[KEY] = form.filing_key.data
        return redirect(url_for(".show_registration"))
    return render_template("casework/register_case.html", form=form, meanings=ARRIVAL_MEANINGS)


@pages.route("/register/receipt")
@requires(Permission.REGISTER_CASE)
def show_registration() -> ResponseReturnValue:
    filed = intake.filed_with(session.get(KEY, ""))
    if filed is None:
        return redirect(url_for(".register_case"))
    case, code = filed
    return render_template(
        "casework/show_registration.html",
        case=case,
        missing=registration.missing(case),
        **receipt_words(case, code, today=clock.today()),
    )


def _as_before() -> dict[str, str]:
    """Return the channel that the link to the next one carries along."""
    channel = request.args.get("channel", "")
    return {"channel": channel} if channel in {one.value for one in registration.open_channels()} else {}


def _registered(form: RegistrationForm) -> bool:
    """Register in one transaction; a refusal stands at its field and keeps nothing."""
    key, now = str(form.filing_key.data), clock.now()
    try:
        with transaction():
            registration.register(key, form.incoming, actor=current_actor(), at=now)
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True
