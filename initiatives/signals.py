"""News for the floors above, sent on commit. A lost one is repaired by their own sweep."""

from django.dispatch import Signal

# An improvement stopped on units: `changes`, the keys of its changes of status.
improvement_stopped = Signal()
# A request was sent, answered or withdrawn: `request`, its key.
request_changed = Signal()
