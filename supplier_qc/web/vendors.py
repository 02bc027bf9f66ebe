"""Vendors: organisations with their roles, sites and contacts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from supplier_qc.domain.catalogue import ContactFunction, OrganisationRole, label
from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import vendors as queries
from supplier_qc.queries.deliveries import latest_of_vendor
from supplier_qc.queries.distributor_items import list_of_distributor
from supplier_qc.queries.duplicates import list_similar
from supplier_qc.queries.evidence import list_evidence_of_vendor
from supplier_qc.queries.evidence_requests import list_evidence_requests
from supplier_qc.queries.vendor_timeline import vendor_timeline
from supplier_qc.queries.vendors import VendorFilter, VendorRow
from supplier_qc.services import vendors as services
from supplier_qc.services.vendors import (
    ContactDraft,
    OrganisationDraft,
    SiteDraft,
    VendorNameTaken,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    choice_field,
    country_field,
    filter_field,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("vendors", __name__, url_prefix="/vendors")


class VendorFilterForm(FilterForm):
    q = SearchField("Name or country")
    role = filter_field("Role", OrganisationRole, everything="All roles")
    country = SelectField("Country")
    with_retired = BooleanField("Retired too")


class VendorForm(FlaskForm):
    name = StringField("Name", [DataRequired("Type the name."), Length(max=200)])
    roles = SelectMultipleField(
        "Roles",
        [DataRequired("Choose at least one role.")],
        choices=[SelectChoice(role.value, label(role)) for role in OrganisationRole],
        description="Only the sites of manufacturers and blood establishments can make an item.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    website = URLField("Website", [Length(max=200)], description="Begins with https://.")
    note = TextAreaField("Note", [Length(max=10_000)], render_kw={"rows": 3})


class NewVendorForm(VendorForm):
    is_another = BooleanField("None of these: it is another vendor")


class EditVendorForm(VendorForm):
    version = version_field()
    reason = reason_field()


class SiteForm(FlaskForm):
    name = StringField("Site", [DataRequired("Type the site's name."), Length(max=200)])
    address = TextAreaField(
        "Address", [DataRequired("Type the address."), Length(max=1_000)], render_kw={"rows": 3}
    )
    country = country_field()


class EditSiteForm(SiteForm):
    version = version_field()
    reason = reason_field()


class ContactForm(FlaskForm):
    full_name = StringField("Full name", [DataRequired("Type the name."), Length(max=200)])
    function = choice_field("Function", ContactFunction)
    email = EmailField("Mail address", [Length(max=254)])
    phone = TelField("Phone", [Length(max=60)])


class EditContactForm(ContactForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = VendorFilterForm(formdata=request.args)
    countries = queries.list_countries_with_sites(context.reading())
    form.country.choices = [
        SelectChoice("", "All countries"),
        *(SelectChoice(code, name) for code, name in countries),
    ]
    wanted = VendorFilter(
        (form.q.data or "").strip(),
        form.role.data,
        form.country.data or None,
        with_retired=form.with_retired.data,
    )
    found = queries.list_vendors(
        context.reading(),
        wanted,
        context.today(),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "vendors/index.html", form=form, found=found, is_filtered=wanted != VendorFilter()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new() -> ResponseReturnValue:
    form = NewVendorForm()
    page = "vendors/edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=None, taken_id=None, similar=())
    similar = list_similar(context.reading(), form.name.data)
    taken = any(compared(row.name) == compared(form.name.data) for row in similar)
    if similar and not taken and not form.is_another.data:
        refusal = Refused("A vendor of a similar name is there already. Is it this one?")
        return refused_page(page, form, refusal, vendor=None, taken_id=None, similar=similar)
    try:
        vendor_id = services.add_organisation(
            context.sessions(), _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        taken_id = _taken_id(refusal)
        return refused_page(page, form, refusal, vendor=None, taken_id=taken_id, similar=similar)
    flash("The vendor is added. Next, add the site that makes or ships its items.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor_id))


@blueprint.get("/<int:vendor_id>")
@requires(Permission.READ_RECORDS)
def detail(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    if vendor.merged_into_id is not None:
        flash(f"{vendor.name} was merged into this vendor.")
        return redirect(url_for("vendors.detail", vendor_id=vendor.merged_into_id))
    return render_template(
        "vendors/detail.html",
        vendor=vendor,
        items=queries.list_items_of_vendor(context.reading(), vendor_id),
        packs=list_of_distributor(context.reading(), vendor_id),
        similar=list_similar(context.reading(), vendor.name, except_id=vendor_id),
        evidence=list_evidence_of_vendor(context.reading(), vendor_id, context.today()),
        deliveries=latest_of_vendor(context.reading(), vendor_id, context.today()),
        requests=list_evidence_requests(
            context.reading(), context.today(), open_only=True, vendor_id=vendor_id
        ),
        entries=queries.list_entries_about_vendor(context.reading(), vendor),
        events=vendor_timeline(context.reading(), vendor_id),
        record_url=record_url,
    )


@blueprint.route("/<int:vendor_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = EditVendorForm(obj=vendor)
    page = "vendors/edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, taken_id=None, similar=())
    try:
        services.change_organisation(
            context.sessions(),
            vendor_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        taken_id = _taken_id(refusal)
        return refused_page(page, form, refusal, vendor=vendor, taken_id=taken_id, similar=())
    flash("The vendor is saved.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor_id))


@blueprint.route("/<int:vendor_id>/sites/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new_site(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = SiteForm()
    page = "vendors/site.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, site=None)
    try:
        services.add_site(
            context.sessions(),
            vendor_id,
            _site_draft(form),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor, site=None)
    flash("The site is added.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor_id))


@blueprint.route("/sites/<int:site_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit_site(site_id: int) -> ResponseReturnValue:
    site = queries.get_site(context.reading(), site_id)
    if site is None:
        raise NotFound("Site", site_id)
    vendor = _vendor(site.organisation_id)
    form = EditSiteForm(obj=site)
    page = "vendors/site.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, site=site)
    try:
        services.change_site(
            context.sessions(),
            site_id,
            _site_draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor, site=site)
    flash("The site is saved.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor.id))


@blueprint.route("/<int:vendor_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new_contact(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = ContactForm()
    page = "vendors/contact.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, contact=None)
    try:
        services.add_contact(
            context.sessions(),
            vendor_id,
            _contact_draft(form),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor, contact=None)
    flash("The contact is added.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor_id))


@blueprint.route("/contacts/<int:contact_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit_contact(contact_id: int) -> ResponseReturnValue:
    contact = queries.get_contact(context.reading(), contact_id)
    if contact is None:
        raise NotFound("Contact", contact_id)
    vendor = _vendor(contact.organisation_id)
    form = EditContactForm(obj=contact)
    page = "vendors/contact.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, contact=contact)
    try:
        services.change_contact(
            context.sessions(),
            contact_id,
            _contact_draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor, contact=contact)
    flash("The contact is saved.", "success")
    return redirect(url_for("vendors.detail", vendor_id=vendor.id))


def _vendor(vendor_id: int) -> VendorRow:
    vendor = queries.get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _taken_id(refusal: Refused) -> int | None:
    """The vendor that holds the name already, for a link to it."""
    return refusal.vendor_id if isinstance(refusal, VendorNameTaken) else None


def _draft(form: VendorForm) -> OrganisationDraft:
    roles = frozenset(OrganisationRole(value) for value in form.roles.data or ())
    return OrganisationDraft(form.name.data, roles, form.website.data, form.note.data)


def _site_draft(form: SiteForm) -> SiteDraft:
    return SiteDraft(form.name.data, form.address.data, form.country.data)


def _contact_draft(form: ContactForm) -> ContactDraft:
    return ContactDraft(form.full_name.data, form.function.data, form.email.data, form.phone.data)
