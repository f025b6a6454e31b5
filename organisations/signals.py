"""News for the floors above, sent on commit. A lost one is repaired by their own sweep."""

from django.dispatch import Signal

# A person was erased: `user_id`. Their row is kept with `ERASED_NAME` and no address.
person_erased = Signal()
