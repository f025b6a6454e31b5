"""A change that the rules do not allow, with the sentence that a person reads."""


class Refused(Exception):
    """`str(refused)` says what to do instead; `field` names the form field it belongs to."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class OnHold(Refused):
    """What would send, open, close, count or destroy waits until restored records are checked."""
