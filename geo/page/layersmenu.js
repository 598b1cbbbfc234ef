"use strict";

/**
 * The menu of what is drawn: opens and closes, and tells of every change.
 * @param {boolean} online whether a relief from the network may be chosen
 * @param {(shown: Shown) => void} change
 */
function layersMenu(online, change) {
  const menu = part("layers-menu");
  part("switch-online").toggleAttribute("hidden", !online);
  part("switch-online").toggleAttribute("disabled", !online);
  const button = part("layers");
  const open = (/** @type {boolean} */ wanted) => {
    menu.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
  };
  const checked = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (part(id)).checked;
  button.addEventListener("click", () => {
    open(Boolean(menu.hidden));
    if (!menu.hidden) menu.querySelector("input")?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !part("controls").contains(/** @type {Node} */ (event.target))) open(false);
  });
  menu.addEventListener("change", () =>
    change({
      follow: checked("switch-follow"),
      ahead: checked("switch-ahead"),
      mentions: checked("switch-mentions"),
      borders: /** @type {Borders} */ (/** @type {HTMLSelectElement} */ (part("switch-borders")).value),
    }),
  );
}
