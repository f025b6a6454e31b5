"""The product's settings in a folder of their own, whatever the caller's environment says.

pytest-django imports settings before any conftest, so the environment is set here. Under xdist
each process has its own folder inside the one its controller made.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(os.environ.get("FFIT_TEST_FOLDER") or tempfile.mkdtemp(prefix="ffit-test-"))
if "FFIT_TEST_FOLDER" not in os.environ:
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    os.environ["FFIT_TEST_FOLDER"] = str(FOLDER)
FOLDER /= os.environ.get("PYTEST_XDIST_WORKER", "main")
FOLDER.mkdir(exist_ok=True)
(FOLDER / "static").mkdir(exist_ok=True)  # WhiteNoise warns where it is missing

for _name in list(os.environ):
    if _name.startswith("FFIT_") and not _name.startswith("FFIT_TEST_"):
        del os.environ[_name]
os.environ.update(
    {
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright runs an event loop in the test's thread
        "FFIT_ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
        "FFIT_DATA": str(FOLDER),
        "FFIT_DEMO": "1",
        "FFIT_EMAIL_SECURITY": "none",
        "FFIT_KEYS_DIR": str(FOLDER / "keys"),
        "FFIT_SECRET_KEY": "the secret key of the tests, long enough",
        "FFIT_TESTING": "1",
        "FFIT_TOKEN_KEY": "the token key of the tests, long enough too",
        "REDIS_URL": f"unix://{FOLDER / 'valkey.sock'}",
    }
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'db.sqlite3'}")

from jinja2 import FileSystemBytecodeCache  # noqa: E402

from devtools import MADE  # noqa: E402
from ffit_site.settings import *  # noqa: E402, F403
from ffit_site.settings import DATABASES, TEMPLATES  # noqa: E402

if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, not memory: the real worker and the real gunicorn open it too.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Else every new test client looks through all static files.
WHITENOISE_AUTOREFRESH = True
# Each test process would else compile every template that its tests show.
_COMPILED = MADE / "templates"
_COMPILED.mkdir(parents=True, exist_ok=True)
_cache = FileSystemBytecodeCache(str(_COMPILED))
TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = _cache  # type: ignore[index]
