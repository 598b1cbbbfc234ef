"""Give every polity a tint, so that no two that were ever neighbours have the same."""

from collections.abc import Collection, Mapping

TINTS = range(1, 7)


class TooFewTints(ValueError):
    """The neighbours of the time cannot be told apart with six tints."""


def colour(neighbours: Mapping[str, Collection[str]], fixed: Mapping[str, int]) -> dict[str, int]:
    """Return a tint for each polity: the fixed ones kept, the rest by saturation (DSATUR).

    `neighbours` is symmetric. Raises TooFewTints when a polity finds none left.
    """
    tints = {key: tint for key, tint in fixed.items() if key in neighbours}
    while waiting := [key for key in neighbours if key not in tints]:
        key = max(waiting, key=lambda k: (len(_taken(k, neighbours, tints)), len(neighbours[k]), k))
        free = [tint for tint in TINTS if tint not in _taken(key, neighbours, tints)]
        if not free:
            raise TooFewTints(f"{key}: neighbours {sorted(neighbours[key])} leave no tint")
        worn = list(tints.values())
        tints[key] = min(free, key=lambda tint: (worn.count(tint), tint))
    return tints


def _taken(
    key: str, neighbours: Mapping[str, Collection[str]], tints: Mapping[str, int]
) -> set[int]:
    return {tints[other] for other in neighbours[key] if other in tints}
