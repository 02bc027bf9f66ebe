"""Check a file of structured results before it is sent; nothing of it is kept."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from supplier_qc.domain.people import Permission
from supplier_qc.domain.uploads import LARGEST_STRUCTURED_BYTES, shown_filename
from supplier_qc.extraction.structured_results import Checked, check_structured
from supplier_qc.web.access import requires
from supplier_qc.web.certificates import blueprint


class CheckForm(FlaskForm):
    file = FileField(
        "File of results",
        [FileRequired("Choose a file.")],
        render_kw={"accept": ".json,.xml,.csv"},
    )


@blueprint.get("/check")
@requires(Permission.READ_RECORDS)
def check() -> ResponseReturnValue:
    return _page(CheckForm(formdata=None))


@blueprint.post("/check")
@requires(Permission.READ_RECORDS)
def check_file() -> ResponseReturnValue:
    form = CheckForm()
    if not form.validate_on_submit():
        return _page(form), 422
    content = form.file.data.read(LARGEST_STRUCTURED_BYTES + 1)
    if len(content) > LARGEST_STRUCTURED_BYTES:
        form.file.errors = [f"The file is larger than {LARGEST_STRUCTURED_BYTES // 2**20} MB."]
        return _page(form), 422
    return _page(form, shown_filename(form.file.data.filename or ""), check_structured(content))


def _page(form: CheckForm, name: str = "", checked: Checked | None = None) -> str:
    return render_template("certificates/check.html", form=form, name=name, checked=checked)
