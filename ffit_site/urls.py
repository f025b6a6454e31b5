"""Root addresses. Each app lists its own; the organisation stands in the address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from ffit_site import health, metrics
from organisations.admin import operators

urlpatterns: list[URLPattern | URLResolver] = [
    path("readyz", health.readyz, name="readyz"),
    path("watchz", health.watchz, name="watchz"),
    path("metrics", metrics.metrics, name="metrics"),
    # First, since a whole shift answers at once: addresses are tried in this order.
    path("", include("responses.urls")),
    path("account/", include("organisations.sign_in_urls")),
    path("operators/", operators.urls),
    path("", include("organisations.urls")),
    path("", include("initiatives.urls")),
    path("o/<slug:slug>/question-bank/", include("instruments.urls")),
    path("", include("surveys.urls")),
    path("", include("fieldwork.urls")),
    path("", include("results.urls")),
    path("", include("debriefs.urls")),
    path("", include("reports.urls")),
    path("", include("overview.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))

handler400 = "ffit_site.failure.bad_request"
handler403 = "ffit_site.failure.not_allowed"
handler404 = "ffit_site.failure.not_found"
handler500 = "ffit_site.failure.failed"
