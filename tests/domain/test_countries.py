"""The list of countries is whole and well formed."""

from supplier_qc.domain.countries import COUNTRIES, country_name


def test_there_are_249_codes_of_two_capital_letters() -> None:
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in COUNTRIES)


def test_no_name_stands_twice() -> None:
    assert len(set(COUNTRIES.values())) == len(COUNTRIES)


def test_an_unknown_code_stands_for_itself() -> None:
    assert country_name("CH") == "Switzerland"
    assert country_name("XX") == "XX"
