"""People who want no more messages. Outlives every contact, and holds no address."""

from django.db import models

from organisations.models import Organisation


class OptOut(models.Model):
    """One address that an organisation must not write to, as a keyed hash; no time, no survey."""

    address_hash = models.BinaryField(primary_key=True, max_length=32)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="opt_outs")

    def __str__(self) -> str:
        return "Opt-out"
