"""Tabs, of which some are made and sent only when they are opened."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geo.dashboard.session import this_visit

TABS = "tabs"


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its name, what shows its contents, and a count to stand beside the name.

    One that is `lazy` is empty while it is closed. What is entered into it would be forgotten.
    """

    name: str
    show: Callable[[], None]
    count: int = 0
    lazy: bool = False

    @property
    def label(self) -> str:
        """The name with the count, if any."""
        return f"{self.name} ({self.count})" if self.count else self.name


def show_tabs(tabs: list[Tab]) -> None:
    """Show tabs; where they are no longer the same, the one that was open stays so."""
    by_name = {tab.name: tab for tab in tabs}
    # To Streamlit other labels are other tabs, which open at the first.
    if opened := by_name.get(this_visit().tab or ""):
        st.session_state[TABS] = opened.label
    names = {tab.label: tab.name for tab in tabs}
    containers = st.tabs(list(names), key=TABS, on_change=_remember, args=(names,))
    for tab, container in zip(tabs, containers, strict=True):
        if container.open or not tab.lazy:
            with container:
                tab.show()


def _remember(names: dict[str, str]) -> None:
    this_visit().tab = names[st.session_state[TABS]]
