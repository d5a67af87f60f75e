"""A production start that is not safe is refused, with every fault at once (O09)."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings, UnsafeSettingsError, database_url

SAFE = {
    "OCOP_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "SECURITY_PASSWORD_SALT": "s" * 40,
    "BASE_URL": "https://chophien.example",
    "TRUSTED_HOSTS": "chophien.example",
    "PROXY_COUNT": "1",
    "MAIL_URL": "smtp://mail.example:587",
    "MAIL_FROM": "shop@chophien.example",
    "DATABASE_URL": "postgresql://db.example/shop",
}


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """An environment that production accepts."""
    return SAFE | {"OCOP_INSTANCE": str(tmp_path / "instance")}


def test_a_safe_environment_starts(safe: dict[str, str]) -> None:
    settings = Settings.from_environment(safe)

    assert settings.is_production
    assert not settings.is_demonstration
    assert settings.database_url == "postgresql+psycopg://db.example/shop"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECURITY_PASSWORD_SALT": "short"}, "SECURITY_PASSWORD_SALT"),
        ({"BASE_URL": "http://chophien.example"}, "BASE_URL"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"PROXY_COUNT": None}, "PROXY_COUNT"),
        ({"PROXY_COUNT": "one"}, "PROXY_COUNT"),
        ({"PROXY_COUNT": "١"}, "PROXY_COUNT"),
        ({"DEMONSTRATION": "1"}, "DEMONSTRATION"),
        ({"STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRET"),
        ({"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "w"}, "test key"),
        ({"STRIPE_API_BASE": "http://127.0.0.1"}, "STRIPE_API_BASE"),
        ({"MAIL_URL": ""}, "MAIL_URL"),
        ({"MAIL_URL": "file:///tmp/mail"}, "MAIL_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"DATABASE_URL": "", "MACHINES": "2"}, "PostgreSQL"),
        ({"MACHINES": "2"}, "REDIS_URL"),
        ({"MACHINES": "2", "REDIS_URL": "redis://r"}, "STORAGE_URL"),
        ({"MACHINES": "2"}, "SEARCH_URL=postgres"),
        ({"MACHINES": "2", "SEARCH_URL": "tantivy"}, "SEARCH_URL=postgres"),
        ({"OCOP_ENV": "prod"}, "OCOP_ENV"),
        ({"STRIPE_SECRET_KEEY": "x"}, "STRIPE_SECRET_KEEY"),
        ({"MAIL_UURL": "x"}, "MAIL_UURL"),
    ],
)
def test_an_unsafe_environment_is_refused(
    safe: dict[str, str], change: dict[str, str | None], complaint: str
) -> None:
    environ = {name: value for name, value in (safe | change).items() if value is not None}

    with pytest.raises(UnsafeSettingsError) as refusal:
        Settings.from_environment(environ)

    assert any(complaint in fault for fault in refusal.value.faults), refusal.value.faults


def test_every_fault_is_said_at_once_and_no_secret_with_it(tmp_path: Path) -> None:
    environ = {"OCOP_ENV": "production", "OCOP_INSTANCE": str(tmp_path), "SECRET_KEY": "hush"}

    with pytest.raises(UnsafeSettingsError) as refusal:
        Settings.from_environment(environ)

    assert len(refusal.value.faults) >= 6
    assert "hush" not in str(refusal.value)


def test_a_folder_open_to_everybody_is_refused(safe: dict[str, str]) -> None:
    folder = Path(safe["OCOP_INSTANCE"])
    folder.mkdir()
    folder.chmod(0o777)

    with pytest.raises(UnsafeSettingsError, match="writable by everybody"):
        Settings.from_environment(safe)


def test_development_makes_and_keeps_its_own_secret(tmp_path: Path) -> None:
    environ = {"OCOP_INSTANCE": str(tmp_path / "instance")}

    first = Settings.from_environment(environ)
    second = Settings.from_environment(environ)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert first.secret_key not in repr(first)
    assert (tmp_path / "instance" / ".secret").stat().st_mode & 0o077 == 0


def test_a_database_address_gets_our_driver(tmp_path: Path) -> None:
    assert database_url("postgres://h/d", tmp_path) == "postgresql+psycopg://h/d"
    assert database_url("", tmp_path).startswith("sqlite:///")


@pytest.mark.parametrize(("given", "allowed"), [("", True), ("1", True), ("0", False)])
def test_search_engines_may_come_unless_the_setting_says_no(
    safe: dict[str, str],
    given: str,
    allowed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert Settings.from_environment(safe | {"ALLOW_INDEXING": given}).allow_indexing is allowed
