"""News for the floors above.

What became of a row is sent on commit, and a lost one is repaired by their own sweep.
"""

from django.dispatch import Signal

# A person was erased: `user_id`. Their row is kept with `ERASED_NAME` and no address.
person_erased = Signal()

# Somebody brought what opens nothing: `kind` is one of `failed_attempts.Kind`. Sent at once.
wrong_attempt = Signal()

# Somebody asked too often and must wait: `what` is one of `limits.Limited`. Sent at once.
asked_too_often = Signal()

# Redis did not answer this process, which asks it again after some seconds. Sent at once.
redis_away = Signal()
