"""How many sheets one browser may send through a unit's open QR code.

A shared phone or tablet serves several colleagues; no single device fills a unit's box. No Django
here.
"""

FEWEST = 5


def most_sheets(headcount: int) -> int:
    """Half of the posts, and never fewer than 5."""
    return max(FEWEST, headcount // 2)
