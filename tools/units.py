"""Read Natural Earth's provinces, the units from which countries and regions are put together."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import topojson
from tools.sources import COUNTRIES, PROVINCES, read_json

# Units that Natural Earth files elsewhere: Crimea and Sevastopol, the Baikonur lease.
COUNTRY_OF_UNIT = {"UA-43": "UKR", "UA-40": "UKR"}
COUNTRY_OF_GROUP = {"KAB": "KAZ", "ESB": "CYP", "WSB": "CYP", "USG": "CUB"}
LEFT_OUT = {"ATA"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One first-order province of Natural Earth, with the codes it is selected by."""

    a3: str
    iso: str
    a2: str | None
    name: str
    country: str
    geometry: BaseGeometry


def read_units() -> list[Unit]:
    """Return Natural Earth's provinces; together they form a valid coverage.

    The package with the provinces lacks the north of Åland's main island, so Åland comes whole
    from the package with the countries.
    """
    features = read_json(PROVINCES, "data/build.json")["features"]
    units = [_unit(feature["properties"], shape(feature["geometry"])) for feature in features]
    return [*(unit for unit in units if unit.a3 != "ALD"), _aland()]


def _aland() -> Unit:
    atlas = read_json(COUNTRIES, "countries-10m.json")
    named = {
        item["properties"]["name"]: item for item in atlas["objects"]["countries"]["geometries"]
    }
    land = topojson.shape(named["Åland"], topojson.decode(atlas))
    return Unit("ALD", "AX", "AX", "Åland", "Åland", shapely.make_valid(land))


def _unit(facts: dict[str, Any], geometry: BaseGeometry) -> Unit:
    a3 = COUNTRY_OF_UNIT.get(facts["iso_3166_2"])
    a3 = a3 or COUNTRY_OF_GROUP.get(facts["adm0_a3"], facts["adm0_a3"])
    a2 = facts["iso_a2"] if facts["iso_a2"].isalpha() else None
    return Unit(a3, facts["iso_3166_2"], a2, facts["name"] or "", facts["admin"], geometry)


def dissolve(units: list[Unit]) -> dict[str, BaseGeometry]:
    """Return each country's land, by its three-letter code, in the order of the codes."""
    members = defaultdict(list)
    for unit in units:
        members[unit.a3].append(unit.geometry)
    kept = sorted(set(members) - LEFT_OUT)
    return {a3: shapely.coverage_union_all(members[a3]) for a3 in kept}


def describe(units: list[Unit]) -> dict[str, tuple[str, str | None]]:
    """Return each country's English name and ISO 3166-1 code: those that most of its units bear.

    The few that Natural Earth files elsewhere (bases, leases, islands) bear others.
    """
    borne: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for unit in units:
        borne[unit.a3][unit.country, unit.a2] += 1
    return {a3: found.most_common(1)[0][0] for a3, found in borne.items()}
