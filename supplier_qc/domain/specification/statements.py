"""Words that state conformity without data, and words that state absence."""

import re

from supplier_qc.domain.measurement.characters import folded

_CONFORMS = re.compile(
    r"^(?:(?:test |all tests? )?(?:pass(?:es|ed)?|compl(?:y|ies|ied)|compliant|"
    r"conform(?:s|ed|ing)?|"
    r"meets?(?: the)?(?: requirements?| specifications?| limits?)?|ok|okay|satisfactory|acceptable|"
    r"within (?:the )?(?:limits?|specifications?)|in spec|"
    r"entspricht|konform|bestanden|erfullt|conforme?s?|satisfait|cumple|pasa|atende|aprovado|"
    r"aprobado|supera)(?: (?:to|with|the|usp|ep|ph\. eur\.?|specifications?|limits?|requirements?|"
    r"standards?))*|all analytes within limits)$"
)
_FAILS = re.compile(
    r"^(?:(?:test )?fail(?:s|ed)?|does not (?:comply|conform|meet.*)|do not (?:comply|conform)|"
    r"not (?:compliant|conforming|acceptable|satisfactory|passed|ok)|non-?conform(?:ing|e)?|"
    r"non-?compliant|out of (?:specification|spec|limits?)|oos|unsatisfactory|"
    r"entspricht nicht|nicht (?:konform|bestanden)|non conforme|no cumple|no conforme|"
    r"nao conforme|nao atende|reprovado)$"
)
_ABSENCE = re.compile(
    r"^(?:negative?|negativ[oe]?|negatif|no growth|absent|absence|absente?|ausente|sterile?|steril|"
    r"none|none found|not found|kein wachstum|abwesend|ausencia)(?:\b.*)?$"
)


def says_conforms(text: str | None) -> bool | None:
    """True for "complies", False for "fails", None for anything else, blank included."""
    words = folded(text or "")
    if _FAILS.match(words):
        return False
    return True if _CONFORMS.match(words) else None


def says_absent(text: str) -> bool:
    return _ABSENCE.match(folded(text)) is not None
