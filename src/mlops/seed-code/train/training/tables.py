"""Tables in files: which of a folder are read, and their rows, some at a time, so that memory does not grow with them."""

from __future__ import annotations

import csv
import gc
import gzip
import io
import itertools
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Iterator, List, Sequence, Tuple

SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
DELIMITERS = ",;\t|"
#: Which files are read, when not all of them, in the form of SageMaker's manifests.
MANIFEST = "manifest.json"
#: Values that are held at once.
_AT_ONCE = 1_000_000
#: A value that is longer is a quote that is not closed.
_LONGEST = 1_000_000
_NO_TABLES = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"PAR1", "Parquet"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
)


class DataError(Exception):
    """The data cannot be used; the message says what, where, and what to do."""


@dataclass(frozen=True)
class Chunk:
    """Some rows of a table, with their values in the order of the first table's columns."""

    table: str
    #: The number of the first of them, counted from 1 after the header.
    first: int
    rows: List[Sequence[str]]

    def place(self, at: int) -> str:
        return f"row {self.first + at} of {self.table}"


class Table:
    """A file, or a text that stands for one, with a header."""

    def __init__(self, name: str, content: Path | str):
        self.name = name
        self.content = content
        with self._decoded(), self._open() as (_, header, delimiter):
            self.columns, self.delimiter = header, delimiter
        self._check()

    def rows(self, columns: Sequence[str]) -> Iterator[Chunk]:
        order = [self.columns.index(column) for column in columns]
        as_is = order == list(range(len(order)))
        count = 0
        with self._decoded(), self._open() as (reader, _, _):
            while True:
                rows = _taken(reader, max(1, _AT_ONCE // len(order)))
                if not rows:
                    return
                for at, row in enumerate(rows, count + 1):
                    if len(row) != len(order):
                        what = f"row {at} of {self.name} has {len(row)} values but the header has {len(order)} columns"
                        raise DataError(f"{what}: is a value missing, or not quoted?")
                yield Chunk(self.name, count + 1, rows if as_is else [[row[at] for at in order] for row in rows])
                count += len(rows)

    def _check(self) -> None:
        columns = self.columns
        if len(columns) < 2:
            raise DataError(f"{self.name} has one column only, {columns[0]!r}: separate columns by a comma, a semicolon, a tabulator or |")
        for at, column in enumerate(columns, 1):
            if not column:
                raise DataError(f"{self.name} has no name for column {at}: give it one (an index that pandas has written? use index=False)")
            if not column.isprintable():
                raise DataError(f"{self.name}: the name of column {at}, {column!r}, has a line break or a control character: take it out")
        twice = sorted({column for column in columns if columns.count(column) > 1})
        if twice:
            raise DataError(f"{self.name} has the column {twice[0]} {columns.count(twice[0])} times: give each a name of its own")
        if all(_is_number(column) for column in columns):
            raise DataError(f"{self.name} begins with a row of numbers: put the names of the columns into the first row")

    @contextmanager
    def _open(self) -> Iterator[Tuple[Any, List[str], str]]:
        with self._text() as text:
            first = next((line for line in text if line.strip()), None)
            if first is None:
                raise DataError(f"{self.name} is no table with a header: it is empty")
            delimiter = max(DELIMITERS, key=lambda one: len(next(csv.reader([first], delimiter=one))))
            reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, skipinitialspace=True, strict=True)
            header = [name.strip() for name in next(reader)]
            yield reader, header, delimiter

    @contextmanager
    def _text(self) -> Iterator[IO[str]]:
        if isinstance(self.content, str):
            yield io.StringIO(self.content)
            return
        with _unpacked(self.content) as raw:
            beginning = raw.read(4096)
            raw.seek(0)
            with io.TextIOWrapper(raw, encoding=self._encoding(beginning), newline="") as text:
                yield text

    def _encoding(self, beginning: bytes) -> str:
        for magic, what in _NO_TABLES:
            if beginning.startswith(magic):
                raise DataError(f"{self.name} is {what}: save it as CSV in UTF-8")
        if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in beginning:
            raise DataError(f"{self.name} holds bytes of zero, as UTF-16 without a byte-order mark does: save it as UTF-8")
        return "utf-8-sig"

    @contextmanager
    def _decoded(self) -> Iterator[None]:
        """What Python says of a file that it cannot read, as a person can use it."""
        csv.field_size_limit(_LONGEST)
        try:
            yield
        except UnicodeDecodeError as error:
            byte, line = self._undecodable()
            raise DataError(f"{self.name} is not UTF-8{line}: the byte {byte or hex(error.object[error.start])}: save it as UTF-8") from None
        except csv.Error as error:
            raise DataError(f"{self.name} is no table with a header: {error}: is a quote not closed, or not doubled inside of a value?") from None
        except (OSError, EOFError) as error:
            raise DataError(f"{self.name} cannot be read: {error}: is it cut off?") from None

    def _undecodable(self) -> Tuple[str, str]:
        if isinstance(self.content, Path):
            with _unpacked(self.content) as raw:
                for number, line in enumerate(raw, 1):
                    try:
                        line.decode()
                    except UnicodeDecodeError as error:
                        return hex(line[error.start]), f" in line {number}"
        return "", ""


class Tables:
    """Several that are one: they have the same columns."""

    def __init__(self, tables: Sequence[Table]):
        self.tables = sorted(tables, key=lambda table: table.name)
        self.columns = self.tables[0].columns
        for table in self.tables[1:]:
            other = [f"{column} is missing" for column in self.columns if column not in table.columns]
            other += [f"{column} is not known" for column in table.columns if column not in self.columns]
            if other:
                raise DataError(f"{table.name} has other columns than {self.tables[0].name}: {', '.join(other)}: give all files the same")

    def chunks(self) -> Iterator[Chunk]:
        for table in self.tables:
            yield from table.rows(self.columns)


def files_of(place: Path) -> List[Tuple[str, Path]]:
    """The tables of a folder and of the folders in it, by their names, or those that a manifest in it names."""
    if place.is_file():
        return [(place.name, place)]
    manifest = place / MANIFEST
    if manifest.is_file():
        return [(name, _named(place, name)) for name in _names_in(manifest)]
    found = sorted(file for file in place.rglob("*") if file.name.lower().endswith(SUFFIXES) and file.is_file())
    visible = [file for file in found if not any(part.startswith((".", "_")) for part in file.relative_to(place).parts)]
    if not visible:  # the bundled data would be taken for theirs
        raise DataError(f"{place} holds no file that ends in {', '.join(SUFFIXES)}: put the tables there, in one of these forms")
    return [(str(file.relative_to(place)), file) for file in visible]


def _names_in(manifest: Path) -> List[str]:
    """https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html"""
    try:
        said = json.loads(manifest.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise DataError(f"{manifest.name} is not JSON: {error}") from None
    names = [name for name in said if isinstance(name, str)] if isinstance(said, list) else []
    if not names:
        raise DataError(f'{manifest.name} names no file: write ["a.csv", "b.csv"]')
    return names


def _named(place: Path, name: str) -> Path:
    file = place / name
    if place.resolve() not in file.resolve().parents:
        raise DataError(f"{MANIFEST} names {name}, which is outside of {place}: name files in it")
    if not file.is_file():
        raise DataError(f"{MANIFEST} names {name}, which is not in {place}: put it there, or take it out of the manifest")
    return file


def _taken(reader: Iterator[List[str]], count: int) -> List[Sequence[str]]:
    """Rows hold no circles, and looking for some again and again doubles the time."""
    gc.disable()
    try:
        return [row for row in itertools.islice(reader, count) if row]
    finally:
        gc.enable()


@contextmanager
def _unpacked(file: Path) -> Iterator[Any]:
    """By what it begins with, and not by its name."""
    with file.open("rb") as raw:
        is_packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not is_packed:
            yield raw
            return
        with gzip.open(raw) as content:
            yield content


def _is_number(said: str) -> bool:
    try:
        float(said)
    except ValueError:
        return False
    return True
