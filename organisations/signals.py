"""News for the floors above.

What became of a row is sent on commit, and a lost one is repaired by their own sweep.
"""

from django.dispatch import Signal

# A person was erased: `user_id`. Their row is kept with `ERASED_NAME` and no address.
person_erased = Signal()

# Somebody brought what opens nothing: `kind` is "link", "code" or "token". Sent at once.
wrong_attempt = Signal()
