"""Settings, read once from the environment and refused when unsafe (O09)."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).resolve().parent
BOTH: Final = ("vi", "en")  # what content is written in: Vietnamese always, English where it can
MINIMUM_SECRET: Final = 32
DEFAULT_BASE_URL: Final = "http://127.0.0.1:8000"
DEFAULT_SENDER: Final = "Chợ Phiên <cho-phien@localhost.example>"
KNOWN: Final = frozenset(
    {
        "OCOP_ENV",
        "OCOP_INSTANCE",
        "DATABASE_URL",
        "REDIS_URL",
        "SEARCH_URL",
        "STORAGE_URL",
        "BASE_URL",
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "SECURITY_PASSWORD_SALT",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
        "STRIPE_API_BASE",
        "MAIL_URL",
        "MAIL_FROM",
        "TRUSTED_HOSTS",
        "PROXY_COUNT",
        "MACHINES",
        "DEMONSTRATION",
        "ALLOW_INDEXING",
        "SERVICE_WORKER",
        "LANGUAGES",
    }
)
# Engines whose index is a folder that one machine writes.
ONE_MACHINE: Final = frozenset({"", "whoosh", "tantivy"})
# A name that starts like one of ours and is not ours is a typing error, and it is said so.
OWN_PREFIXES: Final = ("OCOP_", "STRIPE_", "MAIL_", "SECRET_KEY", "SECURITY_")


class UnsafeSettingsError(Exception):
    """The environment does not make a safe shop; `faults` lists everything found."""

    def __init__(self, faults: list[str]) -> None:
        """Keep every fault, so that one start shows them all."""
        self.faults = faults
        super().__init__("unsafe settings:\n- " + "\n- ".join(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the application takes from its surroundings."""

    environment: str = "development"
    instance: Path = ROOT / "instance"
    database_url: str = ""
    redis_url: str = ""
    search_url: str = ""
    storage_url: str = ""
    base_url: str = DEFAULT_BASE_URL
    secret_key: str = field(default="", repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    password_salt: str = field(default="", repr=False)
    stripe_secret_key: str = field(default="", repr=False)
    stripe_webhook_secret: str = field(default="", repr=False)
    stripe_api_base: str = ""
    mail_url: str = field(default="", repr=False)
    mail_from: str = DEFAULT_SENDER
    trusted_hosts: tuple[str, ...] = ()
    proxy_count: int = 0
    machines: int = 1
    is_demonstration: bool = True
    allow_indexing: bool = True  # 0 keeps search engines out of every page
    has_worker: bool = True  # 0 removes the service worker from every browser
    languages: tuple[str, ...] = ()  # none named: every one that has a catalogue
    is_testing: bool = False

    @property
    def translation_folders(self) -> tuple[Path, ...]:
        """Where catalogues stand: ours, and those that an instance adds."""
        return (ROOT / "translations", self.instance / "translations")

    @property
    def catalogues(self) -> tuple[str, ...]:
        """The languages, by two letters, that have a catalogue; English is the source and needs none."""
        found = {
            path.parents[1].name
            for folder in self.translation_folders
            for path in folder.glob("[a-z][a-z]/LC_MESSAGES/messages.*")
        }
        return (*BOTH, *sorted(found.difference(BOTH)))

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.environment == "production"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; raise `UnsafeSettingsError` with every fault at once."""
        given = dict(os.environ if environ is None else environ)
        faults = unknown_settings(given)
        environment = given.get("OCOP_ENV", "development")
        if environment not in {"development", "production"}:
            faults.append("OCOP_ENV must be development or production")
        instance = Path(given.get("OCOP_INSTANCE") or ROOT / "instance").resolve()
        production = environment == "production"
        settings = cls(
            environment=environment,
            instance=instance,
            database_url=database_url(given.get("DATABASE_URL", ""), instance),
            redis_url=given.get("REDIS_URL", ""),
            search_url=given.get("SEARCH_URL", ""),
            storage_url=given.get("STORAGE_URL") or f"file://{instance / 'media'}",
            base_url=(given.get("BASE_URL") or DEFAULT_BASE_URL).rstrip("/"),
            secret_key=given.get("SECRET_KEY") or ("" if production else kept(instance, "secret")),
            secret_key_fallbacks=listed(given.get("SECRET_KEY_FALLBACKS", "")),
            password_salt=given.get("SECURITY_PASSWORD_SALT")
            or ("" if production else kept(instance, "salt")),
            stripe_secret_key=given.get("STRIPE_SECRET_KEY", ""),
            stripe_webhook_secret=given.get("STRIPE_WEBHOOK_SECRET", ""),
            stripe_api_base=given.get("STRIPE_API_BASE", ""),
            mail_url=given.get("MAIL_URL") or f"file://{instance / 'mail'}",
            mail_from=given.get("MAIL_FROM") or DEFAULT_SENDER,
            trusted_hosts=listed(given.get("TRUSTED_HOSTS", "")),
            proxy_count=whole(given, "PROXY_COUNT", 0, faults),
            machines=whole(given, "MACHINES", 1, faults),
            is_demonstration=given.get("DEMONSTRATION", "0" if production else "1") == "1",
            allow_indexing=(given.get("ALLOW_INDEXING") or "1") == "1",
            has_worker=given.get("SERVICE_WORKER", "1") == "1",
            languages=listed(given.get("LANGUAGES", "")),
        )
        faults += language_faults(settings)
        if production:
            faults += production_faults(settings, given)
        if faults:
            raise UnsafeSettingsError(faults)
        return settings


def language_faults(settings: Settings) -> list[str]:
    """Say what is wrong with the languages that are named."""
    named = settings.languages
    faults = [
        f"LANGUAGES names {code}, which has no catalogue in translations/"
        for code in named
        if code not in settings.catalogues
    ]
    if named and "vi" not in named:
        faults.append("LANGUAGES must name vi, which everything falls back to")
    return faults


def unknown_settings(given: Mapping[str, str]) -> list[str]:
    """Name every setting that looks like ours and is not."""
    return [
        f"{name} is not a setting of this application"
        for name in sorted(given)
        if name.startswith(OWN_PREFIXES) and name not in KNOWN
    ]


def database_url(given: str, instance: Path) -> str:
    """Choose the driver: SQLite in the instance folder unless a URL says otherwise."""
    if not given:
        return f"sqlite:///{instance / 'chophien.sqlite3'}"
    for scheme in ("postgres://", "postgresql://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    return given


def listed(given: str) -> tuple[str, ...]:
    """Split a comma-separated setting."""
    return tuple(part.strip() for part in given.split(",") if part.strip())


def whole(given: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    """Read a small whole number, or record a fault."""
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        faults.append(f"{name} must be a whole number")
        return default
    return int(text)


def kept(instance: Path, name: str) -> str:
    """Make a development secret once and keep it, so that sessions outlive a restart."""
    path = instance / f".{name}"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        instance.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(MINIMUM_SECRET)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(fresh)
        return fresh


def production_faults(settings: Settings, given: Mapping[str, str]) -> list[str]:
    """List what would make a production start unsafe."""
    base = urlsplit(settings.base_url)
    stripe = (settings.stripe_secret_key, settings.stripe_webhook_secret)
    checks = [
        (len(settings.secret_key) < MINIMUM_SECRET, "SECRET_KEY is missing or short"),
        (
            len(settings.password_salt) < MINIMUM_SECRET,
            "SECURITY_PASSWORD_SALT is missing or short",
        ),
        (base.scheme != "https", "BASE_URL must be an https address"),
        (not settings.trusted_hosts, "TRUSTED_HOSTS must name the hosts that are served"),
        ("PROXY_COUNT" not in given, "PROXY_COUNT must be set, 0 where no proxy stands in front"),
        (settings.is_demonstration, "DEMONSTRATION data may not be served in production"),
        (any(stripe) != all(stripe), "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET go together"),
        (settings.stripe_secret_key.startswith("sk_test"), "STRIPE_SECRET_KEY is a test key"),
        (bool(settings.stripe_api_base), "STRIPE_API_BASE is for tests"),
        (not settings.mail_url.startswith("smtp"), "MAIL_URL must be an SMTP address"),
        (not given.get("MAIL_FROM"), "MAIL_FROM must be set"),
        (given.get("FLASK_DEBUG", "0") not in {"", "0"}, "FLASK_DEBUG must be off"),
        (
            settings.machines > 1 and settings.is_sqlite,
            "several machines need PostgreSQL in DATABASE_URL",
        ),
        (settings.machines > 1 and not settings.redis_url, "several machines need REDIS_URL"),
        (
            settings.machines > 1 and settings.storage_url.startswith("file:"),
            "several machines need shared storage in STORAGE_URL",
        ),
        (
            settings.machines > 1 and settings.search_url.partition(":")[0] in ONE_MACHINE,
            "several machines need SEARCH_URL=postgres: an index in a folder follows one machine only",
        ),
        (is_world_writable(settings.instance), "the instance folder is writable by everybody"),
    ]
    return [message for wrong, message in checks if wrong]


def is_world_writable(folder: Path) -> bool:
    """Whether anybody on the machine could change our data."""
    return folder.exists() and bool(folder.stat().st_mode & stat.S_IWOTH)
