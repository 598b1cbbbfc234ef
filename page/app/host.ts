/** The page around the document, if any: what it is told, and what it asks for. */

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

/** Where the page around keeps its address; the document's own where there is none. */
let address = location.href.split("#")[0] ?? "";

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
      address = String(message.address);
      if (setTheme(message.theme === "dark" ? "dark" : "light")) themeChanged();
    }
  });
}

/** The address that opens a day (YYYY-MM-DD), or the whole journey. */
export function shareAddress(date: string): string {
  if (!isFramed || address.startsWith("file:")) return date ? `${address}#${date}` : address;
  const shared = new URL(address);
  if (date) shared.searchParams.set("date", date);
  else shared.searchParams.delete("date");
  return shared.href;
}
