"""Where the items come from, as their makers' papers would say it; all of it is invented.

What nobody has answered is left out: the transferrin has no country, and the peptone in which
the antibiotic was fermented has neither species nor country.
"""

from datetime import date

from supplier_qc.demo.origins_animal import (
    bovine_albumin,
    foetal_serum,
    gelatin,
    heparin,
    lactose,
    pancreas,
    signed_statement,
    transferrin,
)
from supplier_qc.demo.origins_hidden import film, gentamicin, protease
from supplier_qc.demo.origins_human import bone_marrow, human_albumin, platelets
from supplier_qc.demo.records import ItemOrigin
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.vocabulary import Exposure, IndirectOrigin, Route, SourceClass


def origins(today: date) -> tuple[ItemOrigin, ...]:
    return (
        ItemOrigin("lysate", (platelets(today),)),
        ItemOrigin("serum", (foetal_serum(today),)),
        ItemOrigin("trypsin", (pancreas(today), lactose(today))),
        ItemOrigin("protease", (protease(today),)),
        ItemOrigin("bsa", (bovine_albumin(today),)),
        ItemOrigin("transferrin", (transferrin(),)),
        ItemOrigin("heparin", (heparin(today, "Heparin", Exposure.PRIMARY, "LT-TSE-54"),)),
        ItemOrigin("microcarriers", (gelatin(today),)),
        ItemOrigin("culture-bag", (film(today),)),
        ItemOrigin("gentamicin", (gentamicin(),)),
        ItemOrigin("aspirate", (bone_marrow(today),)),
        ItemOrigin("albumin", (human_albumin(today),)),
        *_without_animal_origin(today),
    )


def _without_animal_origin(today: date) -> tuple[ItemOrigin, ...]:
    synthetic, microbial = SourceClass.SYNTHETIC_OR_MINERAL, SourceClass.MICROBIAL
    answered, open_question = IndirectOrigin.NONE_WITH_EVIDENCE, IndirectOrigin.UNANSWERED
    return (
        _plain(today, "fgf2", "FGF-2", microbial, answered),
        _plain(today, "insulin", "Insulin", microbial, open_question),
        _plain(today, "medium", "Salts, sugars, amino acids, vitamins", synthetic, answered),
        _plain(today, "dpbs", "Salts", synthetic, answered),
        _plain(today, "dmso", "Dimethyl sulfoxide", synthetic, answered),
        _plain(today, "saline", "Sodium chloride", synthetic, open_question),
    )


def _plain(
    today: date, item: str, name: str, source: SourceClass, indirect: IndirectOrigin
) -> ItemOrigin:
    has_paper = indirect is IndirectOrigin.NONE_WITH_EVIDENCE
    component = OriginComponent(
        name=name,
        exposure=Exposure.PRIMARY,
        source=source,
        statements=(signed_statement(today, 8),) if has_paper else (),
        indirect_origin=indirect,
        route=Route.PARENTERAL,
    )
    return ItemOrigin(item, (component,))
