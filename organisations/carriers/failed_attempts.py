"""Wrong codes, links and tokens, counted for the network that they come from.

Only what is wrong counts: a whole hospital may stand behind one address, and whoever is right is
never asked about.
"""

import ipaddress
from typing import Literal

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from organisations.carriers.limits import seconds_to_wait
from organisations.rules.token_bucket import Bucket
from organisations.signals import wrong_attempt

A_NETWORK = Bucket(most=300, seconds=10 * 60)
# A site's whole network of IPv6, of which each /64 is one as well.
A_SITE = Bucket(most=3_000, seconds=10 * 60)
_OF_A_SITE = 48

# A poster's code and a slip's are one: they share an address, and what is wrong is neither. So are
# an app's code and a recovery code, which have one field.
Kind = Literal["link", "poster", "code", "app_code", "token"]


def seconds_after_wrong(request: HttpRequest, kind: Kind) -> int:
    """Counts one more that was wrong: 0, or how long its network must wait."""
    wrong_attempt.send(sender=None, kind=kind)
    try:
        # Of IPv6 allauth gives the /64 that it is in.
        network = ipaddress.ip_address(get_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return 0
    wait = seconds_to_wait("wrong", str(network), A_NETWORK)
    if network.version == 4:
        return wait
    site = ipaddress.ip_network(f"{network}/{_OF_A_SITE}", strict=False)
    return max(wait, seconds_to_wait("wrong, of a site", str(site), A_SITE))
