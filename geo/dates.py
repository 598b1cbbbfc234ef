"""Dates as the table writes them (EDTF, ISO 8601-2, New Style), and as a reader says them.

The subset is small enough for one pattern: years, months, days, seasons 21 to 24, unspecified
digits at the end (`190X`, `1917-XX`), and one qualifier (`?`, `~`, `%`) behind it all.
What people write instead and nobody can misunderstand (`17 May 1917`) is understood too:
`EdtfDate.text` then differs from what was written.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, NoReturn

from geo.errors import DateError

Precision = Literal["day", "month", "season", "year", "decade", "century"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
LAST_YEAR = 2100  # later years are serial numbers or "no end" in disguise
LONGEST = 40  # characters: no date is longer, and patterns stay cheap

EDTF = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%])?")
ISO_LOOSE = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})([?~%])?(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?"
)
NUMERIC = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
IN_ENGLISH = re.compile(
    r"(?:(about|around|approximately|circa|ca\.?|c\.|perhaps|probably|possibly)\s*)?"
    r"(?:(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?)?"
    r"(\d{4})",
    re.ASCII | re.IGNORECASE,
)
SERIAL = re.compile(r"([0-9]{4,5})(?:[.,][0-9]+)?")
SPAN = re.compile(
    r"(?:.*[0-9?~%X])\s*(?:/|\.\.|–|—|\bto\b|\buntil\b| - )\s*(?:.*[0-9?~%X])|.*/|/.*|.*\.\.|\.\..*"
)  # noqa: E501
BEFORE_CHRIST = re.compile(r"-[0-9]{1,6}(?:-.*)?|.*[0-9]\s*(?:bc|bce|b\.\s?c\.).*", re.IGNORECASE)
DASHES = str.maketrans(dict.fromkeys("‐‑‒−", "-"))


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date with the precision known: `text` in EDTF, the first and last day it can mean.

    `precision` is day, month, season, year, decade or century. Qualifiers (`~` approximate,
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
        _refuse(text[:LONGEST] + "…", "is not a date", "write one date such as 1917-05-17")
    if match := EDTF.fullmatch(written.upper()):
        return _from_edtf(text, *match.groups())
    return _from_edtf(text, *(_understood(text, written)))


def _from_edtf(text, year: str, second: str | None, third: str | None, qualifier: str | None):
    """Build the date from the parts of an EDTF string; `text` is for the message only."""
    _check_year(text, year)
    qualifier = qualifier or ""
    known = [part for part in (second, third) if part not in (None, "XX")]
    if second == "XX" and known:
        _refuse(text, "has a day but no month", f"write {year}, or the month too")
    number = int(second) if known else 0
    if third is not None and number > 12:  # noqa: PLR2004
        _refuse_month(text, year, number, third)
    if number in SEASONS:
        precision, (earliest, latest) = "season", _season(int(year), number)
    elif number > 12 or (known and number == 0):  # noqa: PLR2004
        _refuse_month(text, year, number, third)
    elif len(known) == 2:  # noqa: PLR2004
        precision, earliest = "day", _day(text, int(year), number, int(known[1]))
        latest = earliest
    elif known:
        precision = "month"
        earliest = date(int(year), number, 1)
        latest = earliest.replace(day=monthrange(int(year), number)[1])
    else:
        precision = {0: "year", 1: "decade", 2: "century"}[year.count("X")]
        earliest = date(max(1, int(year.replace("X", "0"))), 1, 1)
        latest = date(int(year.replace("X", "9")), 12, 31)
    return EdtfDate(
        "-".join(part for part in (year, second, third) if part is not None) + qualifier,
        earliest,
        latest,
        precision,
        approximate=qualifier in ("~", "%") and qualifier != "",
        uncertain=qualifier in ("?", "%") and qualifier != "",
    )


def _check_year(text: str, year: str) -> None:
    if year.startswith("9999"):
        _refuse(text, "stands for 'no end'", "leave the cell empty if no end is known")
    if year == "0000":
        _refuse(text, "is before the year 1", "only dates from the year 0001 on can be drawn")
    if int(year.replace("X", "0")) > LAST_YEAR:
        serial = f"; if it is a spreadsheet's serial number, write {_serial_day(int(year))}" * (
            year.isdigit()
        )
        _refuse(text, f"is later than {LAST_YEAR}", f"check the year{serial}")


def _season(year: int, number: int) -> tuple[date, date]:
    """First and last day of a season of the northern year; winter runs on into the next."""
    first = date(year, FIRST_MONTH[number], 1)
    after = date(year + (number == 24), (FIRST_MONTH[number] + 2) % 12 + 1, 1)  # noqa: PLR2004
    return first, after - timedelta(days=1)


def _day(text: str, year: int, month: int, day: int) -> date:
    length = monthrange(year, month)[1]
    if 1 <= day <= length:
        return date(year, month, day)
    in_month = f"{year:04}-{month:02}"
    choice = f"{in_month}-{length} or {in_month}" if day > length else in_month
    _refuse(text, f"names a day that {MONTHS[month - 1]} {year} has not", f"write {choice}")


def _refuse_month(text: str, year: str, number: int, third: str | None) -> NoReturn:
    if third is not None and 1 <= int(third.replace("XX", "0")) <= 12 < number <= 31:  # noqa: PLR2004
        _refuse(text, f"has no month {number}", f"write {year}-{third}-{number:02}")
    if third is None and number > int(year[2:].replace("X", "0")):
        _refuse(
            text,
            f"has no month {number}",
            f"a span of years goes into two columns: arrived {year}, departed {year[:2]}{number}",
        )
    _refuse(text, f"has no month {number:02}", f"write {year}, or a month from 01 to 12")


def _understood(text: str, written: str) -> tuple[str, str | None, str | None, str | None]:
    """The EDTF parts of a date that is written otherwise but cannot be misread."""
    if match := ISO_LOOSE.fullmatch(written):
        year, _, month, day, qualifier = match.groups()
        return year, month.zfill(2), day.zfill(2), qualifier
    if match := NUMERIC.fullmatch(written):
        return _from_numbers(text, *(int(match[group]) for group in (1, 3, 4)))
    if parts := _from_english(written):
        return parts
    return _refuse_unreadable(text, written)


def _from_numbers(text: str, first: int, second: int, year: int):
    """`17/05/1917` has one reading; `03/04/1917` has two and is refused."""
    day_first, month_first = (
        (f"{year:04}", f"{month:02}", f"{day:02}", None)
        for day, month in ((first, second), (second, first))
    )
    if first == second or first > 12 >= second:  # noqa: PLR2004
        return day_first
    if second > 12 >= first:  # noqa: PLR2004
        return month_first
    readings = [
        "-".join(parts[:3])
        for parts in (day_first, month_first)
        if 1 <= int(parts[1]) <= 12  # noqa: PLR2004
    ]
    if not readings:
        _refuse(text, "is not a date", "write year-month-day, such as 1917-05-17")
    _refuse(text, "can be read in two ways", f"write {' or '.join(readings)}")


def _from_english(written: str):
    """`17 May 1917`, `May 17, 1917`, `autumn 1888`, `about 1902`; None if it is none of these."""
    match = IN_ENGLISH.fullmatch(written)
    if not match:
        return None
    hedge, day, word, american_day, year = match.groups()
    qualifier = None if hedge is None else "~" if hedge[0] in "acAC" else "?"
    if word is None:
        return year, None, None, qualifier
    number = _month_or_season(word.lower())
    day = day or american_day
    if number is None or (day and number in SEASONS):
        return None
    return year, f"{number:02}", day and day.zfill(2), qualifier


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
        _refuse(text, "is before the year 1", "only dates from the year 0001 to 2100 can be drawn")
    if match := SERIAL.fullmatch(written):
        day = _serial_day(int(match[1]))
        _refuse(text, "looks like a spreadsheet's serial number", f"if so, write {day}")
    if written.lower().startswith("winter"):
        _refuse(
            text,
            "may begin or end in that year",
            "write YYYY-24, with the year of its December",
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
        "write 1917-05-17, 1917-05, 1917, 1917-23 (autumn), 1917~ (about) or 1917? (perhaps)",
    )


def _serial_day(serial: int) -> str:
    """The day a spreadsheet means by `serial` (1900 system, where 60 is a day that never was)."""
    return (date(1899, 12, 30) + timedelta(days=serial)).isoformat()


def _refuse(text: str, reason: str, repair: str) -> NoReturn:
    raise DateError(text, reason, repair)


def in_words(when: EdtfDate) -> str:
    """`17 May 1917`, `May 1917`, `autumn 1888`, `the 1900s`, `about 1902`, `perhaps 1907`."""
    return _hedge(when) + " ".join(part for part in _parts(when) if part)


def span_in_words(arrived: EdtfDate | None, departed: EdtfDate | None) -> str:
    """`17 May – 5 August 1917`: what both ends share is said once; empty without dates."""
    if arrived is None or departed is None or arrived.text == departed.text:
        known = arrived or departed
        return "" if known is None else in_words(known)
    left, right = _parts(arrived), _parts(departed)
    if not (_hedge(arrived) or _hedge(departed)) and "winter" not in (left[1], right[1]):
        left = _unshared(left, right)
    first = _hedge(arrived) + " ".join(part for part in left if part)
    second = in_words(departed)
    spaced = " " in first or " " in second.removesuffix(f" {right[2]}").removesuffix(
        f" {right[1]}" if left == (left[0], "", "") else ""
    )
    return f"{first} – {second}" if spaced else f"{first}–{second}"


def _hedge(when: EdtfDate) -> str:
    return "perhaps " * when.uncertain + "about " * when.approximate


def _parts(when: EdtfDate) -> tuple[str, str, str]:
    """Day, month or season, and year, as words; empty where unknown."""
    start = when.earliest
    if when.precision == "season":
        name = SEASONS[int(when.text[5:7])]
        return "", name, _winter(start.year) if name == "winter" else str(start.year)
    if when.precision in ("decade", "century"):
        return "", "the", f"{when.text[:4].replace('X', '0')}s"
    return (
        str(start.day) if when.precision == "day" else "",
        MONTHS[start.month - 1] if when.precision in ("day", "month") else "",
        str(start.year),
    )


def _winter(year: int) -> str:
    following = year + 1
    return f"{year}–{following if following % 100 == 0 else f'{following % 100:02}'}"


def _unshared(left: tuple[str, str, str], right: tuple[str, str, str]) -> tuple[str, str, str]:
    """`left` without the year, or month and year, that `right` says again."""
    if left[2] != right[2] or not left[1] or not right[1]:
        return left
    if left[0] and right[0] and left[1] == right[1]:
        return left[0], "", ""
    return left[0], left[1], ""


def old_style(day: date) -> JulianDay:
    """The same day in the Julian calendar.

    Richards, "Calendars", in Urban and Seidelmann (eds), Explanatory Supplement to the
    Astronomical Almanac, 3rd ed. (2013), section 15.11, in the form that counts years from March.
    """
    days = day.toordinal() + 1_721_425 + 32_082
    year, rest = divmod(4 * days + 3, 1461)
    month, rest = divmod(5 * (rest // 4) + 2, 153)
    return JulianDay(year - 4800 + month // 10, month + 3 - 12 * (month // 10), rest // 5 + 1)
