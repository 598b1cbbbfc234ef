"""The map's colours: states told apart by every kind of eye, in both themes."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "page" / "styles" / "tokens.css").read_text("utf-8")
THEMES = ["light", "dark"]
# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, 2009: the matrices of full severity, on linear RGB.
EYES = {
    "full colour": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# IEC 61966-2-1: from linear sRGB to XYZ, over the white of D65.
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])


def colour(name, theme):
    """A token's colour in a theme, as linear RGB."""
    value = re.findall(rf"--{name}: #(\w{{6}})", TOKENS)[THEMES.index(theme)]
    share = np.array([int(value[i : i + 2], 16) for i in (0, 2, 4)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(linear):
    """CIE L*a*b* of a colour in linear RGB."""
    share = XYZ @ np.clip(linear, 0, 1)
    f = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("kind", "least"), [("tint", 5), ("band", 12)])
def test_any_two_tints_of_states_are_told_apart(kind, least, eye, theme):
    seen = [lab(EYES[eye] @ colour(f"{kind}-{i}", theme)) for i in range(1, 7)]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("number", range(1, 7))
def test_a_state_is_told_from_the_sea_and_from_its_own_band(number, theme):
    tint, band, sea = (
        lab(colour(name, theme)) for name in (f"tint-{number}", f"band-{number}", "sea")
    )
    assert np.linalg.norm(tint - sea) >= 4
    assert np.linalg.norm(tint - band) >= 12
