"""How often something may be tried: soft limits that grow and always end (S14).

`limit("5 per minute; 20 per hour")` on a view counts its POST requests for each network. Counts are kept
in memory, or in Redis by REDIS_URL, where all processes share them; if Redis is away, each
process counts for itself.
"""

from __future__ import annotations

import hashlib
import ipaddress
from typing import TYPE_CHECKING, Any, Final

from flask import request
from flask_limiter import Limiter

from app.foundation.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask, Response

TOO_MANY: Final = 429
SITE_PREFIX: Final = 64


def network() -> str:
    """Name where a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - no address
    except ValueError:
        return "unknown"
    if address.version == 4:  # noqa: PLR2004
        return str(address)
    return str(ipaddress.ip_network(f"{address}/{SITE_PREFIX}", strict=False))


def named(field: str) -> Callable[[], str]:
    """Count by a form field, such as the address of an account; only its hash is kept."""

    def key() -> str:
        text = request.form.get(field, "")[:254].strip().lower()
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]

    return key


def named_here(field: str) -> Callable[[], str]:
    """Count by a form field together with the network."""
    name = named(field)
    return lambda: f"{name()}@{network()}"


limiter: Limiter = Limiter(network, strategy="moving-window", headers_enabled=False)


def limit(
    amounts: str,
    *,
    by: Callable[[], str] = network,
    methods: Sequence[str] = ("POST",),
    counts: Callable[[Response], bool] | None = None,
) -> Callable[[Any], Any]:
    """Limit a view; `counts` tells from the answer whether a try counts, such as only failed ones."""
    decorator: Callable[[Any], Any] = limiter.limit(
        amounts, key_func=by, methods=list(methods), deduct_when=counts
    )
    return decorator


def register(app: Flask) -> None:
    """Count in the place that the settings name."""
    settings = app.config["SETTINGS"]
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(settings.redis_url)
    limiter.init_app(app)
    app.after_request(_say_when)


def _say_when(response: Response) -> Response:
    if response.status_code == TOO_MANY and limiter.current_limit is not None:
        wait = max(1, int(limiter.current_limit.reset_at - now().timestamp()) + 1)
        response.headers["Retry-After"] = str(wait)
    return response
