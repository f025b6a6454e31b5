"""News for the floors above, in the transaction of the change."""

from django.dispatch import Signal

# The notes beside a unit’s results changed: `unit_id`.
context_notes_changed = Signal()
