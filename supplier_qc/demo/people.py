"""The demo people. All are invented, and so are their passwords: `make demo` prints them."""

from supplier_qc.demo.records import Person
from supplier_qc.domain.people import Role

PEOPLE = (
    Person(
        "ana", "Ana Quillfeather", frozenset({Role.PROCUREMENT}), "ana buys from approved sites"
    ),
    Person("ben", "Ben Ostermoor", frozenset({Role.QA_REVIEWER}), "ben reads every printed line"),
    Person("bea", "Bea Thornwick", frozenset({Role.QA_APPROVER}), "bea signs only what is proven"),
    Person("cyd", "Cyd Lanternby", frozenset({Role.CMC_WRITER}), "cyd writes section three two s"),
    Person(
        "dan", "Dan Hollowmere", frozenset({Role.ADMINISTRATOR}), "dan opens and closes accounts"
    ),
    Person("eve", "Eve Sandringale", frozenset({Role.AUDITOR}), "eve looks and changes nothing"),
)
