"""What the commands share: exit codes, words for a terminal, progress on long work."""

import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import IO

import click

from geo.geocode.gazetteer import Gazetteer
from geo.problems import PRINTED_PROBLEMS, shown

LONGEST_LINE = 500
EXIT_CODES = """
\b
Exit codes:
  0    done, and nothing is wrong
  1    done, but something is wrong or was not found
  2    could not be done: a file, an option or a service failed
  3    a name fits several places, and nobody has settled which
  130  stopped by Ctrl-C"""


def examples(*lines: str) -> str:
    """The end of a command's help: how it is called, and how it may end."""
    return "\b\nFor example:\n" + "".join(f"  {line}\n" for line in lines) + EXIT_CODES


DEFAULT_PLACES = "data/places.csv"
places_file = click.Path(exists=True, dir_okay=False, path_type=Path)
places_argument = click.argument(
    "places", metavar="[FILE]", default=DEFAULT_PLACES, type=places_file
)


class Exit(IntEnum):
    """How a command ended; EXIT_CODES says it in words."""

    DONE = 0
    WRONG = 1
    FAILED = 2
    AMBIGUOUS = 3
    STOPPED = 130


class Failure(click.ClickException):
    """What could not be done, in one or more lines."""

    exit_code = Exit.FAILED

    def show(self, file: IO[str] | None = None) -> None:
        """Print the lines on stderr, the first with the word Error."""
        say(f"Error: {self.message}".splitlines(), err=True)


def country_code(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse what is not two letters; an unknown pair of letters is simply nowhere."""
    if value is not None and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise click.BadParameter(f"{value!r} is not a country code; write two letters, such as UA.")
    return value and value.upper()


def visible(text: str) -> str:
    """One line of `text`, fit for a terminal whatever it holds."""
    return shown(text, LONGEST_LINE)


def say(lines: Iterable[str], *, err: bool = False) -> None:
    """Print each line, with whatever could steer a terminal written out."""
    for line in lines:
        click.echo(visible(line), err=err)


def some(lines: list[str], limit: int = PRINTED_PROBLEMS) -> list[str]:
    """At most `limit` of the lines, and one that counts the rest."""
    rest = len(lines) - limit
    return lines if rest <= 0 else [*lines[:limit], f"… and {rest:,} more"]


def count(number: int, noun: str) -> str:
    """`1 row`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def progress(label: str) -> Callable[[int, int], None]:
    """Return what tells (done, in all) on stderr: in a terminal in per cent, else that it began."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            part = done * 100 // total if total else 100
            click.echo(f"\r{label}: {part} %", err=True, nl=done == total)
        elif total and not done:
            click.echo(f"{label} …", err=True)

    return tell


@cache
def open_gazetteer() -> Gazetteer:
    """The embedded gazetteer, which tells on stderr where it has to build its index, and why.

    One for the whole run: an index that cannot be kept is built, and told of, once.
    """
    return Gazetteer(
        progress=progress("Building the gazetteer's index, once"),
        notice=lambda sentence: say([sentence], err=True),
    )


def at_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()
