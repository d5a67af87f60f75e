from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.mark.parametrize("is_https", [True, False])
def test_what_browsers_keep_is_as_secure_as_the_shop_s_address(
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    is_https: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setitem(browser.app.config, "SESSION_COOKIE_SECURE", is_https)

    browser.post("theme.choose", {"theme": "dark", "next": "/en/"})
    with browser.app.app_context():
        answer = browser.client.post("/en/theme", data={"theme": "dark", "next": "/en/"})

    (said,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("theme=")]
    assert ("Secure" in said) is is_https
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
