"""Invented makers, products, places and people, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """A letterhead: name, address lines and web address; `country` as the language prints it."""

    name: str
    address: tuple[str, ...]
    web: str
    country: str


MAKERS: dict[str, tuple[Maker, ...]] = {
    "English": (
        Maker("Hollowell Biologics, Inc.",
              ("2200 Carver Street, Suite 140", "Durham, NC 27701, USA",
              "Tel. +1 919 555 0142"), "www.hollowellbio.com", "USA"),
        Maker("Pennant Reagents Ltd", ("14 Lime Walk, Oxford OX3 7AD, United Kingdom",
              "Phone: +44 1865 550 113"), "www.pennantreagents.co.uk", "United Kingdom"),
        Maker("Oriel Ridge Laboratories", ("88 Station Road, Galway H91 E2W4, Ireland",),
              "orielridge.ie", "Ireland"),
        Maker("Kestrel Serum Company LLC", ("P.O. Box 4410, Logan, UT 84321",
              "Phone 435-555-0188 | Fax 435-555-0189"), "www.kestrelserum.com", "United States"),
    ),
    "German": (
        Maker("Brandtner Zellmedien GmbH", ("Industriestraße 12", "69115 Heidelberg",
              "Tel. 06221 555 120"), "www.brandtner-zellmedien.de", "Deutschland"),
        Maker("Alpenquell Biochemie AG", ("Seestrasse 41, 8820 Wädenswil", "Telefon 044 555 21 10"),
              "www.alpenquell-biochemie.ch", "Schweiz"),
    ),
    "French": (
        Maker("Laboratoires Vaucourt SAS", ("27 rue des Tanneurs", "69007 Lyon, France",
              "Tél. 04 55 51 20 30"), "www.vaucourt.fr", "France"),
        Maker("Mérisol Biotech SA", ("Parc des Lilas, 31400 Toulouse",), "www.merisol-biotech.fr",
              "France"),
    ),
    "Spanish": (
        Maker("Reactivos Almenara S.L.", ("Calle Olmo 14, 28012 Madrid", "Tel. 91 555 01 20"),
              "www.reactivosalmenara.es", "España"),
        Maker("Biológica Torrealba S.A.", ("Av. Central 2210, Rosario",), "www.torrealba.com.ar",
              "Argentina"),
    ),
    "Portuguese": (
        Maker("Serranova Biotecnologia Ltda", ("Rua das Acácias 310, Campinas - SP",
              "Fone (19) 5550-1234"), "www.serranova.com.br", "Brasil"),
    ),
    "Italian": (
        Maker("Collerosso Diagnostici S.p.A.", ("Via Garibaldi 8, 40121 Bologna",
              "Tel. 051 555 0120"), "www.collerosso.it", "Italia"),
        Maker("Fontelunga S.r.l.", ("Via dei Mille 31, 50131 Firenze",), "www.fontelunga.it",
              "Italia"),
    ),
    "Chinese": (
        Maker("Haiyun Biotechnology Co., Ltd.", ("No. 88 Keyuan Road, Suzhou",),
              "www.haiyunbiotech.cn", "中国"),
    ),
}  # fmt: skip
PRODUCTS: dict[str, tuple[str, ...]] = {
    "English": ("Human Platelet Lysate, GMP grade", "Recombinant Trypsin 10X", "Fetal Bovine Serum",
                "MSC Expansion Medium XF", "L-Glutamine 200 mM", "DMSO, cell culture grade",
                "Heparin Sodium", "Collagenase NB 4"),
    "German": ("Thrombozytenlysat, human", "Natriumchlorid-Lösung 0,9 %", "Trypsin-EDTA-Lösung",
               "Kollagenase Typ II"),
    "French": ("Lysat plaquettaire humain", "Solution de trypsine", "Milieu MSC sans sérum"),
    "Spanish": ("Lisado plaquetario humano", "Medio de cultivo MSC", "Solución de tripsina"),
    "Portuguese": ("Lisado plaquetário humano", "Meio de cultura MSC"),
    "Italian": ("Lisato piastrinico umano", "Terreno di coltura MSC", "Soluzione di tripsina"),
    "Chinese": ("重组胰蛋白酶", "无血清培养基"),
}  # fmt: skip
PEOPLE = ("Dr. Maren Oswald", "Elise Tavernier", "Rowan Achterberg", "Ines Caldeira",
          "Paolo Renzetti", "Julia Stern", "H. Okonkwo")  # fmt: skip
METHODS = ("Ph. Eur. 2.6.14", "USP <85>", "SOP-QC-014", "HPLC-UV", "Ph. Eur. 2.2.3", "TM-1102",
           "ISO 11133", "In-house", "ICP-MS", "QCM 6.008")  # fmt: skip
