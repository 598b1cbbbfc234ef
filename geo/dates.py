"""Dates as the table writes them (EDTF, ISO 8601-2, New Style), and as a reader says them.

The subset is small enough for one pattern: years, months, days, seasons 21 to 24, unspecified
digits at the end (`190X`, `1917-XX`), and one qualifier (`?`, `~`, `%`) behind it all.
What people write instead and nobody can misunderstand (`17 May 1917`) is understood too:
`EdtfDate.text` then differs from what was written.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, NoReturn

from geo.errors import DateError

Precision = Literal["day", "month", "season", "year", "decade"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
LAST_YEAR = 2100  # later years are serial numbers or "no end" in disguise
DRAWN_YEARS = f"only dates from the year 0001 to {LAST_YEAR} can be drawn"
LONGEST = 40  # characters: no date is longer, and the patterns stay cheap

EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%])?")
DECADE = re.compile(r"([0-9]{3})X([?~%])?")
ISO_LOOSE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})([?~%])?")
MIDNIGHT = re.compile(r"(?:[ T]0?0:00(?::00(?:\.0+)?)?Z?| 12:00(?::00)? ?AM)$", re.IGNORECASE)
NUMERIC = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[/.]([0-9]{4})")
WINTER = re.compile(r"winter\s+([0-9]{4})", re.IGNORECASE)
SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
IN_ENGLISH = re.compile(
    r"(?:(about|around|approximately|circa|ca\.?|c\.|perhaps|probably|possibly)\s*)?"
    r"(?:(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?)?"
    r"(\d{4})",
    re.ASCII | re.IGNORECASE,
)
SERIAL = re.compile(r"([0-9]{4,5})(?:[.,][0-9]+)?")
SPAN = re.compile(
    r".*[0-9?~%X]\s*(?:/|\.\.|–|—|\bto\b|\buntil\b| - )\s*[0-9].*|.*(?:/|\.\.)|(?:/|\.\.).*"
)
BEFORE_CHRIST = re.compile(r"-[0-9]{1,6}(?:-.*)?|.*[0-9]\s*(?:bc|bce|b\.\s?c\.).*", re.IGNORECASE)
DASHES = str.maketrans(dict.fromkeys("‐‑‒−", "-"))


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date with the precision known: `text` in EDTF, the first and last day it can mean.

    `precision` is day, month, season, year or decade. Qualifiers (`~` approximate,
    `?` uncertain, `%` both) leave `earliest` and `latest` as they are.
    """

    text: str
    earliest: date
    latest: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one day that nobody doubts."""
        return self.precision == "day" and not (self.approximate or self.uncertain)


class _Parts(NamedTuple):
    """The parts of an EDTF date as digits; `month` may be the number of a season."""

    year: str
    month: str | None = None
    day: str | None = None
    qualifier: str | None = None


class JulianDay(NamedTuple):
    """A day of the Julian calendar (Old Style), which may be one that Gregory left out."""

    year: int
    month: int
    day: int


@lru_cache(maxsize=50_000)
def parse(text: str) -> EdtfDate:
    """Read one date.

    Raises DateError, whose `reason` and `repair` say what is wrong and what to write.
    """
    written = text.strip().translate(DASHES)
    if len(written) > LONGEST:
        _refuse(text[:LONGEST] + "…", "is too long for a date", "write one such as 1917-05-17")
    day = MIDNIGHT.sub("", written)  # so do spreadsheets and databases write a whole day
    if day != written:
        return _midnight(text, day.strip())
    if match := DECADE.fullmatch(written.upper()):
        return _decade(text, match[1], match[2] or "")
    match = EDTF.fullmatch(written.upper())
    parts = _Parts(*match.groups()) if match else _understood(text, written)
    precision, (earliest, latest) = _extent(text, parts)
    edtf = "-".join(part for part in parts[:3] if part) + (parts.qualifier or "")
    return _qualified(edtf, earliest, latest, precision)


def _midnight(text: str, written: str) -> EdtfDate:
    read = parse(written)
    if read.precision != "day":
        _refuse(text, "is a time of day without its day", "write the day, such as 1917-05-17")
    return read


def _qualified(edtf: str, earliest: date, latest: date, precision: Precision) -> EdtfDate:
    return EdtfDate(
        edtf,
        earliest,
        latest,
        precision,
        approximate=edtf.endswith(("~", "%")),
        uncertain=edtf.endswith(("?", "%")),
    )


def _decade(text: str, digits: str, qualifier: str) -> EdtfDate:
    _check_year(text, f"{digits}9")
    first, last = date(max(1, int(digits + "0")), 1, 1), date(int(digits + "9"), 12, 31)
    return _qualified(f"{digits}X{qualifier}", first, last, "decade")


def _extent(text: str, parts: _Parts) -> tuple[Precision, tuple[date, date]]:
    """Precision, first and last day of the parts of an EDTF date; `text` is for messages."""
    year = parts.year
    _check_year(text, year)
    month, day = _number(parts.month), _number(parts.day)
    if month is None and day is not None:
        _refuse(text, "has a day but no month", f"write {year}, or the month too")
    if month is None:
        return "year", (date(int(year), 1, 1), date(int(year), 12, 31))
    if month in SEASONS and parts.day is None:
        return "season", _season(int(year), month)
    if not 1 <= month <= 12:
        _refuse_month(text, year, month, day)
    if day is not None:
        return "day", (_day(text, int(year), month, day),) * 2
    first = date(int(year), month, 1)
    return "month", (first, first.replace(day=monthrange(first.year, month)[1]))


def _number(part: str | None) -> int | None:
    return None if part is None or part == "XX" else int(part)


def _check_year(text: str, year: str) -> None:
    if year == "9999":
        _refuse(text, "stands for 'no end'", "leave the cell empty if no end is known")
    if year == "0000":
        _refuse(text, "is before the year 1", DRAWN_YEARS)
    if int(year) > LAST_YEAR:
        serial = SERIAL.fullmatch(text.strip())
        hint = f"; as a spreadsheet's serial number it is {_serial_day(year)}" if serial else ""
        _refuse(text, f"is later than the year {LAST_YEAR}", f"fix the year{hint}")


def _season(year: int, number: int) -> tuple[date, date]:
    """First and last day of a season of the northern year; winter runs on into the next."""
    first = date(year, FIRST_MONTH[number], 1)
    after = date(year + (number == 24), (FIRST_MONTH[number] + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _day(text: str, year: int, month: int, day: int) -> date:
    length = monthrange(year, month)[1]
    if 1 <= day <= length:
        return date(year, month, day)
    in_month = f"{year:04}-{month:02}"
    choice = f"{in_month}-{length} or {in_month}" if day > length else in_month
    _refuse(text, f"names a day that {MONTHS[month - 1]} {year} does not have", f"write {choice}")


def _refuse_month(text: str, year: str, month: int, day: int | None) -> NoReturn:
    repair = f"write {year}, or a month from 01 to 12"
    if day is not None and 1 <= day <= 12 < month:
        repair = f"write {year}-{day:02}-{month:02}"
    elif day is None and month > int(year[2:]):
        repair = f"for a span of years write {year} as arrived, {year[:2]}{month} as departed"
    _refuse(text, f"has no month {month:02}", repair)


def _understood(text: str, written: str) -> _Parts:
    """The EDTF parts of a date that is written otherwise but cannot be misread."""
    if match := ISO_LOOSE.fullmatch(written):
        year, _, month, day, qualifier = match.groups()
        return _Parts(year, month.zfill(2), day.zfill(2), qualifier)
    if match := MONTH_AND_YEAR.fullmatch(written):
        return _Parts(match[2], match[1].zfill(2))
    if match := NUMERIC.fullmatch(written):
        return _from_numbers(text, *(int(match[group]) for group in (1, 3, 4)))
    if parts := _from_english(written):
        return parts
    return _refuse_unreadable(text, written)


def _from_numbers(text: str, first: int, second: int, year: int) -> _Parts:
    """`17/05/1917` has one reading; `03/04/1917` has two and is refused."""
    if first == second or first > 12 >= second:
        return _Parts(f"{year:04}", f"{second:02}", f"{first:02}")
    if second > 12 >= first:
        return _Parts(f"{year:04}", f"{first:02}", f"{second:02}")
    either = ((second, first), (first, second))
    readings = [f"{year:04}-{month:02}-{day:02}" for month, day in either if 1 <= month <= 12]
    if not readings:
        _refuse(text, "is not a date", "write year-month-day, such as 1917-05-17")
    _refuse(text, "can be read in two ways", f"write {' or '.join(readings)}")


def _from_english(written: str) -> _Parts | None:
    """`17 May 1917`, `May 17, 1917`, `autumn 1888`, `about 1902`; None if it is none of these."""
    match = IN_ENGLISH.fullmatch(written)
    if not match:
        return None
    hedge, day, word, american_day, year = match.groups()
    qualifier = None if hedge is None else "~" if hedge[0] in "acAC" else "?"
    if word is None:
        return _Parts(year, qualifier=qualifier)
    number = _month_or_season(word.lower())
    day = day or american_day
    if number is None or (day and number in SEASONS):
        return None
    return _Parts(year, f"{number:02}", day and day.zfill(2), qualifier)


def _month_or_season(word: str) -> int | None:
    names = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
    names |= {"sept": 9} | {name[:3]: number for name, number in names.items()}
    # winter is left out: "winter 1907" may begin or end in that year
    names |= {name: number for number, name in SEASONS.items() if name != "winter"}
    return names.get(word)


def _refuse_unreadable(text: str, written: str) -> NoReturn:
    if not written:
        _refuse(text, "is empty", "write a date such as 1917-05-17")
    if BEFORE_CHRIST.fullmatch(written):
        _refuse(text, "is before the year 1", DRAWN_YEARS)
    if match := SERIAL.fullmatch(written):
        day = _serial_day(match[1])
        _refuse(text, "looks like a spreadsheet's serial number", f"if so, write {day}")
    if match := WINTER.fullmatch(written):
        december = int(match[1])
        _refuse(
            text,
            "may begin or end in that year",
            f"write {december - 1:04}-24 or {december:04}-24, with the year of its December",
        )
    if SHORT_YEAR.fullmatch(written):
        _refuse(text, "has a year of two digits", "write year-month-day, such as 1917-05-17")
    if SPAN.fullmatch(written):
        _refuse(
            text,
            "is a span of time",
            "write its beginning in `arrived` and its end in `departed`",
        )
    _refuse(
        text,
        "is not a date",
        "write 1917-05-17, 1917-05, 1917, 1888-23 (autumn), 1917~ (about) or 1917? (perhaps)",
    )


def _serial_day(serial: str) -> str:
    """The day a spreadsheet means by `serial` (1900 system, where 60 is a day that never was)."""
    return (date(1899, 12, 30) + timedelta(days=int(serial))).isoformat()


def _refuse(text: str, reason: str, repair: str) -> NoReturn:
    raise DateError(text, reason, repair)


def years_perhaps_meant(when: EdtfDate) -> tuple[int, int] | None:
    """`1920-24` is the winter of 1920, and for most who write it the years 1920 to 1924.

    None where a date has no such second reading, as `1888-23`; a qualifier settles it too.
    """
    if when.precision != "season" or when.approximate or when.uncertain:
        return None
    first = when.earliest.year
    last = first - first % 100 + int(when.text[5:])
    return (first, last) if last > first else None


def in_words(when: EdtfDate) -> str:
    """`17 May 1917`, `May 1917`, `autumn 1888`, `the 1900s`, `about 1902`, `perhaps 1907`."""
    return _hedge(when) + _joined(_parts(when))


def span_in_words(arrived: EdtfDate | None, departed: EdtfDate | None) -> str:
    """`17 May – 5 August 1917`: what both ends share is said once; empty without dates."""
    if arrived is None or departed is None or arrived.text == departed.text:
        known = arrived or departed
        return "" if known is None else in_words(known)
    if _holds(departed, arrived):
        return _within_one(arrived, departed)
    left, right = _parts(arrived), _parts(departed)
    shared = 0 if _hedge(arrived) or _hedge(departed) else _shared(left, right)
    first = _hedge(arrived) + _joined(left[: 3 - shared])
    second = _hedge(departed) + _joined(right[: 3 - shared])
    dash = " – " if " " in first + second else "–"
    return _joined((first + dash + second, *right[3 - shared :]))


def _holds(outer: EdtfDate, inner: EdtfDate) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def _within_one(arrived: EdtfDate, departed: EdtfDate) -> str:
    """`5 October 1918 – later that month`, where the departure is known no better than that."""
    if _holds(arrived, departed):
        return in_words(arrived if _hedge(arrived) else departed)
    perhaps = "perhaps " if _hedge(departed) else ""
    return f"{in_words(arrived)} – {perhaps}later that {departed.precision}"


def _hedge(when: EdtfDate) -> str:
    return "perhaps " * when.uncertain + "about " * when.approximate


def _parts(when: EdtfDate) -> tuple[str, str, str]:
    """Day, month or season, and year, as words; empty where unknown."""
    start = when.earliest
    if when.precision == "season":
        name = SEASONS[int(when.text[5:7])]
        return "", name, _winter(start.year) if name == "winter" else str(start.year)
    if when.precision == "decade":
        return "", "", f"the {start.year}s"
    return (
        str(start.day) if when.precision == "day" else "",
        MONTHS[start.month - 1] if when.precision in ("day", "month") else "",
        str(start.year),
    )


def _winter(year: int) -> str:
    following = year + 1
    return f"{year}–{following if following % 100 == 0 else f'{following % 100:02}'}"


def _shared(left: tuple[str, str, str], right: tuple[str, str, str]) -> int:
    """How many parts, from the year backwards, need to be said only once."""
    if left[2] != right[2] or not (left[1] and right[1]):
        return 0
    return 2 if left[1] == right[1] and left[0] and right[0] else 1


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def old_style(day: date) -> JulianDay:
    """The same day in the Julian calendar.

    Both calendars count the same days: the Gregorian 1 January of the year 1 is the Julian
    3 January. The count here begins on 1 March 4801 BC, so that a leap day is the last of its
    year; any four Julian years are 1,461 days, any five months from March or August 153.
    """
    days = day.toordinal() + 1_721_425 + 32_082
    year, rest = divmod(4 * days + 3, 1461)
    month, rest = divmod(5 * (rest // 4) + 2, 153)
    return JulianDay(year - 4800 + month // 10, month + 3 - 12 * (month // 10), rest // 5 + 1)
