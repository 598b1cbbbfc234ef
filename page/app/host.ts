/** The page around the document, if any: what it is told, and what it asks for. */

import type { DayAddress } from "../journey/dayname";
import { readDay } from "../lib/dates";
import type { FromDocument } from "../lib/protocol";
import { setTheme } from "../lib/theme";

/** What the page around may ask for. */
interface HostListener {
  goTo: (day: number) => void;
  themeChanged: () => void;
}

/** Whether the document is in a frame of another page. */
export const isFramed = window.parent !== window;

/** Where a page around that speaks with the document keeps its address. */
let hostAddress: URL | null = null;

export function tellHost(message: FromDocument): void {
  if (isFramed) window.parent.postMessage(message, "*");
}

/** Hear what the page around asks for; nobody else is heard. */
export function listenToHost({ goTo, themeChanged }: HostListener): void {
  window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
    if (!isFramed || source !== window.parent || typeof data !== "object" || !data) return;
    const message = data as Partial<Record<"type" | "date" | "theme" | "address", unknown>>;
    if (message.type === "go") {
      const day = readDay(String(message.date));
      if (day !== null) goTo(day);
    }
    if (message.type === "page") {
      hostAddress = webAddress(String(message.address));
      if (setTheme(message.theme === "dark" ? "dark" : "light")) themeChanged();
    }
  });
}

/** An address of the web; null for anything else. */
function webAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const address = new URL(text);
  return /^https?:$/.test(address.protocol) ? address : null;
}

/**
 * The address that opens a day, or the whole journey (null): that of the page around where it has
 * told its own, else the document's. Empty in a frame whose document has none.
 */
export function shareAddress(day: DayAddress | null): string {
  if (hostAddress) {
    const shared = new URL(hostAddress);
    for (const name of ["date", "stay"] as const) {
      if (day?.[name]) shared.searchParams.set(name, day[name]);
      else shared.searchParams.delete(name);
    }
    return shared.href;
  }
  if (location.protocol === "about:") return "";
  const own = location.href.split("#")[0] ?? "";
  if (!day) return own;
  const { date, stay } = day;
  return `${own}#${encodeURIComponent(date)}${stay && `&stay=${encodeURIComponent(stay)}`}`;
}

/** The day that the document's own address asks for, as `shareAddress` writes it. */
export function addressedDay(): DayAddress {
  const [date = "", stay = ""] = location.hash.slice(1).split("&stay=").map(decoded);
  return { date, stay };
}

/** A part of an address as it reads; as it stands where it cannot be decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
