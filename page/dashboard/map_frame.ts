/**
 * Entry of the dashboard's component: fetches the map document, mounts it in a sandboxed frame and
 * carries messages: the settled day to Python, days to go to and the page's theme and address to
 * the document.
 */

import { closeConnectionDialogs, watchConnection } from "./connection";
import { fetchPacked } from "./packed";
import type { FromDocument, FromHost } from "../lib/protocol";
import type { Theme } from "../lib/theme";

interface FrameData {
  /** Where the packed document is: an address that is another for another document. */
  document: string;
  /** Whether this browser may keep it. */
  cache: RequestCache;
  /** Which journey it is: another document of the same one opens on the day of the one before. */
  journey: string;
  /** The day that the page shows, as YYYY-MM-DD; null for the whole journey. */
  day: string | null;
  /** Grows whenever the page asks for its day. */
  order: number;
}

interface Component {
  data: FrameData;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: (name: string, value: unknown) => void;
}

/** What a frame has been told, and has told. */
interface FrameState {
  /** What the script has asked for last. */
  data: FrameData;
  /** The document that is there, or on its way; empty at first. */
  document: string;
  fetching: AbortController;
  journey: string;
  order: number;
  /** The day that its document shows, or is to show once it is ready; empty for the whole journey. */
  day: string;
  ready: boolean;
  drawn: boolean;
}

const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** What lies below is asked for after so many ms, should the document never say that it is drawn. */
const DRAWN_TIMEOUT = 5000;

const states = new WeakMap<HTMLIFrameElement, FrameState>();

/** Called by Streamlit for every run of the script; returns its clean-up. */
export default function mapFrame({ data, parentElement, setStateValue }: Component): () => void {
  const place = parentElement.querySelector<HTMLElement>(".map-frame");
  if (!place) throw new ReferenceError("the component has no .map-frame");
  const frame = place.querySelector("iframe") ?? mount(place);
  const state = stateOf(frame, data);
  void setDocument(frame, state);

  const tell = () => tellPage(frame, state, place);
  const tellDrawn = () => {
    state.drawn = true;
    if (!isMoving()) setStateValue("drawn", true);
  };
  const hear = ({ source, data: message }: MessageEvent<FromDocument>) => {
    if (source !== frame.contentWindow) return;
    if (message.type === "ready") {
      state.ready = true;
      tell();
      if (state.day) send(frame, { type: "go", date: state.day });
    }
    if (message.type === "drawn") tellDrawn();
    if (message.type === "moving") document.documentElement.dataset.map = "moving";
    if (message.type !== "date") return;
    delete document.documentElement.dataset.map;
    state.day = message.date;
    void setDocument(frame, state);
    // The time tells two settlings on the same day apart.
    setStateValue("settled", { date: message.date, id: message.id, time: Date.now() });
    if (state.drawn) tellDrawn();
  };

  tell();
  goToAskedDay(frame, state, data);
  const timer = state.drawn ? 0 : window.setTimeout(tellDrawn, DRAWN_TIMEOUT);
  window.addEventListener("message", hear);
  const stopWatching = watchTheme(tell);
  const stopClosing = closeConnectionDialogs();
  const stopWaiting = watchConnection(() => setStateValue("reconnected", Date.now()));
  return () => {
    window.removeEventListener("message", hear);
    window.clearTimeout(timer);
    stopWatching();
    stopClosing();
    stopWaiting();
  };
}

/** Whether the days are passing: nothing on this page may talk to the server then. */
function isMoving(): boolean {
  return document.documentElement.dataset.map === "moving";
}

function mount(place: HTMLElement): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  // The frame before may have been taken away while its days were passing.
  delete document.documentElement.dataset.map;
  frame.title = "Journey map";
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  place.append(frame);
  return frame;
}

function stateOf(frame: HTMLIFrameElement, data: FrameData): FrameState {
  const { journey, day, order } = data;
  const known = states.get(frame);
  const state = known ?? {
    ...{ data, document: "", fetching: new AbortController() },
    ...{ journey, order, day: day ?? "", ready: false, drawn: false },
  };
  state.data = data;
  states.set(frame, state);
  return state;
}

/**
 * Load the document that is asked for. The same one again must not load the frame anew, and another
 * one waits while the days are passing: it would be taken from under the pointer.
 */
async function setDocument(frame: HTMLIFrameElement, state: FrameState): Promise<void> {
  const { document: address, cache } = state.data;
  if (state.document === address || isMoving()) return;
  state.document = address;
  state.fetching.abort();
  state.fetching = new AbortController();
  const document = await fetchPacked(address, cache, state.fetching.signal);
  if (document === null) return;
  if (isMoving()) {
    // Asked for again once the days have come to rest.
    state.document = "";
    return;
  }
  const { journey, day } = state.data;
  if (state.journey !== journey) state.day = day ?? "";
  state.journey = journey;
  state.ready = false;
  // eslint-disable-next-line no-restricted-properties -- the frame is sandboxed for this
  frame.srcdoc = document;
}

function send(frame: HTMLIFrameElement, message: FromHost): void {
  frame.contentWindow?.postMessage(message, "*");
}

/** Tell a document that listens of this page. */
function tellPage(frame: HTMLIFrameElement, state: FrameState, place: Element): void {
  if (state.ready) send(frame, { type: "page", theme: themeOf(place), address: location.href });
}

/** Show the day that the page has asked for, once; a document that is not ready yet gets it later. */
function goToAskedDay(frame: HTMLIFrameElement, state: FrameState, { day, order }: FrameData): void {
  if (order <= state.order) return;
  state.order = order;
  state.day = day ?? "";
  if (state.ready && day) send(frame, { type: "go", date: day });
}

/** Call `changed` when this page's theme may be another; returns the clean-up. */
function watchTheme(changed: () => void): () => void {
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  // Streamlit puts its new colours on the page after the system's own change is heard.
  const later = () => requestAnimationFrame(() => requestAnimationFrame(changed));
  const restyled = new MutationObserver(later);
  restyled.observe(document.head, { childList: true, subtree: true, characterData: true });
  systemDark.addEventListener("change", later);
  return () => {
    systemDark.removeEventListener("change", later);
    restyled.disconnect();
  };
}

/** This page's theme, by the lightness of its background. */
function themeOf(place: Element): Theme {
  const colour = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const [, red, green, blue] = /^#(..)(..)(..)/.exec(colour) ?? [];
  if (!red || !green || !blue)
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const light = 0.3 * parseInt(red, 16) + 0.59 * parseInt(green, 16) + 0.11 * parseInt(blue, 16);
  return light < 128 ? "dark" : "light";
}
