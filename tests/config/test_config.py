"""Settings come from the environment once, and what cannot be used is named."""

import stat
from pathlib import Path

import pytest

from supplier_qc.config import SettingInvalid, Settings, settings_from


def read(tmp_path: Path, **environment: str) -> Settings:
    return settings_from({"SUPPLIER_QC_DATA": str(tmp_path / "data"), **environment})


def test_an_empty_environment_runs_on_loopback_with_sqlite_in_the_data_folder(
    tmp_path: Path,
) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'supplier-qc.sqlite3'}"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.mail.host is None


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) == 64
    mode = (tmp_path / "data" / "secret-key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_two_installations_have_two_secret_keys(tmp_path: Path) -> None:
    other = settings_from({"SUPPLIER_QC_DATA": str(tmp_path / "other")})
    assert read(tmp_path).secret_key != other.secret_key


def test_a_secret_key_from_the_environment_is_not_written_down(tmp_path: Path) -> None:
    assert read(tmp_path, SUPPLIER_QC_SECRET_KEY="from a vault").secret_key == "from a vault"
    assert not (tmp_path / "data" / "secret-key").exists()


@pytest.mark.parametrize("value", ["none", "0", "-1", "1.5", "80 80", "٣x"])
@pytest.mark.parametrize(
    "name", ["SUPPLIER_QC_PORT", "SUPPLIER_QC_SMTP_PORT", "SUPPLIER_QC_SESSION_MINUTES"]
)
def test_a_number_that_is_none_is_named_with_its_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingInvalid, match=f"{name} is .*whole number above 0"):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize("value", ["true", "1", "on"])
def test_a_switch_takes_yes_or_no(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingInvalid, match=r"SUPPLIER_QC_SECURE_COOKIES is .* yes or no"):
        read(tmp_path, SUPPLIER_QC_SECURE_COOKIES=value)


@pytest.mark.parametrize(("value", "means"), [("yes", True), ("YES", True), ("no", False)])
def test_a_switch_is_on_or_off(tmp_path: Path, value: str, means: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert read(tmp_path, SUPPLIER_QC_SECURE_COOKIES=value).secure_cookies is means


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    names = ("SMTP_HOST", "PORT", "SECURE_COOKIES", "DATABASE", "HOST", "BASE_URL", "MAIL_FROM")
    assert read(tmp_path, **{f"SUPPLIER_QC_{name}": "" for name in names}) == read(tmp_path)


def test_the_address_in_messages_follows_host_and_port_unless_it_is_set(tmp_path: Path) -> None:
    assert read(tmp_path, SUPPLIER_QC_PORT="8123").base_url == "http://127.0.0.1:8123"
    set_apart = read(tmp_path, SUPPLIER_QC_BASE_URL="https://qc.example")
    assert set_apart.base_url == "https://qc.example"


def test_documents_and_page_images_lie_in_the_data_folder(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.documents_folder.parent == settings.data_folder
    assert settings.page_images_folder.parent == settings.data_folder
    assert settings.data_folder.is_dir()


def test_mail_settings_are_read_together(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        SUPPLIER_QC_SMTP_HOST="mail.example",
        SUPPLIER_QC_SMTP_PORT="587",
        SUPPLIER_QC_SMTP_USER="qc",
        SUPPLIER_QC_SMTP_PASSWORD="from a vault",
        SUPPLIER_QC_SMTP_STARTTLS="yes",
        SUPPLIER_QC_MAIL_FROM="qc@example.invalid",
    ).mail
    assert (mail.host, mail.port, mail.username, mail.starttls, mail.sender) == (
        "mail.example",
        587,
        "qc",
        True,
        "qc@example.invalid",
    )


def test_the_watched_folder_is_a_path_from_the_root_or_nothing(tmp_path: Path) -> None:
    assert read(tmp_path).watched_folder is None
    found = read(tmp_path, SUPPLIER_QC_WATCHED_FOLDER="/srv/coa").watched_folder
    assert found == Path("/srv/coa")
    with pytest.raises(SettingInvalid, match="SUPPLIER_QC_WATCHED_FOLDER"):
        read(tmp_path, SUPPLIER_QC_WATCHED_FOLDER="coa")
