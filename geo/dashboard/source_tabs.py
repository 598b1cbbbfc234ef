"""The tabs below the map that tell by source: differences, texts, bibliography."""

import re
from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from geo.dashboard.by_source import NO_PLACE, Leading, Sources
from geo.dashboard.leading import height, show_leading
from geo.description import Text

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# All that is told stands on three lines, and a phone shows the place and the text first.
DIFFERENCE_HEIGHT = 78
DIFFERENCE_WIDTHS = {
    "Place": 120,
    "What the text says": 320,
    "What the record says": 420,
    "Dates": 200,
    "Sources": 600,
}
SITE = r"^https?://(?:www\.)?([^/]+)"
STRENGTHS = ("no source", "one source", "several sources of one kind", "sources of several kinds")


def show_differences(differences: Leading) -> None:
    """Show every difference between a text and the record; choosing one takes the map there."""
    if not differences.days:
        st.info("No row tells of a difference between a text and the record.")
        return
    st.caption(
        f"{len(differences.days)} differences, in the order of the days. "
        "Choose one to take the map there."
    )
    show_leading(
        "differences",
        *differences,
        most=710,
        row=DIFFERENCE_HEIGHT,
        columns=_wide(DIFFERENCE_WIDTHS),
    )


def show_texts(texts: Sequence[tuple[Text, Leading]]) -> None:
    """Show every paragraph of each text with the rows that it names."""
    for text, paragraphs in texts:
        st.subheader(_plain(f"{text.author}, {text.title}"), anchor=False)
        st.text(f"{text.publication}, {text.date}")
        named = paragraphs.table.loc[paragraphs.table["Place"] != NO_PLACE, "Paragraph"]
        st.caption(
            f"{text.paragraphs} paragraphs, of which {named.nunique()} name places, "
            f"{len(named)} times in all. Choose a line to take the map there; the column Texts "
            "of the table of places leads back."
        )
        show_leading(
            f"text-{text.key}",
            *paragraphs,
            most=480,
            columns=_wide({"Paragraph": 90, "Dates": 240}),
        )


def _plain(words: str) -> str:
    """Words as Markdown that shows them as they are."""
    return PUNCTUATION.sub(r"\\\1", words)


def show_sources(sources: Sources) -> None:
    """Show the works cited, where each is cited, and how well each row is supported."""
    if sources.works.empty:
        st.info("No row names a source.")
        return
    st.subheader("Bibliography", anchor=False)
    st.caption(f"{len(sources.works)} works. Choose one to see its citations alone.")
    chosen = st.dataframe(
        sources.works,
        key="works",
        hide_index=True,
        height=height(len(sources.works), 480),
        column_config={"Link": _link()},
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
    ).selection.rows
    _show_citations(sources, chosen[0] if chosen else None)
    _show_supports(sources)


def _show_citations(sources: Sources, work: int | None) -> None:
    cited = sources.citations
    if work is not None:
        cited = cited.only(sources.cited_by[work])
    st.subheader("Citations", anchor=False)
    st.caption(f"{len(cited.days)} citations. Choose one to take the map to its row.")
    columns = _wide({"Work": 300, "Passage": 220}) | {"Link": _link()}
    show_leading(f"citations-{work}", *cited, most=480, columns=columns)


def _show_supports(sources: Sources) -> None:
    st.subheader("What each row rests on", anchor=False)
    counted = "; ".join(
        f"on {words}: {sources.counts[strength]}" for strength, words in enumerate(STRENGTHS)
    )
    st.caption(
        f"Rows that rest {counted}. The weakest come first; what has no day in need of a source "
        "comes last. Choose a row to take the map there."
    )
    show_leading("supports", *sources.supports, most=480, columns=_wide({"Rests on": 240}))


def _wide(widths: dict[str, int]) -> dict[str, ColumnConfig]:
    """Columns of these widths in px."""
    return {name: st.column_config.Column(width=width) for name, width in widths.items()}


def _link() -> ColumnConfig:
    """A column of addresses, of which the site is shown."""
    return st.column_config.LinkColumn(display_text=SITE)
