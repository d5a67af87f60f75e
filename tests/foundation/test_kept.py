"""What a process keeps: not for long, not much, and each thing made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation import kept

if TYPE_CHECKING:
    import pytest


def test_a_thing_is_made_once_until_it_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    things: kept.Kept[None] = kept.Kept(most=2, seconds=30)
    moment = [0.0]
    monkeypatch.setattr("app.foundation.kept.time.monotonic", lambda: moment[0])

    for seconds in (0.0, 29.9, 30.0):
        moment[0] = seconds
        things.get("key", lambda: made.append(1))

    assert len(made) == 2


def test_the_least_used_goes_first() -> None:
    things: kept.Kept[str] = kept.Kept(most=2, seconds=30)
    for key in ("a", "b", "a", "c"):
        things.get(key, lambda key=key: f"first {key}")  # type: ignore[misc]

    found = [things.get(key, lambda: "made again") for key in ("a", "c", "b")]

    assert found == ["first a", "first c", "made again"]


def test_everything_can_be_dropped_at_once() -> None:
    things: kept.Kept[str] = kept.Kept(most=2, seconds=30)
    things.get("key", lambda: "old")

    kept.forget_all()

    assert things.get("key", lambda: "new") == "new"
