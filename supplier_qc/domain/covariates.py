"""What may explain a lot's values, as lines of "name: value" that a person types."""

from collections.abc import Mapping

from supplier_qc.domain.refusals import Refused


def parse_covariates(text: str) -> dict[str, str]:
    """Names in the order typed; raises Refused with every line that is not "name: value"."""
    found: dict[str, str] = {}
    problems = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not value.strip():
            problems.append(f"“{line}” is not of the form name: value.")
        elif name.strip() in found:
            problems.append(f"{name.strip()} is stated twice.")
        else:
            found[name.strip()] = value.strip()
    Refused.unless_empty(problems)
    return found


def printed_covariates(covariates: Mapping[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in covariates.items())
