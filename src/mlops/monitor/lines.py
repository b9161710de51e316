"""Lines of a file that may be larger than the memory, in a time that grows with the file and no faster."""

from __future__ import annotations

from typing import Iterable, Iterator

#: In bytes. An endpoint takes 25 MB and answers as many, and both are captured on one line.
LONGEST_LINE = 128 * 1024 * 1024
#: Stands in the place of a longer line: no record is read from it.
TOO_LONG = b"\0"


def lines_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Without their ends. A line that is too long is not kept."""
    parts: list[bytes] = []
    length = 0
    for chunk in chunks:
        *ends, begin = chunk.split(b"\n")
        for end in ends:
            parts.append(end)
            yield b"".join(parts) if length + len(end) <= LONGEST_LINE else TOO_LONG
            parts, length = [], 0
        length += len(begin)
        parts.append(begin)
        if length > LONGEST_LINE:
            parts.clear()
    if length:
        yield b"".join(parts) if length <= LONGEST_LINE else TOO_LONG
