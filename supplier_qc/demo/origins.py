"""Where the items come from, as their makers' papers would say it; all of it is invented.

`None` is a question that nobody has answered: the transferrin has no country, and the peptone
in which the antibiotic was fermented has neither species nor country.
"""

from datetime import date

from supplier_qc.demo.dates import months_after
from supplier_qc.demo.records import ItemOrigin, OriginComponent


def origins(today: date) -> tuple[ItemOrigin, ...]:
    return (
        _lysate(today),
        _serum(today),
        *_enzymes(today),
        *_bovine_reagents(today),
        *_human_materials(today),
        *_made_things(today),
        *_without_animal_origin(),
    )


def _lysate(today: date) -> ItemOrigin:
    heparin = OriginComponent(
        name="Heparin, stabiliser of the lysate",
        origin_kind="animal",
        species="pig",
        tissue="intestinal mucosa",
        countries=("ES",),
        exposure="in the material, 2 IU/mL",
        process="Alkaline digestion, ethanol precipitation",
        citation="LH-TSE-7",
    )
    platelets = OriginComponent(
        name="Platelets",
        origin_kind="human",
        species="human",
        tissue="platelets",
        countries=("DK", "DE"),
        collected_on=months_after(today, -14),
        exposure="the material itself",
        process="Freeze and thaw, calcium-induced clotting, 0.2 µm filtration",
        citation="LH-CO-3",
        children=(heparin,),
    )
    return ItemOrigin("lysate", (platelets,))


def _serum(today: date) -> ItemOrigin:
    foetal_blood = OriginComponent(
        name="Foetal blood",
        origin_kind="animal",
        species="cattle",
        tissue="foetal blood",
        countries=("AU",),
        collected_on=months_after(today, -23),
        exposure="the material itself",
        process="Closed heart puncture, three 0.1 µm filters, gamma irradiation",
        citation="EW-CO-12",
    )
    return ItemOrigin("serum", (foetal_blood,))


def _enzymes(today: date) -> tuple[ItemOrigin, ...]:
    pancreas = OriginComponent(
        name="Pancreas",
        origin_kind="animal",
        species="pig",
        tissue="pancreas",
        countries=("DK", "NL"),
        collected_on=months_after(today, -20),
        exposure="the material itself",
        process="Acid extraction, gamma irradiation",
        citation="ZE-TSE-2",
    )
    lactose = OriginComponent(
        name="Lactose, filler",
        origin_kind="animal",
        species="cattle",
        tissue="milk",
        countries=("NZ",),
        collected_on=months_after(today, -26),
        exposure="in the material",
        process="From milk of healthy animals, calf rennet",
        citation="ZE-TSE-2",
    )
    tryptone = OriginComponent(
        name="Tryptone of the fermentation",
        origin_kind="animal",
        species="cattle",
        tissue="milk",
        countries=("NZ",),
        collected_on=months_after(today, -30),
        exposure="used to make the material",
        process="Casein digested with a fungal enzyme",
    )
    protease = OriginComponent(
        name="Protease",
        origin_kind="recombinant",
        exposure="the material itself",
        process="Expressed in yeast, chromatography",
        children=(tryptone,),
    )
    return (ItemOrigin("trypsin", (pancreas, lactose)), ItemOrigin("protease", (protease,)))


def _bovine_reagents(today: date) -> tuple[ItemOrigin, ...]:
    plasma = OriginComponent(
        name="Plasma",
        origin_kind="animal",
        species="cattle",
        tissue="plasma",
        countries=("AU", "NZ"),
        collected_on=months_after(today, -31),
        age_months=28,
        exposure="the material itself",
        process="Heat shock, pH 3, charcoal",
    )
    unanswered = OriginComponent(
        name="Plasma",
        origin_kind="animal",
        species="cattle",
        tissue="plasma",
        exposure="the material itself",
    )
    return (ItemOrigin("bsa", (plasma,)), ItemOrigin("transferrin", (unanswered,)))


def _human_materials(today: date) -> tuple[ItemOrigin, ...]:
    aspirate = OriginComponent(
        name="Bone marrow",
        origin_kind="human",
        species="human",
        tissue="bone marrow",
        countries=("DK",),
        collected_on=months_after(today, -3),
        exposure="the material itself",
        citation="VB-77",
    )
    albumin = OriginComponent(
        name="Plasma",
        origin_kind="human",
        species="human",
        tissue="plasma",
        countries=("AT", "DE"),
        collected_on=months_after(today, -22),
        exposure="the material itself",
        process="Cold ethanol fractionation, pasteurisation",
        citation="SP-GMP-5",
    )
    return (ItemOrigin("aspirate", (aspirate,)), ItemOrigin("albumin", (albumin,)))


def _made_things(today: date) -> tuple[ItemOrigin, ...]:
    heparin = OriginComponent(
        name="Intestinal mucosa",
        origin_kind="animal",
        species="pig",
        tissue="intestinal mucosa",
        countries=("ES",),
        collected_on=months_after(today, -27),
        exposure="the material itself",
        process="Alkaline digestion, ethanol precipitation",
    )
    gelatin = OriginComponent(
        name="Gelatin coating",
        origin_kind="animal",
        species="cattle",
        tissue="hide",
        countries=("MX",),
        collected_on=months_after(today, -25),
        exposure="in contact with the cells",
        process="Alkaline process",
        citation="CB-EET-4",
    )
    stearate = OriginComponent(
        name="Calcium stearate, slip agent of the film",
        origin_kind="animal",
        species="cattle",
        tissue="tallow",
        countries=("US",),
        collected_on=months_after(today, -40),
        exposure="in contact with the medium",
        process="Saponification with concentrated alkali, continuous, 140 °C",
    )
    film = OriginComponent(
        name="Film",
        origin_kind="synthetic",
        exposure="in contact with the medium",
        children=(stearate,),
    )
    peptone = OriginComponent(
        name="Peptone of the fermentation",
        origin_kind="animal",
        exposure="used to make the material",
    )
    antibiotic = OriginComponent(
        name="Gentamicin",
        origin_kind="microbial",
        exposure="the material itself",
        process="Fermentation",
        children=(peptone,),
    )
    return (
        ItemOrigin("heparin", (heparin,)),
        ItemOrigin("microcarriers", (gelatin,)),
        ItemOrigin("culture-bag", (film,)),
        ItemOrigin("gentamicin", (antibiotic,)),
    )


def _without_animal_origin() -> tuple[ItemOrigin, ...]:
    return (
        _plain("fgf2", "FGF-2", "recombinant", "Expressed in E. coli, animal-free medium"),
        _plain("insulin", "Insulin", "recombinant", "Expressed in yeast, animal-free medium"),
        _plain("medium", "Salts, sugars, amino acids, vitamins", "synthetic", None),
        _plain("dpbs", "Salts", "mineral", None),
        _plain("dmso", "Dimethyl sulfoxide", "synthetic", "From lignin, distilled"),
        _plain("saline", "Sodium chloride", "mineral", None),
    )


def _plain(item: str, name: str, origin_kind: str, process: str | None) -> ItemOrigin:
    component = OriginComponent(
        name=name, origin_kind=origin_kind, exposure="the material itself", process=process
    )
    return ItemOrigin(item, (component,))
