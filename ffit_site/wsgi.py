"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ffit_site.settings")

application = get_wsgi_application()

# A process reads all addresses, which takes a second, before it takes its first request.
reverse("privacy")
