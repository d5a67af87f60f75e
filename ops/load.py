"""Load on a running shop: wrk with a list of requests, and what they cost in processor time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TICKS: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
CONNECTIONS: Final = 4
MOMENT: Final = 0.15
LONGEST_REST: Final = 5.0
SCRIPT: Final = """
local sent = 0
function request()
  sent = sent + 1
  local one = requests[sent % #requests + 1]
  return wrk.format(one.method, one.path, one.headers, one.body)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p95": %d, "errors": %d}\\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(95),
    e.status + e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of a turn."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one turn showed."""

    requests: int
    seconds: float
    cpu: float
    p50: float
    p95: float
    errors: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time a request, in milliseconds."""
        return 1_000 * self.cpu / max(1, self.requests)


def press(address: str, requests: Sequence[Request], *, seconds: int, roots: Iterable[int]) -> Turn:
    """Send requests in rotation as fast as they are answered, and count what that cost."""
    roots = tuple(roots)
    script = Path(f"/tmp/bench-{os.getpid()}.lua")  # noqa: S108 - our own, by process number
    script.write_text(f"requests = {{{','.join(map(as_lua, requests))}}}\n{SCRIPT}", "utf-8")
    rest(roots)
    before = cpu_of(roots)
    try:
        done = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), address],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        script.unlink()
    cpu = cpu_of(roots) - before
    line = next(one for one in done.stdout.splitlines() if one.startswith("RESULT "))
    told = json.loads(line.removeprefix("RESULT "))
    return Turn(
        requests=told["requests"],
        seconds=told["microseconds"] / 1e6,
        cpu=cpu,
        p50=told["p50"] / 1_000,
        p95=told["p95"] / 1_000,
        errors=told["errors"],
    )


def rest(roots: Iterable[int]) -> None:
    """Wait until a server has worked off what the last load abandoned."""
    roots = tuple(roots)
    limit = time.monotonic() + LONGEST_REST
    spent = cpu_of(roots)
    while time.monotonic() < limit:
        time.sleep(MOMENT)
        before, spent = spent, cpu_of(roots)
        if spent - before <= 1 / TICKS:
            return


def as_lua(request: Request) -> str:
    """Write a request down as a table of wrk's language; a string of JSON is one of Lua here."""
    headers = ",".join(
        f"[{json.dumps(name)}]={json.dumps(value)}"
        for name, value in (request.headers or {}).items()
    )
    body = f",body={json.dumps(request.body)}" if request.body else ""
    return (
        f"{{method={json.dumps(request.method)},path={json.dumps(request.path)},"
        f"headers={{{headers}}}{body}}}"
    )


def tree(root: int) -> list[int]:
    """A process and all that it started."""
    found = [root]
    for pid in found:
        try:
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += [int(one) for one in told.split()]
    return found


def cpu_of(roots: Iterable[int]) -> float:
    """Seconds of user and system time of whole trees, children that ended included."""
    total = 0
    for root in roots:
        for pid in tree(root):
            # utime, stime, cutime and cstime stand 12th to 15th after the name in brackets
            total += sum(int(one) for one in fields(pid)[11:15])
    return total / TICKS


def rss_of(roots: Iterable[int]) -> float:
    """Resident memory of whole trees in MiB."""
    pages = sum(int(fields(pid)[21]) for root in roots for pid in tree(root) if fields(pid))
    return pages * PAGE / 2**20


def pss_of(roots: Iterable[int]) -> float:
    """The same with shared pages divided among those who share them."""
    total = 0
    for root in roots:
        for pid in tree(root):
            try:
                told = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            except (FileNotFoundError, ProcessLookupError):
                continue
            total += int(
                next(one.split()[1] for one in told.splitlines() if one.startswith("Pss:"))
            )
    return total / 1024


def parent(pid: int) -> int:
    """The process that started a process."""
    return int(fields(pid)[1])


def fields(pid: int) -> list[str]:
    """The figures of a process after its name; none when it has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rsplit(")", 1)[1].split()
