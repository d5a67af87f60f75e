"""What `make bench` reckons with: processor time, requests as wrk reads them, forms as shoppers do."""

from __future__ import annotations

import subprocess
import sys

from ops.load import Request, as_lua, cpu_of, rss_of
from tests.support.shopper import Answer, form_to

BUSY = """
import time
end = time.process_time() + 0.3
while time.process_time() < end:
    pass
print("done", flush=True)
input()
"""


def test_the_work_of_a_process_and_its_children_is_counted() -> None:
    shell = ["sh", "-c", '"$0" -c "$1"; true', sys.executable, BUSY]

    with subprocess.Popen(shell, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        spent, memory = cpu_of([process.pid]), rss_of([process.pid])
        process.communicate(b"\n")

    assert 0.25 <= spent <= 2
    assert memory > 1
    assert cpu_of([process.pid]) == 0


def test_a_request_is_written_for_wrk_with_its_quotes() -> None:
    request = Request(path="/a?q=1", method="POST", headers={"Cookie": 'a="b"'}, body="x=1&y=2")

    assert as_lua(request) == (
        '{method="POST",path="/a?q=1",headers={["Cookie"]="a=\\"b\\""},body="x=1&y=2"}'
    )


def test_a_form_is_sent_as_a_browser_would() -> None:
    page = """<form action="/en/cart/add"><input name="other"></form>
      <form action="/en/checkout/abc" method="post"><input name="name" value="Lan">
      <input type="radio" name="how" value="a"><input type="radio" name="how" value="b" checked>
      <select name="province"><option value="">–</option><option value="01" selected>Hà Nội</option>
      </select><button name="step" value="update">Count</button></form>"""

    form = form_to(Answer(status=200, location="", text=page, seconds=0), "/en/checkout/abc")

    assert form is not None
    assert form.values == {"name": "Lan", "how": "b", "province": "01"}
    assert "step" in form.names
