"""The text of one cell: freed of what cannot be seen, or read as a number of degrees."""

import re
import unicodedata

from geo.place import Point

INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
MARKS = re.compile("[\u200c-\u200f]")  # joiners and direction marks: a prose may need them
SPREADSHEET_ERROR = re.compile(r"#(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NULL!|NUM!)")
FORMULA = re.compile(r"[=@]|[+-](?=[\w(@=])")
CLEAN = re.compile(r"(?:[0-9A-Za-z][!-~]*+(?: [!-~]++)*+)?(?<![\"'])")
QUOTES = "\"'“”„‘’«»"

DECIMAL = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,17})?")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]{1,3},[0-9]{1,17}")
NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,12})?"
SEXAGESIMAL = re.compile(
    rf"(?P<before>[NSEW])?\s?(?P<sign>[+-])?(?P<degrees>{NUMBER})\s?(?:[°º:]|(?=[\sNSEW]|$))\s?"
    rf"(?:(?P<minutes>{NUMBER})\s?(?:['′’´:]|(?=[\sNSEW]|$))\s?)?"
    rf"(?:(?P<seconds>{NUMBER})\s?(?:\"|″|”|''|′′)?\s?)?(?P<after>[NSEW])?",
    re.IGNORECASE,
)
BARE_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
UNITS = ("degrees", "minutes", "seconds")
LONGEST_COORDINATE = 40
MAX_CELL = 20_000  # characters


def is_clean(text: str) -> bool:
    """Whether a look is enough: no cleaning would change `text`, and it deserves no warning."""
    return CLEAN.fullmatch(text) is not None and len(text) <= MAX_CELL


def clean(text: str) -> tuple[str, list[str]]:
    """`text` in NFC, on one line, without the invisible; and what of it deserves a warning."""
    told = []
    if BIDI_OVERRIDES.search(text):
        text = BIDI_OVERRIDES.sub("", text)
        told.append("held signs that reverse the direction of writing; they were left out")
    if CONTROLS.search(text):
        text = CONTROLS.sub("", text)
        told.append("held control characters; they were left out")
    if "\ufffd" in text:
        told.append("holds \ufffd: a letter was lost when the file was saved before")
    return unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", text).split())), told


def bare(text: str) -> str:
    """`text` of a cell that holds no prose: no marks, no quotes around it."""
    return text if text.isalnum() else MARKS.sub("", text).strip(QUOTES + " ")


def degrees(text: str, axis: str, decimal_comma: bool = False) -> tuple[float, bool]:
    """Decimal degrees, and whether the cell was written plainly.

    `axis` is latitude or longitude. Raises ValueError with a sentence for what is not a number
    of degrees or points along the other axis; the range is for the caller to check.
    """
    written = text.replace("\u2212", "-").replace("\u2013", "-")
    if DECIMAL.fullmatch(written):
        return float(written), written == text
    if DECIMAL_COMMA.fullmatch(written):
        return float(written.replace(",", ".")), decimal_comma and written == text
    match = len(written) <= LONGEST_COORDINATE and SEXAGESIMAL.fullmatch(written)
    if not match or (match["before"] and match["after"]):
        raise ValueError("is not a number of degrees")
    return _sexagesimal(match, axis), False


def pair(text: str) -> tuple[str, str]:
    """The latitude and the longitude in one cell, divided where there is one way to divide it.

    Raises ValueError with a sentence where there is none, or more than one.
    """
    if BARE_COMMA.fullmatch(text):  # 48,80 may be one number
        raise ValueError("may be a pair, or one number with a decimal comma")
    for separator in (";", ", ", ",", " "):
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    raise ValueError("is not a latitude and a longitude")


def _sexagesimal(match: re.Match[str], axis: str) -> float:
    direction = (match["before"] or match["after"] or "").upper()
    own, other = ("NS", "EW") if axis == "latitude" else ("EW", "NS")
    if direction and direction in other:
        raise ValueError(f"points {direction}, which no {axis} does")
    parts = [match[part].replace(",", ".") for part in UNITS if match[part]]
    whole, minutes, seconds = map(float, [*parts, "0", "0"][:3])
    broken = any("." in part for part in parts[:-1])  # 46.48 30.73 is a pair, not minutes
    if broken or minutes >= 60 or seconds >= 60 or (direction and match["sign"]):
        raise ValueError("is not a number of degrees, minutes and seconds")
    size = round(whole + minutes / 60 + seconds / 3600, 6)
    return -size if match["sign"] == "-" or (direction and direction == own[1]) else size


def coordinate_cells(point: Point, located_by: str) -> dict[str, str]:
    """The cells of a row that say where it is, and by which authority."""
    latitude, longitude = map(plain_number, point)
    return {"latitude": latitude, "longitude": longitude, "located_by": located_by}


def plain_number(degrees: float) -> str:
    """Decimal degrees to six places (a tenth of a metre), as the table writes them."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".")
