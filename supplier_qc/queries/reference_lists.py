"""The regulatory lists that assessments are made with."""

from functools import cache

from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.persistence.reference_files import read_reference_lists


@cache
def reference_lists() -> ReferenceLists:
    """The lists in force here; read once a process, since the files come with the product."""
    return read_reference_lists()
