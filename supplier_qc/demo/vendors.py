"""The demo vendors: fifteen organisations in thirteen countries.

Every name, street, town, person and address is invented; none stands for a real company or
person. E-mail addresses end in .example, which belongs to nobody (RFC 2606).
"""

from supplier_qc.demo.records import Contact, Site, Vendor
from supplier_qc.domain.catalogue import ContactFunction, OrganisationRole

_MANUFACTURER = frozenset({OrganisationRole.MANUFACTURER})
_DISTRIBUTOR = frozenset({OrganisationRole.DISTRIBUTOR})
_LABORATORY = frozenset({OrganisationRole.CONTRACT_LABORATORY})
_BLOOD = frozenset({OrganisationRole.BLOOD_ESTABLISHMENT})


def _quality(full_name: str, domain: str) -> Contact:
    return Contact(full_name, ContactFunction.QUALITY, f"quality@{domain}.example")


def _changes(full_name: str, domain: str) -> Contact:
    return Contact(full_name, ContactFunction.CHANGE_NOTICES, f"changes@{domain}.example")


def _certificates(full_name: str, domain: str) -> Contact:
    return Contact(full_name, ContactFunction.CERTIFICATES, f"certificates@{domain}.example")


def _sales(full_name: str, domain: str) -> Contact:
    return Contact(full_name, ContactFunction.SALES, f"orders@{domain}.example")


