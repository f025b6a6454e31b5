"""What PDF files are drawn with: libraries of the machine, which need not be there."""

from ctypes.util import find_library
from functools import cache

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


@cache
def draws_pdf() -> bool:
    """Whether this machine has them. Looked up once in each process, without loading any."""
    return all(find_library(name) for name in LIBRARIES)
