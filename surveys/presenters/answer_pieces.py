"""A rendered document with gaps: filled and compressed for each request in a fraction of a
millisecond. No Django here.

A gap is a name between two control characters, which no template can produce by accident and
escaping leaves alone. Long pieces without gaps are compressed once; a gzip file may be put
together from separately compressed blocks.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

_GAP = re.compile("\x02([a-z_]+)\x03")
_LONG = 1000
_RAW_DEFLATE = -15
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def gap(name: str) -> str:
    """What a template prints where a request's own value will stand."""
    return f"\x02{name}\x03"


def _compressed(text: bytes, *, level: int, end: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, _RAW_DEFLATE)
    return compressor.compress(text) + compressor.flush(end)


@dataclass(frozen=True)
class Pieces:
    """The document cut at its gaps: text, gap, text, gap … text, and the long texts compressed."""

    texts: tuple[bytes, ...]
    gaps: tuple[str, ...]
    ready: tuple[bytes | None, ...]

    @classmethod
    def cut(cls, document: str) -> "Pieces":
        """Cuts a rendered document."""
        parts = _GAP.split(document)
        texts = tuple(part.encode() for part in parts[::2])
        ready = tuple(
            _compressed(text, level=9, end=zlib.Z_FULL_FLUSH) if len(text) >= _LONG else None
            for text in texts
        )
        return cls(texts, tuple(parts[1::2]), ready)

    def _values(self, values: Mapping[str, str]) -> list[bytes]:
        escaped = {name: escape(value).encode() for name, value in values.items()}
        return [escaped[name] for name in self.gaps]

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The whole document; values are escaped. A gap without a value is a KeyError."""
        filled = [self.texts[0]]
        for value, text in zip(self._values(values), self.texts[1:], strict=True):
            filled += (value, text)
        return b"".join(filled)

    def fill_compressed(self, values: Mapping[str, str]) -> bytes:
        """The same as a gzip file."""
        blocks, waiting = [_HEADER], bytearray()
        check, size = 0, 0
        for value, text, ready in zip(
            [b"", *self._values(values)], self.texts, self.ready, strict=True
        ):
            waiting += value
            if ready is None:
                waiting += text
                continue
            blocks += (_compressed(bytes(waiting), level=6, end=zlib.Z_FULL_FLUSH), ready)
            check, size = zlib.crc32(waiting, check), size + len(waiting)
            check, size = zlib.crc32(text, check), size + len(text)
            waiting.clear()
        check, size = zlib.crc32(waiting, check), size + len(waiting)
        blocks.append(_compressed(bytes(waiting), level=6, end=zlib.Z_FINISH))
        blocks.append(struct.pack("<II", check, size & 0xFFFFFFFF))
        return b"".join(blocks)
