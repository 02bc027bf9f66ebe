"""The rows of the unit table: symbol, dimension, factor and offset to the base, spellings.

Factors are exact by definition of the prefixes (SI brochure, 9th edition, 2019). A quotient
such as "EU/mL" is put together from two rows. Percent, ppm and ppb state no basis: they convert
into each other, and into a mass fraction only where a specification states the basis.
Months and years are a dimension of their own, since a month has no fixed number of days.
"""

Row = tuple[str, str, str, str, tuple[str, ...]]


def _unit(symbol: str, dimension: str, factor: str, *spellings: str) -> Row:
    return symbol, dimension, factor, "0", spellings


ROWS: tuple[Row, ...] = (
    _unit("kg", "mass", "1000", "kilogram", "kilograms"),
    _unit("g", "mass", "1", "gram", "grams", "gramm", "gr", "gm"),
    _unit("mg", "mass", "1/1000", "milligram", "milligrams"),
    _unit("µg", "mass", "1/1000000", "ug", "mcg", "microgram", "micrograms"),
    _unit("ng", "mass", "1/1000000000", "nanogram", "nanograms"),
    _unit("pg", "mass", "1/1000000000000", "picogram", "picograms"),
    _unit("fg", "mass", "1/1000000000000000"),
    _unit("L", "volume", "1", "l", "litre", "liter", "litres", "liters", "litro", "ltr"),
    _unit("dL", "volume", "1/10", "dl"),
    _unit("mL", "volume", "1/1000", "ml", "cc", "cm3", "millilitre", "milliliter", "milliliters"),
    _unit("µL", "volume", "1/1000000", "ul", "mm3", "microliter", "microlitre"),
    _unit("mol", "amount", "1", "mole", "moles"),
    _unit("mmol", "amount", "1/1000"),
    _unit("µmol", "amount", "1/1000000", "umol"),
    _unit("nmol", "amount", "1/1000000000"),
    _unit("M", "amount/volume", "1"),
    _unit("mM", "amount/volume", "1/1000"),
    _unit("µM", "amount/volume", "1/1000000", "uM"),
    _unit("nM", "amount/volume", "1/1000000000"),
    _unit("EU", "endotoxin", "1", "E.U.", "EE", "UE", "endotoxin units", "endotoxin unit"),
    _unit(
        "IU", "international unit", "1", "I.U.", "IE", "UI", "I.E.", "U.I.", "international units"
    ),
    _unit("mIU", "international unit", "1/1000"),
    _unit("kIU", "international unit", "1000"),
    _unit("MIU", "international unit", "1000000"),
    _unit("U", "enzyme unit", "1", "unit", "units", "Einheiten"),
    _unit("mU", "enzyme unit", "1/1000"),
    _unit("kU", "enzyme unit", "1000"),
    _unit("MU", "enzyme unit", "1000000"),
    _unit("USP U", "USP unit", "1", "USP unit", "USP units", "U.S.P. units", "USPU"),
    _unit("CFU", "colony-forming unit", "1", "KBE", "UFC", "cfus", "colony forming units"),
    _unit("PFU", "plaque-forming unit", "1", "UFP", "plaque forming units"),
    _unit("TCID50", "tissue culture infectious dose", "1", "CCID50"),
    _unit("copies", "copy", "1", "copy", "gc", "genome copies", "Kopien"),
    _unit("cells", "cell", "1", "cell", "Zellen", "cellules", "células", "cellule", "viable cells"),
    _unit("particles", "particle", "1", "particle", "Partikel", "particules", "partículas"),
    _unit("beads", "bead", "1", "bead"),
    _unit("dose", "dose", "1", "doses", "Dosis"),
    _unit("vial", "vial", "1", "vials", "bottle", "Flasche", "flacon"),
    _unit("bag", "bag", "1", "bags", "Beutel"),
    _unit("container", "container", "1", "containers"),
    _unit("device", "device", "1", "devices"),
    _unit("Osm", "osmole", "1", "Osmol"),
    _unit("mOsm", "osmole", "1/1000", "mOsmol", "mosmoles", "milliosmoles"),
    _unit("Gy", "absorbed dose", "1"),
    _unit("kGy", "absorbed dose", "1000"),
    _unit("Da", "molecular mass", "1", "Dalton", "Daltons", "amu"),
    _unit("kDa", "molecular mass", "1000", "kilodalton", "kD"),
    _unit("%", "fraction, basis not stated", "1/100", "percent", "per cent", "Prozent", "pct"),
    _unit("‰", "fraction, basis not stated", "1/1000"),
    _unit("ppm", "fraction, basis not stated", "1/1000000"),
    _unit("ppb", "fraction, basis not stated", "1/1000000000"),
    _unit("% w/w", "mass/mass", "1/100", "%(w/w)", "% m/m", "%(m/m)", "wt%", "% by mass"),
    _unit("% w/v", "mass/volume", "10", "%(w/v)", "% m/v", "%(m/v)"),
    _unit("% v/v", "volume/volume", "1/100", "%(v/v)", "vol%"),
    _unit("pH", "pH", "1", "pH units", "pH unit"),
    _unit("s", "time", "1", "sec", "second", "seconds"),
    _unit("min", "time", "60", "minute", "minutes"),
    _unit("h", "time", "3600", "hr", "hrs", "hour", "hours", "Std"),
    _unit("d", "time", "86400", "day", "days", "Tage", "jours", "días", "giorni", "dias"),
    _unit("week", "time", "604800", "weeks", "wk", "Wochen", "semaines"),
    _unit(
        "month", "calendar months", "1", "months", "mo", "Monate", "mois", "meses", "mesi", "Monat"
    ),
    _unit("year", "calendar months", "12", "years", "yr", "Jahre", "ans", "años", "anni", "anos"),
    ("°C", "temperature", "1", "273.15", ("degC", "deg C", "°Celsius", "oC")),
    ("K", "temperature", "1", "0", ("kelvin",)),
    _unit("nm", "length", "1/1000000000"),
    _unit("µm", "length", "1/1000000", "um", "micron", "microns"),
    _unit("mm", "length", "1/1000"),
    _unit("cm", "length", "1/100"),
    _unit("m", "length", "1"),
    _unit("cm²", "area", "1/10000", "cm2", "sq cm"),
    _unit("m²", "area", "1", "m2"),
    _unit("µS", "conductance", "1/1000000", "uS"),
    _unit("mS", "conductance", "1/1000"),
    _unit("S", "conductance", "1"),
    _unit("AU", "absorbance", "1"),
    _unit("mAU", "absorbance", "1/1000"),
    _unit("NTU", "turbidity", "1"),
    _unit("mPa·s", "dynamic viscosity", "1/1000", "mPa s", "mPas", "cP"),
    _unit("cSt", "kinematic viscosity", "1"),
    _unit("kPa", "pressure", "1000"),
    _unit("mbar", "pressure", "100"),
    _unit("bar", "pressure", "100000"),
)
