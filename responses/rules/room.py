"""How many answers one poster takes. No Django here.

Personal links and code slips are never refused for lack of room: each opens once, and their number
is known. A photo of a poster is not, so a poster has a room of its own.
"""


def poster_room(*, posts: int, issued: int, minimum_group: int) -> int:
    """Half the posts, or all that have neither link nor slip if they are more, and a tenth for bank
    and agency staff; both rounded up, and never fewer than a result needs.
    """
    reached_by_nothing_else = max(_part(posts, 2), posts - issued)
    return max(reached_by_nothing_else + _part(posts, 10), minimum_group)


def _part(number: int, of: int) -> int:
    return -(-number // of)
