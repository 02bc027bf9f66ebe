"""The choice of authority, use and sources that tables of the dossier share."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.origin.vocabulary import Authority, words
from supplier_qc.queries.dossier_records import DossierScope

_AUTHORITIES = [authority for authority in Authority if authority is not Authority.WOAH]


class ScopeForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False

    authority = SelectField(
        "Target authority", choices=[SelectChoice(one.value, words(one)) for one in _AUTHORITIES]
    )
    use = SelectField("Use", choices=[SelectChoice(one.value, label(one)) for one in UseScope])
    include_not_approved = BooleanField("List proposed sources too")

    @classmethod
    def of_request(cls) -> "ScopeForm":
        """What the address asks for; EU and phase 1/2 where it asks for nothing that exists."""
        form = cls(request.args)
        if form.authority.data not in {one.value for one in _AUTHORITIES}:
            form.authority.data = Authority.EU.value
        if form.use.data not in set(UseScope):
            form.use.data = UseScope.PHASE_1_2.value
        return form

    @property
    def scope(self) -> DossierScope:
        return DossierScope(
            authority=Authority(self.authority.data),
            use=UseScope(self.use.data),
            include_not_approved=self.include_not_approved.data,
        )
