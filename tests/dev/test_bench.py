"""What `./dev bench --json` prints is JSON and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from devtools import ROOT

# As a measurement does: first Django is set up, then a page asks for the application.
A_PAGE = """
from bench.installed import set_up

set_up()
from bench.requests import call
from ffit_site.wsgi import application

call(application, "/nothing-is-here")
print("{}")
"""


def test_the_log_of_pages_stands_beside_the_figures(tmp_path: Path) -> None:
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
        "FFIT_ALLOWED_HOSTS": "127.0.0.1",
        "FFIT_DATA": str(tmp_path),
        "FFIT_DEMO": "0",
        "FFIT_EMAIL_HOST": "127.0.0.1",
        "FFIT_EMAIL_SECURITY": "none",
        "FFIT_PRODUCTION": "1",
        "FFIT_PUBLIC_URL": "http://127.0.0.1:8000",
        "FFIT_SECRET_KEY": "the secret key of the measurement, long enough",
        "FFIT_SSL_REDIRECT": "0",
        "FFIT_TOKEN_KEY": "the token key of the measurement, long enough",
        "REDIS_URL": "memory://",
    }
    done = subprocess.run(
        [sys.executable, "-c", A_PAGE], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.stdout == "{}\n", done.stderr
    assert "request_log" in done.stderr
