"""Electronic signatures: the person proves who they are each time, the record is fingerprinted."""

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.tables.accountability import Signature
from supplier_qc.persistence.tables.people import Person
from supplier_qc.services.passwords import confirm_password
from supplier_qc.services.transaction import Change


def sign(
    change: Change,
    record: SignedRecord,
    *,
    meaning: SignatureMeaning,
    password: str,
    permission: Permission,
) -> Signature:
    """Add a signature to the open change.

    The password is checked against the person who makes the change (21 CFR 11.200(a), clause
    text unverified: at least one component at each signing; here the full password). The change
    names its subject before, so that a refused attempt can say what was to be signed.
    Raises NotPermitted, or WrongPassword, and then nothing of the change is saved.
    """
    if not change.actor.may(permission) or change.actor.person_id is None:
        raise NotPermitted("Your roles do not include this signature.")
    if change.reason is None:
        raise Refused("A signature states its reason.")
    person = change.get(Person, change.actor.person_id, "Person")
    confirm_password(person, password, change.now)
    signature = Signature(
        person_id=person.id,
        printed_name=person.full_name,
        meaning=meaning,
        reason=change.reason,
        signed_at=change.now,
        subject_type=record.subject_type,
        subject_id=record.subject_id,
        subject_version=record.version,
        fingerprint=record.fingerprint,
    )
    change.session.add(signature)
    return signature