VENDORS = (
    Vendor(
        "larkfen",
        "Larkfen Haematics Ltd",
        _MANUFACTURER,
        (
            Site(
                "larkfen-marsh",
                "Larkfen Marsh, lysate plant",
                "4 Sluice Lane, Larkfen Marsh LF0 7QX",
                "GB",
            ),
            Site(
                "larkfen-store",
                "Larkfen cold store",
                "19 Eel Drove, Larkfen Marsh LF0 7QZ",
                "GB",
            ),
        ),
        (
            _quality("Orla Penhallick", "larkfen"),
            _changes("Tobias Reedmace", "larkfen"),
            _certificates("Orla Penhallick", "larkfen"),
        ),
    ),
    Vendor(
        "vinderholm",
        "Vinderholm Bloddepot",
        _BLOOD,
        (Site("vinderholm", "Vinderholm", "Møllesvinget 12, 0099 Vinderholm", "DK"),),
        (_quality("Signe Åkjelsen", "vinderholm"),),
    ),
    Vendor(
        "quellmoor",
        "Quellmoor Zellmedien GmbH",
        _MANUFACTURER,
        (
            Site("quellmoor", "Quellmoor plant 1", "Torfstichweg 8, 00813 Quellmoor", "DE"),
            Site("quellmoor-2", "Quellmoor plant 2", "Am Erlenbruch 3, 00815 Quellmoor", "DE"),
        ),
        (
            _quality("Dr. Henrike Moorkamp", "quellmoor"),
            _certificates("Jasper Tannhof", "quellmoor"),
            _sales("Mirja Ellersiek", "quellmoor"),
        ),
    ),
    Vendor(
        "emberwattle",
        "Emberwattle Sera Pty Ltd",
        _MANUFACTURER,
        (Site("emberwattle", "Emberwattle", "88 Dry Creek Track, Emberwattle 0099", "AU"),),
        (
            _quality("Keira Dunmallow", "emberwattle"),
            _changes("Keira Dunmallow", "emberwattle"),
        ),
    ),
    Vendor(
        "zelenvrat",
        "Zelenvrat Enzymy s.r.o.",
        _MANUFACTURER,
        (Site("zelenvrat", "Zelenvrat", "Lipová alej 27, 000 41 Zelenvrat", "CZ"),),
        (
            _quality("Radka Hvozdníčková", "zelenvrat"),
            _certificates("Ivo Stromský", "zelenvrat"),
        ),
    ),
    Vendor(
        "quillwater",
        "Quillwater Proteins, Inc.",
        _MANUFACTURER,
        (
            Site(
                "quillwater", "Quillwater Mill", "210 Heron Mill Road, Quillwater, VT 00512", "US"
            ),
            Site(
                "quillwater-fill", "Quillwater Fill", "6 Ferry Street, Quillwater, VT 00512", "US"
            ),
        ),
        (
            _quality("Marisol Eddington-Vale", "quillwater"),
            _changes("Desmond Arrowby", "quillwater"),
            _sales("Priya Larchmont", "quillwater"),
        ),
    ),
    Vendor(
        "clairvaucq",
        "Clairvaucq Cryo SAS",
        _MANUFACTURER,
        (Site("clairvaucq", "Clairvaucq", "3 chemin des Glacières, 00740 Clairvaucq", "FR"),),
        (
            _quality("Solène Bastonnier", "clairvaucq"),
            _certificates("Aurélien Vauzelle", "clairvaucq"),
        ),
    ),
    Vendor(
        "tordezuela",
        "Laboratorios Tordezuela S.A.",
        _MANUFACTURER,
        (Site("tordezuela", "Tordezuela", "Camino del Encinar 5, 00317 Tordezuela", "ES"),),
        (_quality("Inés Carrascalejo", "tordezuela"),),
    ),
    Vendor(
        "aonagi",
        "Aonagi Container Works K.K.",
        _MANUFACTURER,
        (Site("aonagi", "Aonagi works", "2-9 Namiki-dori, Aonagi-cho 000-0099", "JP"),),
        (
            _quality("Haruto Minazuki", "aonagi"),
            _certificates("Sayo Kirigaya", "aonagi"),
        ),
    ),
    Vendor(
        "steinlohe",
        "Steinlohe Plasma GmbH",
        frozenset({OrganisationRole.MANUFACTURER, OrganisationRole.BLOOD_ESTABLISHMENT}),
        (Site("steinlohe", "Steinlohe", "Plasmagasse 1, 0931 Steinlohe", "AT"),),
        (_quality("Valentin Gschwendlinger", "steinlohe"),),
    ),
    Vendor(
        "cerrolindo",
        "Cerrolindo Bioportadores S.A. de C.V.",
        _MANUFACTURER,
        (Site("cerrolindo", "Cerrolindo", "Av. de las Jacarandas 410, 00920 Cerrolindo", "MX"),),
        (_quality("Ximena Robledal", "cerrolindo"),),
    ),
    Vendor(
        "brackenfold",
        "Brackenfold Biochemicals Ltd",
        _MANUFACTURER,
        (Site("brackenfold", "Brackenfold", "Unit 7, Turf Quay, Brackenfold B00 F0LD", "IE"),),
        (_sales("Fintan Mulgarry", "brackenfold"),),
    ),
    Vendor(
        "waddenkroon",
        "Waddenkroon Labvoorraad B.V.",
        _DISTRIBUTOR,
        (Site("waddenkroon", "Waddenkroon depot", "Schelpenpad 61, 0099 WK Waddenkroon", "NL"),),
        (
            _quality("Floor van Duinmeer", "waddenkroon"),
            _sales("Joris Kwelderman", "waddenkroon"),
        ),
    ),
    Vendor(
        "silberfirn",
        "Silberfirn Analytik AG",
        _LABORATORY,
        (Site("silberfirn", "Silberfirn laboratory", "Firnweg 14, 0099 Silberfirn", "CH"),),
        (_certificates("Reto Alpiger-Nägeli", "silberfirn"),),
    ),
    Vendor(
        "hollinsgate",
        "Hollinsgate Filtration Ltd",
        _MANUFACTURER,
        (Site("hollinsgate", "Hollinsgate", "Weir Works, Hollinsgate HG0 2AA", "GB"),),
        (_quality("Gwendolyn Ashlock", "hollinsgate"),),
    ),
)
