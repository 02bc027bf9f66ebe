"""Settings, read from the environment once. No secret has a default."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The project folder: templates/, static/ and migrations/ lie in it."""


class SettingInvalid(Exception):
    """A variable of the environment holds something the product cannot run with."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Limits of the reading process: seconds of wall clock and processor, bytes of memory.

    Processor and memory have limits of their own while page images are recognised.
    """

    wall_seconds: int
    cpu_seconds: int
    memory_bytes: int
    ocr_cpu_seconds: int
    ocr_memory_bytes: int


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where notices go. Without a host they stay in the outbox, visible in the product."""

    host: str | None
    port: int
    username: str | None
    password: str | None
    starttls: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    data_folder: Path
    database_url: str
    secret_key: str
    host: str
    port: int
    base_url: str
    secure_cookies: bool
    session_minutes: int
    upload_megabytes: int
    reader: ReaderSettings
    mail: MailSettings
    # Where other programs put certificates; None watches nothing.
    watched_folder: Path | None = None

    @property
    def documents_folder(self) -> Path:
        return self.data_folder / "documents"

    @property
    def page_images_folder(self) -> Path:
        return self.data_folder / "page-images"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings of this installation; creates the data folder and, once, its secret key.

    Raises SettingInvalid naming the variable and what it may hold.
    """
    data_folder = Path(environment.get("SUPPLIER_QC_DATA") or ROOT / "data").resolve()
    data_folder.mkdir(parents=True, exist_ok=True)
    host = environment.get("SUPPLIER_QC_HOST") or "127.0.0.1"
    port = _whole_number(environment, "SUPPLIER_QC_PORT", 8000)
    return Settings(
        data_folder=data_folder,
        database_url=environment.get("SUPPLIER_QC_DATABASE")
        or f"sqlite:///{data_folder / 'supplier-qc.sqlite3'}",
        secret_key=environment.get("SUPPLIER_QC_SECRET_KEY") or _kept_secret(data_folder),
        host=host,
        port=port,
        base_url=environment.get("SUPPLIER_QC_BASE_URL") or f"http://{host}:{port}",
        secure_cookies=_yes_or_no(environment, "SUPPLIER_QC_SECURE_COOKIES", default=False),
        session_minutes=_whole_number(environment, "SUPPLIER_QC_SESSION_MINUTES", 60),
        upload_megabytes=_whole_number(environment, "SUPPLIER_QC_UPLOAD_MB", 40),
        reader=ReaderSettings(
            wall_seconds=_whole_number(environment, "SUPPLIER_QC_READ_SECONDS", 300),
            cpu_seconds=_whole_number(environment, "SUPPLIER_QC_READ_CPU_SECONDS", 90),
            memory_bytes=_whole_number(environment, "SUPPLIER_QC_READ_MEMORY_MB", 1500) * 2**20,
            ocr_cpu_seconds=_whole_number(environment, "SUPPLIER_QC_OCR_CPU_SECONDS", 540),
            ocr_memory_bytes=_whole_number(environment, "SUPPLIER_QC_OCR_MEMORY_MB", 4096) * 2**20,
        ),
        mail=_mail(environment),
        watched_folder=_folder(environment, "SUPPLIER_QC_WATCHED_FOLDER"),
    )


def _mail(environment: Mapping[str, str]) -> MailSettings:
    return MailSettings(
        host=environment.get("SUPPLIER_QC_SMTP_HOST") or None,
        port=_whole_number(environment, "SUPPLIER_QC_SMTP_PORT", 25),
        username=environment.get("SUPPLIER_QC_SMTP_USER") or None,
        password=environment.get("SUPPLIER_QC_SMTP_PASSWORD") or None,
        starttls=_yes_or_no(environment, "SUPPLIER_QC_SMTP_STARTTLS", default=False),
        sender=environment.get("SUPPLIER_QC_MAIL_FROM") or "supplier-qc@localhost",
    )


def _kept_secret(data_folder: Path) -> str:
    """A random key, made at the first start and kept in the data folder, readable by its owner."""
    path = data_folder / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    """A path from the root; whether it is there is said on its page, since shares come and go."""
    text = environment.get(name, "")
    if not text:
        return None
    if not Path(text).is_absolute():
        raise SettingInvalid(
            f"{name} is {text!r}; it takes a path from the root, such as /srv/coa."
        )
    return Path(text)


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) == 0:
        raise SettingInvalid(f"{name} is {text!r}; it takes a whole number above 0.")
    return int(text)


def _yes_or_no(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environment.get(name, "").lower()
    if not text:
        return default
    if text not in {"yes", "no"}:
        raise SettingInvalid(f"{name} is {text!r}; it takes yes or no.")
    return text == "yes"
