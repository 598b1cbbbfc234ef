"use strict";

/** Where the page around keeps its address; the document's own where there is none. */
let pageAddress = location.href.split("#")[0];

/** @param {string} date */
function shareAddress(date) {
  if (pageAddress.startsWith("file:") || window.parent === window) return date ? `${pageAddress}#${date}` : pageAddress;
  const address = new URL(pageAddress);
  if (date) address.searchParams.set("date", date);
  else address.searchParams.delete("date");
  return address.href;
}

/** Full screen, and the plate as a wall for a class. */
function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
}

/** Tell the page around, if any. @param {object} message */
function tellPage(message) {
  if (window.parent !== window) window.parent.postMessage(message, "*");
}

/**
 * Draw the journey; called by the document once its map stands.
 * @param {L.Map} map
 */
function openPlate(map) {
  const plate = new Plate(map, JSON.parse(part("journey-data").textContent ?? ""), paintShop, worldSheet);
  const addressed = () => readDay(decodeURIComponent(location.hash.slice(1)));
  const openAddressed = () => {
    const day = location.hash ? addressed() : null;
    if (day !== null) plate.open(day);
  };
  openAddressed();
  window.addEventListener("hashchange", openAddressed);
  dusk.addEventListener("change", () => {
    // In a page of its own the plate follows the reader's system, else the page around.
    if (window.parent === window && setTheme(dusk.matches ? "dark" : "light")) plate.repaint();
  });
  window.addEventListener("message", (event) => hearPage(plate, event));
  // The window tells of no change where a frame had no size yet when its script ran.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  tellPage({ type: "ready" });
  paintShop.idle = () => {
    tellPage({ type: "drawn" });
    worldSheet.paint();
  };
}

/** @param {Plate} plate @param {MessageEvent} event */
function hearPage(plate, event) {
  if (event.source !== window.parent || window.parent === window) return;
  const { type, date, theme, address } = event.data ?? {};
  if (type === "go") {
    const day = readDay(String(date));
    if (day !== null && (plate.whole || day !== plate.day)) plate.open(day);
  }
  if (type === "page") {
    pageAddress = String(address);
    if (setTheme(theme === "dark" ? "dark" : "light")) plate.repaint();
  }
}
