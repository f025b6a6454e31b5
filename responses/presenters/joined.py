"""One compressed beginning for everybody, and an uncompressed end for each request. No Django here.

Brotli at its best takes half a second and the join some microseconds: a stream that was flushed
ends on a whole byte, so a block that is stored as it is can follow it.
"""

import struct
import zlib
from dataclasses import dataclass

import brotli

BROTLI, GZIP, PLAIN = "br", "gzip", ""
BEST, QUICK = 11, 5

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_RAW_DEFLATE = -15
_LONGEST_END = 1 << 16  # what one stored block of brotli holds; gzip's holds one byte less
_LAST_AND_EMPTY = b"\x03"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A document's beginning in one encoding, with what gzip must know of it at the end."""

    encoding: str
    stream: bytes
    check: int
    size: int


def begin(text: bytes, *, encoding: str, quality: int) -> Beginning:
    """Compresses a document's beginning so that `join` can end it."""
    if encoding == BROTLI:
        compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=quality)
        stream = compressor.process(text) + compressor.flush()
    elif encoding == GZIP:
        deflate = zlib.compressobj(min(quality, 9), zlib.DEFLATED, _RAW_DEFLATE)
        stream = _GZIP_HEADER + deflate.compress(text) + deflate.flush(zlib.Z_FULL_FLUSH)
    else:
        stream = text
    return Beginning(encoding, stream, zlib.crc32(text), len(text))


def join(beginning: Beginning, end: bytes) -> bytes:
    """The whole document in the beginning's encoding; the end is some bytes, and never none."""
    if not 0 < len(end) < _LONGEST_END:
        raise ValueError("An end that is joined has from 1 to 65,535 bytes.")
    if beginning.encoding == BROTLI:
        n = len(end) - 1
        header = bytes([(n & 31) << 3, n >> 5 & 255, n >> 13 & 7 | 8])
        return beginning.stream + header + end + _LAST_AND_EMPTY
    if beginning.encoding == GZIP:
        stored = struct.pack("<BHH", 1, len(end), len(end) ^ 0xFFFF) + end
        check = zlib.crc32(end, beginning.check)
        size = (beginning.size + len(end)) & 0xFFFFFFFF
        return beginning.stream + stored + struct.pack("<II", check, size)
    return beginning.stream + end


def best_encoding(accepted: str) -> str:
    """Brotli where the browser takes it, else gzip; what it calls `q=0` it does not take."""
    taken = {
        name.strip()
        for name, _, weight in (one.partition(";") for one in accepted.lower().split(","))
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    }
    return next((one for one in (BROTLI, GZIP) if one in taken), PLAIN)
