"""The errors this project raises on purpose: few types, one root."""

from collections.abc import Iterable

from geo.problems import Problem, format_problems


class GeoError(Exception):
    """Root of every error this project raises on purpose."""


class DateError(GeoError, ValueError):
    """A date that cannot be read as EDTF (ISO 8601-2); `repair` says what to write instead."""

    def __init__(self, value: str, reason: str, repair: str) -> None:
        """Keep the parts of the sentence: the value, what is wrong with it, the repair."""
        super().__init__(f'"{value}" {reason}; {repair}')
        self.value = value
        self.reason = reason
        self.repair = repair


class DescriptionError(GeoError, ValueError):
    """A `journey.toml` that cannot be used; `problems` says where and how to fix it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Make the sentence for people of the records, and keep them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(format_problems(self.problems)))


class BibliographyError(GeoError, ValueError):
    """A `bibliography.csv` that cannot be used; `problems` says where and how to fix it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Make the sentence for people of the records, and keep them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(format_problems(self.problems)))


class PlacesError(GeoError, ValueError):
    """A places table that cannot be used; `problems` says where and how to fix it."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        """Keep the sentence for people and the records behind it."""
        super().__init__(message)
        self.problems = tuple(problems)


class FileBusy(GeoError, TimeoutError):
    """Another program held the file for too long while we waited to write it."""


class NotWritten(GeoError, OSError):
    """A file that could not be written and was left as it was; `filename` and `strerror` say why.

    Made as OSError is: of a number, the reason in words, and the file.
    """

    def __str__(self) -> str:
        """Name the file and the reason, as `map.html could not be written: No space left …`."""
        return f"{self.filename} could not be written: {self.strerror}; it was left as it was."


class GeocodingError(GeoError):
    """Root of what can go wrong between a name and its coordinates."""


class ReferenceDataError(GeocodingError, ValueError):
    """Historic names or evidence that cannot be used; `problems` says where and how to fix it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Make the sentence for people of the records, and keep them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(format_problems(self.problems)))


class RouterMissing(GeoError, ImportError):
    """The library that finds ways over water is not installed; viewing does without it."""


class NoWay(GeoError, LookupError):
    """No way over water leads from one point to another."""


class NotFound(GeocodingError, LookupError):
    """The authority was asked and knows no such place."""


class Refused(GeocodingError, PermissionError):
    """The service answered that we may not ask."""


class RateLimited(GeocodingError):
    """The service asked us to slow down; `retry_after` says for how many seconds, if it did."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep the sentence for people and the wait that the service asked for."""
        super().__init__(message)
        self.retry_after = retry_after


class TimedOut(GeocodingError, TimeoutError):
    """The service did not answer in time."""


class Unreachable(GeocodingError, ConnectionError):
    """The service could not be reached, or failed on its own side."""


class GarbledAnswer(GeocodingError, ValueError):
    """The service answered with something that is not a place."""
