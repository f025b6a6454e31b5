"""Web processes come and go; what they counted stays, in as many files as there are processes."""

import re
import urllib.request
from pathlib import Path

import pytest

from tests import servers
from tests.servers import Server


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_processes_that_take_turns_lose_no_figure_and_leave_no_file(
    tmp_path: Path, valkey: Server
) -> None:
    figures = tmp_path / "figures"
    port = servers.free_port()
    env = servers.process_environment(PROMETHEUS_MULTIPROC_DIR=str(figures))
    web = servers.gunicorn(tmp_path, port, env)
    web.command += ["--max-requests", "5"]

    def ask(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    web.start()
    try:
        for _ in range(24):
            ask("privacy")
        text = ask("metrics")
    finally:
        web.stop()
    began = len(re.findall("Booting worker", web.log.read_text("utf-8")))
    assert began >= 5, "they did take turns"
    counted = re.search(r'ffit_requests_total{.*route="privacy",status="2xx"} (\S+)', text)
    assert counted and float(counted[1]) == 24
    # Two at a time, or three while one ends beside one that begins.
    assert len(list(figures.glob("counter_*.db"))) <= 3
