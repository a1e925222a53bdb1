"""What is kept beside an issued letter: a sealed scan, a proof of delivery, a delivery that failed."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letter_paper import PAPER_WORDS, PaperKind
from caseapp.domain.letters import LETTERS
from caseapp.domain.permissions import Permission
from caseapp.services import cases, correction_transfers, letter_papers
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.letter_paper_forms import FailedDeliveryForm, LetterPaperForm, TransferDeliveryForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, ActForm, done
from caseapp.web.kit.downloads import as_attachment

ONE_LETTER = "<int(max=2147483647):letter_id>"
ONE_PAPER = "<int(max=2147483647):paper_id>"


@pages.route(f"{ONE_CASE}/letters/{ONE_LETTER}/papers", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def keep_letter_paper(case_id: int, letter_id: int) -> ResponseReturnValue:
    letter = letter_papers.get_letter(case_id, letter_id, actor=current_actor())
    form = LetterPaperForm()
    if form.validate_on_submit():
        kind = PaperKind(form.kind.data)
        uploaded = form.file.data
        upload = letter_papers.Upload(kind=kind, name=uploaded.filename or "", content=uploaded.read())
        if done(form, case_id, _added(partial(letter_papers.keep, upload=upload, letter_id=letter_id))):
            flash(f"已存入 {letter.number} 的{PAPER_WORDS[kind]}。")
            return redirect(url_for(".show_case", case_id=case_id))
    return _page("casework/keep_letter_paper.html", case_id, letter_id, form)


@pages.route(f"{ONE_CASE}/letters/{ONE_LETTER}/failures", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def record_failed_delivery(case_id: int, letter_id: int) -> ResponseReturnValue:
    letter = letter_papers.get_letter(case_id, letter_id, actor=current_actor())
    form = FailedDeliveryForm(on=clock.today())
    if form.validate_on_submit():
        failure = letter_papers.Failure(
            way=DeliveryWay(form.way.data),
            on=form.on.data,
            tracking_number=form.tracking_number.data,
            reason=form.reason.data,
        )
        if done(form, case_id, _added(partial(letter_papers.record_failure, failure=failure, letter_id=letter_id))):
            flash(f"已登记 {letter.number} 未能送达。")
            return redirect(url_for(".show_case", case_id=case_id))
    return _page("casework/record_failed_delivery.html", case_id, letter_id, form)


@pages.route(f"{ONE_CASE}/letters/{ONE_LETTER}/delivery", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def record_transfer_delivery(case_id: int, letter_id: int) -> ResponseReturnValue:
    letter = letter_papers.get_letter(case_id, letter_id, actor=current_actor())
    form = TransferDeliveryForm(on=clock.today())
    if request.method == "GET" and not correction_transfers.waits(letter):
        flash(str(correction_transfers.NoTransferWaits()), "warning")
        return redirect(url_for(".show_case", case_id=case_id))
    if form.validate_on_submit():
        record = partial(
            correction_transfers.record_delivery,
            letter_id=letter_id,
            way=DeliveryWay(form.way.data),
            on=form.on.data,
            tracking_number=form.tracking_number.data,
        )
        if done(form, case_id, _added(record)):
            flash(f"已登记 {letter.number} 送达。")
            return redirect(url_for(".show_case", case_id=case_id))
    return _page("casework/record_transfer_delivery.html", case_id, letter_id, form)


@pages.route(f"{ONE_CASE}/papers/{ONE_PAPER}")
@requires(Permission.READ_CASE)
def download_letter_paper(case_id: int, paper_id: int) -> ResponseReturnValue:
    return as_attachment(letter_papers.open_for_staff(case_id, paper_id, actor=current_actor()))


def _page(template: str, case_id: int, letter_id: int, form: ActForm) -> str:
    actor = current_actor()
    letter = letter_papers.get_letter(case_id, letter_id, actor=actor)
    case = cases.get(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    return render_template(template, case=case, form=form, letter=letter, words=LETTERS[letter.kind].label)


def _added(act: Callable[..., object]) -> Callable[..., object]:
    """Return the act as `done` calls it: what is only added beside a letter needs no version of its case."""

    def added(case_id: int, *, version: int, **common: object) -> object:
        return act(case_id, **common)

    return added
