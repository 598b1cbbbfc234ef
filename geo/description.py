"""Read journey.toml: whose journey a places table tells, and which texts it refers to."""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import DescriptionError

TomlTable = dict[str, Any]  # values of any kind until they are checked


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts that the `texts` column refers to.

    `key` is how a reference names it; `paragraphs` counts its lines that are not blank.
    `date` is in words, as the page shows it.
    """

    key: str
    author: str
    title: str
    publication: str
    date: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Description:
    """A journey's title, its texts in order, and the phases of the life spent in captivity.

    `life` is its first and its last day, where they are told.
    """

    title: str
    subtitle: str
    texts: tuple[Text, ...]
    captive_phases: tuple[str, ...]
    life: tuple[date, date] | None = None


# What each key may hold, shown as an example to copy.
DESCRIPTION_KEYS = {
    "title": '"Leon Trotsky"',
    "subtitle": '"a life in places, 1879–1940"',
    "captive_phases": '["prison and exile"]',
}
LIFE_EXAMPLE = "[1879-11-07, 1940-08-21]"
TEXT_KEYS = {
    "key": '"choonara"',
    "author": '"Esme Choonara"',
    "title": '"Trotsky\'s socialism"',
    "publication": '"Socialist Worker"',
    "date": '"17 August 2010"',
    "paragraphs": "79",
}


def read_description(path: Path) -> Description:
    """Read the description of a journey from a TOML file.

    Raises DescriptionError if the file is missing, is not TOML, or has wrong or unknown keys.
    The message holds every problem on a line of its own: file, key, value and repair.
    """
    table = _load(path)
    problems = list(_problems(table))
    if problems:
        raise DescriptionError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return Description(
        title=table["title"],
        subtitle=table["subtitle"],
        texts=tuple(Text(**entry) for entry in table.get("texts", [])),
        captive_phases=tuple(table["captive_phases"]),
        life=tuple(table["life"]) if "life" in table else None,
    )


def _load(path: Path) -> TomlTable:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise DescriptionError(
            f"{path.name}: there is no such file in {path.parent}; "
            f"write it with {', '.join(DESCRIPTION_KEYS)} and [[texts]]"
        ) from error
    except OSError as error:
        raise DescriptionError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DescriptionError(f"{path.name}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise DescriptionError(f"{path.name}: is not TOML: {error}; fix it there") from error


def _problems(table: TomlTable) -> Iterator[str]:
    yield from _wrong_keys(table, DESCRIPTION_KEYS, other={"texts", "life"})
    if "life" in table and not _is_life(table["life"]):
        yield f"life = {table['life']!r} is not two days in order; write it like {LIFE_EXAMPLE}"
    entries = table.get("texts", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield f"texts = {entries!r} is not a list of texts; begin each text with a line [[texts]]"
        return
    for number, entry in enumerate(entries, 1):
        for problem in _wrong_keys(entry, TEXT_KEYS):
            yield f"[[texts]] no. {number}: {problem}"
    keys = Counter(entry["key"] for entry in entries if isinstance(entry.get("key"), str))
    for key, count in keys.items():
        if count > 1:
            yield f"key = {key!r} stands for {count} texts; give each text a key of its own"


def _is_life(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 2):
        return False
    # A time of day is a date to isinstance, and not to us.
    return all(type(day) is date for day in value) and value == sorted(value)


def _wrong_keys(
    table: TomlTable, examples: dict[str, str], other: Collection[str] = ()
) -> Iterator[str]:
    """Unknown keys, missing keys and values of the wrong kind, in the order of the file."""
    for key, value in table.items():
        if key not in examples and key not in other:
            yield f"{key} = {value!r} is not a known key; the keys are {', '.join(examples)}"
        elif key in examples and (wish := _wish(value, tomllib.loads(f"x = {examples[key]}")["x"])):
            yield f"{key} = {value!r} is not {wish}; write it like {key} = {examples[key]}"
    for key, example in examples.items():
        if key not in table:
            yield f"{key} is missing; write it like {key} = {example}"


def _wish(value: object, example: object) -> str | None:
    """What a value ought to be, after the example; None if it is that."""
    if isinstance(example, str):
        return None if isinstance(value, str) and value.strip() else "a text in quotes"
    if isinstance(example, int):
        return None if type(value) is int and value > 0 else "a whole number above 0"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return "a list of texts in quotes"
