"""UK mobile numbers as people type them. No Django here."""

import re

_ORNAMENT = re.compile(r"[\s().\-\u2010\u2011–/]|^tel:")
_ABROAD = re.compile(r"^(?:\+440?|00440?|44(?=0?7\d{9}$)0?)(?=7)")
_LENGTH = 11
# What a spreadsheet makes of a number that it took for an amount: whole, or cut short.
_AMOUNT = re.compile(r"(?P<whole>\d{10,12})\.0+|(?P<one>\d)\.(?P<more>\d+)E\+?(?P<zeros>\d{1,2})")


def uk_mobile(text: str) -> str:
    """`+447700900123` for `07700 900123`, however it is spaced or begun. Raises `ValueError`.

    The error says what is wrong in a sentence.
    """
    digits = _ABROAD.sub("0", _ORNAMENT.sub("", _no_amount(text)))
    digits = re.sub("^[Oo](?=7)", "0", digits)
    if re.fullmatch(r"7\d{9}", digits):
        digits = f"0{digits}"  # a spreadsheet took it for a number and dropped the 0
    if digits.startswith(("+", "00")):
        raise ValueError("This is not a UK number.")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("A mobile number has digits only.")
    if len(digits) != _LENGTH:
        raise ValueError(f"A UK mobile number has {_LENGTH} digits; this has {len(digits)}.")
    # 070 are forwarded at a high price, 076 are pagers but for the Isle of Man's 07624.
    if not digits.startswith("07") or digits.startswith("070"):
        raise ValueError("UK mobile numbers begin with 071 to 079.")
    if digits.startswith("076") and not digits.startswith("07624"):
        raise ValueError("This is a pager’s number.")
    return f"+44{digits[1:]}"


def _no_amount(text: str) -> str:
    amount = _AMOUNT.fullmatch(text.strip().upper())
    if amount is None or amount["whole"]:
        return amount["whole"] if amount else text
    if len(amount["more"]) != int(amount["zeros"]):
        raise ValueError("The spreadsheet has cut this number short.")
    return amount["one"] + amount["more"]


def national(number: str) -> str:
    """`07700 900123` for a number that is kept as +44…."""
    return f"0{number[3:7]} {number[7:]}"
