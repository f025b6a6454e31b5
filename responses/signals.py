"""News for the floors above, sent on commit. A lost one is repaired by their own sweep."""

from django.dispatch import Signal

# A unit has reached its end, counted or with too few answers: `survey_unit_id`.
survey_counted = Signal()
