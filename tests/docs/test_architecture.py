"""The imports of the program against the rows of packages in docs/architecture.md."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = [*(ROOT / "geo").rglob("*.py"), ROOT / "streamlit_app.py"]
NOT_THE_PROGRAM = {"bench", "dev", "tests", "tools"}
NETWORK = (
    "http socket ssl requests urllib.request urllib3 geopy.adapters.URLLibAdapter"
    " geopy.geocoders.Nominatim"
).split()
# Who alone may import a library, wherever in the module.
ONLY_FOR = {
    "streamlit": ("streamlit_app", "geo.dashboard"),
    "click": ("geo.cli",),
    "searoute": ("geo.routes.over_water",),
    **dict.fromkeys(NETWORK, ("geo.geocode.nominatim", "geo.geocode.nominatim_adapter")),
}
WITHOUT_STREAMLIT = {
    "geo.dashboard.addresses",
    "geo.dashboard.by_source",
    "geo.dashboard.departures",
    "geo.dashboard.own_journey",
    "geo.dashboard.shown",
    "geo.dashboard.tables",
}


def name_of(file):
    """The name by which a file is imported; a package's is that of its folder."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source):
    """Everything that a source imports, wherever in it: `from a import b` gives a and a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = {name_of(file): set(imports(file.read_text(encoding="utf-8"))) for file in PROGRAM}
MODULES = {name: found & FILES.keys() - {"geo"} for name, found in FILES.items()}
PACKAGES = {name_of(file) for file in PROGRAM if file.name == "__init__.py"} - {"geo"}


def part_of(module):
    """The row's entry that a module belongs to: its package, or itself where it stands alone."""
    package = ".".join(module.split(".")[:2])
    return package if package in PACKAGES else module


def ranks():
    """How far down the table of packages each entry stands."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = re.search(r"^## Packages$(.*?)^## ", page, re.M | re.S)[1]
    rows = [row.split("|")[2] for row in section.splitlines() if re.match(r"\| \w", row)]
    return {part: rank for rank, row in enumerate(rows) for part in re.findall(r"`([\w.]+)`", row)}


def may_import(importer, imported):
    """Whether the rows allow it: downwards, inside a package, or among modules that stand alone."""
    one, other, rank = part_of(importer), part_of(imported), ranks()
    alone = not {one, other} & PACKAGES
    return one == other or rank[one] < rank[other] or (alone and rank[one] == rank[other])


def test_the_architecture_names_each_package_and_each_module_that_stands_alone():
    assert {part_of(module) for module in MODULES} - {"geo", "geo.__main__"} == ranks().keys()


def test_imports_run_the_way_the_architecture_says():
    upwards = [
        f"{importer} imports {imported}"
        for importer, found in MODULES.items()
        for imported in found
        if importer != "geo.__main__" and not may_import(importer, imported)
    ]
    assert upwards == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("geo.place", "geo.table.reader"),
        ("geo.journey.build", "geo.export.geojson"),
        ("geo.borders.polities", "geo.geocode.checks"),
        ("geo.loading", "streamlit_app"),
    ],
)
def test_an_import_upwards_or_sideways_would_be_told(importer, imported):
    assert not may_import(importer, imported)


def importers_of(library):
    """The modules that import a library or anything in it."""
    return {
        module
        for module, found in FILES.items()
        if any(f"{name}.".startswith(f"{library}.") for name in found)
    }


@pytest.mark.parametrize(("library", "allowed"), ONLY_FOR.items())
def test_a_library_stays_with_those_it_is_for(library, allowed):
    outside = {
        module for module in importers_of(library) if not {module, part_of(module)} & set(allowed)
    }
    assert outside == set()


def test_the_tables_of_the_dashboard_do_without_streamlit():
    assert FILES.keys() >= WITHOUT_STREAMLIT
    assert not importers_of("streamlit") & WITHOUT_STREAMLIT


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter(MODULES).prepare()


def test_the_program_needs_neither_tests_nor_tools():
    asked = {name.split(".")[0] for found in FILES.values() for name in found}
    assert not asked & NOT_THE_PROGRAM
