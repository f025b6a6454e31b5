"""Django for a tool that reads the code: apps are loaded, and nobody's data is touched."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def apps_loaded() -> Iterator[None]:
    """Every app with its models, the demonstration too, on a data folder thrown away."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="ffit_site.settings", FFIT_DEMO="1", FFIT_DATA=data
        )
        import django

        django.setup()
        yield
