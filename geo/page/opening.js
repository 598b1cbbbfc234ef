"use strict";

// What is begun before Leaflet and the rest of the page's scripts are read.

/** The reader's system. */
const dusk = window.matchMedia("(prefers-color-scheme: dark)");

/** @param {"light" | "dark"} theme @returns {boolean} whether it was another before */
function setTheme(theme) {
  const { dataset } = document.documentElement;
  if (dataset.theme === theme) return false;
  dataset.theme = theme;
  return true;
}

setTheme(dusk.matches ? "dark" : "light");
const paintShop = new PaintShop(part("basemap-data").textContent ?? "", part("polities-data").textContent ?? "");
const worldSheet = new WorldSheet(paintShop);
