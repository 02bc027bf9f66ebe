"""One checksum over everything a recorded conclusion rests on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields

from supplier_qc.domain.origin.as_json import facts_to_json, to_json
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import Assessment


def fingerprint(components: Sequence[OriginComponent], assessment: Assessment) -> str:
    """SHA-256, hexadecimal, of the facts and of what was concluded from which rows.

    The day of the assessment is left out: assessing again on another day gives another value
    only when the conclusion, its reasons or the rows behind them are others.
    """
    concluded = {
        field.name: to_json(getattr(assessment, field.name))
        for field in fields(assessment)
        if field.name != "on"
    }
    facts = sorted((facts_to_json(component) for component in components), key=repr)
    text = json.dumps([facts, concluded], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
