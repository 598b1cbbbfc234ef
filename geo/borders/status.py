"""What a state could be besides sovereign: the words for it, and how the map draws it.

What each status means is told in docs/borders.md.
"""

from typing import Literal, NamedTuple

Drawn = Literal["sovereign", "dependent", "occupied", "contested"]


class Status(NamedTuple):
    """The words `alone`, those `under` that stand before the name of the other state, the style."""

    alone: str
    under: str
    drawn: Drawn

    def in_words(self, under: str | None) -> str:
        """Say what a state was that depended on `under`: `mandate of France`, or nothing."""
        return f"{self.under} {under}" if self.under and under else self.alone


STATUSES = {
    "sovereign": Status("", "", "sovereign"),
    "union": Status("", "in union with", "sovereign"),
    "dominion": Status("dominion", "dominion under", "sovereign"),
    "autonomous": Status("autonomous", "autonomous under", "dependent"),
    "vassal": Status("tributary", "tributary to", "dependent"),
    "protectorate": Status("protectorate", "protectorate of", "dependent"),
    "colony": Status("colony", "colony of", "dependent"),
    "mandate": Status("mandate", "mandate of", "dependent"),
    "international": Status("international", "international under", "dependent"),
    "leased": Status("leased", "leased to", "dependent"),
    "occupied": Status("occupied", "occupied by", "occupied"),
    "contested": Status("contested", "", "contested"),
}


def statuses_for_page() -> dict[str, dict[str, str]]:
    """The same table for the page's scripts: `{status: {"alone": …, "under": …, "drawn": …}}`."""
    return {name: status._asdict() for name, status in STATUSES.items()}
