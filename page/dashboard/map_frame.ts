/**
 * Entry of the dashboard's component: mounts the map document in a sandboxed frame and carries
 * messages: the settled day to Python, days to go to and the page's theme and address to the
 * document.
 */

import { closeConnectionDialogs, watchConnection } from "./connection";
import type { FromDocument, FromHost } from "../lib/protocol";
import type { Theme } from "../lib/theme";

interface FrameData {
  document: string;
  /** Which journey it is: another document of the same one opens on the day of the one before. */
  journey: string;
  /** The day that the page asked for last, as YYYY-MM-DD; null for the whole journey. */
  day: string | null;
  /** Grows whenever the page asks for a day. */
  order: number;
}

interface Component {
  /** A line of JSON, and behind it the document: see `frameData`. */
  data: Uint8Array;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: (name: string, value: unknown) => void;
}

/** What a frame has been told, and has told. */
interface FrameState {
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
export default function mapFrame(component: Component): () => void {
  const { parentElement, setStateValue } = component;
  const place = parentElement.querySelector<HTMLElement>(".map-frame");
  if (!place) throw new ReferenceError("the component has no .map-frame");
  const data = frameData(component.data);
  const frame = place.querySelector("iframe") ?? mount(place);
  const state = stateOf(frame, data);
  setDocument(frame, state, data);

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
    setDocument(frame, state, data);
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

/** What Python sends: bytes, for the server would write a document into JSON anew at every run. */
function frameData(sent: Uint8Array): FrameData {
  const text = new TextDecoder().decode(sent);
  const end = text.indexOf("\n");
  const asked = JSON.parse(text.slice(0, end)) as Omit<FrameData, "document">;
  return { ...asked, document: text.slice(end + 1) };
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

function stateOf(frame: HTMLIFrameElement, { journey, day, order }: FrameData): FrameState {
  const state = states.get(frame) ?? { journey, order, day: day ?? "", ready: false, drawn: false };
  states.set(frame, state);
  return state;
}

/**
 * Load a document. The same one again must not load the frame anew, and another one waits while the
 * days are passing: it would be taken from under the pointer.
 */
function setDocument(frame: HTMLIFrameElement, state: FrameState, data: FrameData): void {
  // eslint-disable-next-line no-restricted-properties -- the frame is sandboxed for this
  if (frame.srcdoc === data.document || isMoving()) return;
  if (state.journey !== data.journey) state.day = data.day ?? "";
  state.journey = data.journey;
  state.ready = false;
  // eslint-disable-next-line no-restricted-properties -- the frame is sandboxed for this
  frame.srcdoc = data.document;
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
