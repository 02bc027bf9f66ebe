"""The demo story: a maker of mesenchymal stromal cells, its materials and their makers.

Everything in it is fiction: vendors, sites, people, products, lots, papers and numbers. No name
stands for a real company, product or person, and no paper for a real one.
"""

from datetime import date

from supplier_qc.demo.evidence import evidence
from supplier_qc.demo.lysate_lots import lysate_lots
from supplier_qc.demo.materials import ITEMS, MATERIALS
from supplier_qc.demo.origins import origins
from supplier_qc.demo.other_lots import other_lots
from supplier_qc.demo.people import PEOPLE
from supplier_qc.demo.product import PRODUCT
from supplier_qc.demo.qualifications import qualifications
from supplier_qc.demo.records import Story
from supplier_qc.demo.specifications import SPECIFICATIONS
from supplier_qc.demo.vendors import VENDORS


def story(today: date) -> Story:
    """The whole story, its dates counted from `today`."""
    return Story(
        people=PEOPLE,
        vendors=VENDORS,
        materials=MATERIALS,
        items=ITEMS,
        specifications=SPECIFICATIONS,
        lots=(*lysate_lots(today), *other_lots(today)),
        origins=origins(today),
        evidence=evidence(today),
        qualifications=qualifications(today),
        product=PRODUCT,
    )
