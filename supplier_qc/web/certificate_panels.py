"""What stands above the rows of a certificate: a re-issue, one lot of several, another paper."""

from dataclasses import dataclass
from typing import Any

from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.document_kinds import KindAdvice, kind_advice
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.queries.certificate_reissues import ReissueReview, get_reissue_review
from supplier_qc.queries.certificate_review import CertificateReview
from supplier_qc.queries.lot_parts import LotPartsReview, get_lot_parts
from supplier_qc.queries.statements import get_statement_of_certificate
from supplier_qc.queries.vendor_choices import list_vendor_choices
from supplier_qc.web import context
from supplier_qc.web.certificate_forms import ConfirmForm, FilingForm, ReissueConfirmForm


@dataclass(frozen=True, slots=True)
class Intake:
    """Whether it is a re-issue, which lot of its file, and where it belongs if it is none.

    `statement_id` is the statement of origin that was made of the paper.
    """

    reissue: ReissueReview
    parts: LotPartsReview
    advice: KindAdvice | None
    may_be_filed: bool
    statement_id: int | None


def intake_of(review: CertificateReview) -> Intake:
    """What the certificate is beside its rows."""
    certificate_id = review.id
    reissue = get_reissue_review(context.reading(), certificate_id, context.today())
    parts = get_lot_parts(context.reading(), certificate_id)
    if reissue is None or parts is None:
        raise NotFound("Certificate", certificate_id)
    advice = kind_advice(review.document_kind)
    may_be_filed = (
        context.actor().may(Permission.EDIT_CATALOGUE)
        and advice is not None
        and advice.evidence_kind is not None
    )
    statement_id = get_statement_of_certificate(context.reading(), certificate_id)
    return Intake(reissue, parts, advice, may_be_filed, statement_id)


def confirm_form(intake: Intake, **values: Any) -> ConfirmForm:
    """Taking the place of another certificate is signed, so that form asks for the password."""
    form = ReissueConfirmForm if intake.reissue.replaces_id else ConfirmForm
    return form(**values)


def filing_form(review: CertificateReview, **values: Any) -> FilingForm:
    form = FilingForm(**values)
    vendors = list_vendor_choices(context.reading()) if kind_advice(review.document_kind) else []
    form.vendor.choices = [
        SelectChoice("", "Choose the vendor"),
        *(SelectChoice(str(number), name) for number, name in vendors),
    ]
    return form


def filing_proposal(review: CertificateReview) -> dict[str, str]:
    return {"vendor": str(review.vendor_id or ""), "title": review.filename.removesuffix(".pdf")}
