/** The menu of what is drawn: opens and closes, and tells of every change. */

import type { Borders } from "../basemap/style";
import { getElement, getInput } from "../lib/dom";
import type { MapOptions } from "../map/maplayers";

/** `online` tells whether a relief from the network may be chosen. */
export function openLayersMenu(online: boolean, change: (options: MapOptions) => void): void {
  const menu = getElement("layers-menu");
  const button = getElement("layers");
  const borders = getElement("switch-borders") as HTMLSelectElement;
  getElement("switch-online").toggleAttribute("hidden", !online);
  getElement("switch-online").toggleAttribute("disabled", !online);
  const setOpen = (open: boolean) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    setOpen(Boolean(menu.hidden));
    if (!menu.hidden) menu.querySelector("input")?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    setOpen(false);
    button.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.hidden && target instanceof Node && !getElement("controls").contains(target)) setOpen(false);
  });
  menu.addEventListener("change", () =>
    change({
      follow: getInput("switch-follow").checked,
      ahead: getInput("switch-ahead").checked,
      mentions: getInput("switch-mentions").checked,
      borders: borders.value as Borders,
    }),
  );
}
