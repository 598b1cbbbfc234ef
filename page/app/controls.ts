/** The buttons and the keys. */

import { addressOf } from "../journey/dayname";
import type { DayState } from "../journey/daystate";
import { getElement, setText } from "../lib/dom";
import { shareAddress } from "./host";
import type { Navigation } from "./navigation";

/** How long a note is shown, in ms. */
const NOTE_MS = 4000;

/** Wire the buttons; `resized` is called when the card has opened or closed. */
export function wireButtons(state: DayState, navigation: Navigation, resized: () => void): void {
  const onClick = (id: string, act: () => void) => getElement(id).addEventListener("click", act);
  const toggleCard = () => {
    const open = getElement("card").classList.toggle("open");
    getElement("more").setAttribute("aria-expanded", String(open));
    resized();
  };
  onClick("begin", () => navigation.togglePlay());
  onClick("play", () => navigation.togglePlay());
  onClick("previous", () => navigation.step(-1));
  onClick("next", () => navigation.step(1));
  onClick("zoom-in", () => navigation.zoomBy(1));
  onClick("zoom-out", () => navigation.zoomBy(-1));
  onClick("whole", () => navigation.showOverview());
  onClick("full-screen", toggleFullScreen);
  onClick("share", () => void share(state));
  onClick("grab", toggleCard);
  onClick("more", toggleCard);
  state.subscribe(({ overview, day, itinerary }) => {
    getElement("previous").toggleAttribute("disabled", overview || !itinerary.previousStop(day));
    getElement("next").toggleAttribute("disabled", !overview && !itinerary.nextStop(day));
  });
}

/** Wire the keys outside the slider and text boxes; a clicker sends Page keys. */
export function wireKeys(navigation: Navigation): void {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof Element)) return;
    if (target.closest("input, textarea, select")) return;
    const act = actOf(event.key, target, navigation);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actOf(key: string, target: Element, navigation: Navigation): (() => void) | undefined {
  // Leaflet moves the map by arrows; a button that has the focus is pressed by the space bar.
  if (MAP_KEYS.has(key) && target.closest(".leaflet-container")) return undefined;
  if (key === " " && target.closest("button, a, summary")) return undefined;
  const acts: Record<string, () => void> = {
    PageDown: () => navigation.step(1),
    PageUp: () => navigation.step(-1),
    ArrowRight: () => navigation.step(1),
    ArrowLeft: () => navigation.step(-1),
    Home: () => navigation.goToFirst(),
    End: () => navigation.goToLast(),
    " ": () => navigation.togglePlay(),
    f: toggleFullScreen,
    F: toggleFullScreen,
  };
  return acts[key];
}

const MAP_KEYS = new Set(["ArrowRight", "ArrowLeft", "Home", "End"]);

/** Full screen, in which the page is laid out as a wall for a class. */
function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
}

async function share({ overview, moment }: DayState): Promise<void> {
  const address = shareAddress(overview || !moment ? null : addressOf(moment));
  if (!address) {
    showNote("The page around does not say its address, so there is no link to this day");
    return;
  }
  try {
    await navigator.clipboard.writeText(address);
    showNote("Link to this day copied");
  } catch {
    showNote(address);
  }
}

let noteTimer = 0;

/** Show a note for a while. */
function showNote(words: string): void {
  setText("toast", words);
  window.clearTimeout(noteTimer);
  noteTimer = window.setTimeout(() => setText("toast", ""), NOTE_MS);
}
