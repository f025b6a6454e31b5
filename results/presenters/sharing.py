"""The ward page's address as link and QR code."""

from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings
from django.urls import reverse

from surveys.models import SurveyUnit


@dataclass(frozen=True)
class WardPageLink:
    """What a manager copies or holds up."""

    path: str
    address: str
    qr: str


def ward_page_link(unit: SurveyUnit) -> WardPageLink:
    """The address by which the team reads the result without signing in."""
    path = reverse("ward_page", args=[unit.ward_page_code])
    address = settings.PUBLIC_URL + path
    return WardPageLink(path, address, _qr(address))


@lru_cache(maxsize=200)
def _qr(address: str) -> str:
    """As SVG; choosing its mask costs as much as the rest of the page, so it is kept."""
    return segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, title="QR code of the team page"
    )
