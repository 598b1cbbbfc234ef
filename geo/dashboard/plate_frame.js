/**
 * Mounts the map document in a sandboxed frame and carries messages: the settled day to
 * Python, days to go to and the page's theme and address to the document.
 *
 * @typedef {{document: string, go: {date: string, order: number} | null}} PlateData
 * @typedef {{
 *   data: PlateData,
 *   parentElement: HTMLElement | ShadowRoot,
 *   setStateValue: (name: string, value: unknown) => void,
 * }} ComponentArguments
 */

const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** What lies below is asked for after so many ms, should the plate never say that it is drawn. */
const PATIENCE = 5000;

/** @typedef {{order: number, ready: boolean, drawn: boolean}} FrameState */
/** @type {WeakMap<Element, FrameState>} what each frame has been told, and has told */
const frames = new WeakMap();

/** @param {ComponentArguments} component */
export default function plateFrame({ data, parentElement, setStateValue }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".plate-frame"));
  const frame = place.querySelector("iframe") ?? mount(place);
  const state = /** @type {FrameState} */ (frames.get(frame));
  // The same document again must not load the frame anew.
  // eslint-disable-next-line no-restricted-properties -- the frame is sandboxed for this
  if (frame.srcdoc !== data.document) {
    state.ready = false;
    state.order = 0;
    // eslint-disable-next-line no-restricted-properties -- the frame is sandboxed for this
    frame.srcdoc = data.document;
  }

  const send = (/** @type {object} */ message) => frame.contentWindow?.postMessage(message, "*");
  const tell = () => {
    if (!state.ready) return;
    send({ type: "page", theme: themeOf(place), address: location.href });
    if (data.go && data.go.order > state.order) {
      state.order = data.go.order;
      send({ type: "go", date: data.go.date });
    }
  };
  // While the hand is on the time bar, nothing on this page may talk to the server.
  const tellDrawn = () => {
    state.drawn = true;
    if (document.documentElement.dataset.plate !== "held") setStateValue("drawn", true);
  };
  const hear = (/** @type {MessageEvent} */ event) => {
    if (event.source !== frame.contentWindow) return;
    if (event.data?.type === "ready") {
      state.ready = true;
      tell();
    }
    if (event.data?.type === "drawn") tellDrawn();
    if (event.data?.type === "held") document.documentElement.dataset.plate = "held";
    if (event.data?.type === "date") {
      delete document.documentElement.dataset.plate;
      setStateValue("settled", { date: String(event.data.date), id: String(event.data.id) });
      if (state.drawn) tellDrawn();
    }
  };

  tell();
  const patience = state.drawn ? 0 : setTimeout(tellDrawn, PATIENCE);
  const dusk = matchMedia("(prefers-color-scheme: dark)");
  // Streamlit puts its new colours on the page after the system's own change is heard.
  const later = () => requestAnimationFrame(() => requestAnimationFrame(tell));
  const repainted = new MutationObserver(later);
  repainted.observe(document.head, { childList: true, subtree: true, characterData: true });
  dusk.addEventListener("change", later);
  window.addEventListener("message", hear);
  return () => {
    window.removeEventListener("message", hear);
    dusk.removeEventListener("change", later);
    repainted.disconnect();
    clearTimeout(patience);
  };
}

/** @param {HTMLElement} place */
function mount(place) {
  const frame = document.createElement("iframe");
  frame.title = "Journey map";
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  frames.set(frame, { order: 0, ready: false, drawn: false });
  place.append(frame);
  return frame;
}

/** Whether the page around is dark, by the lightness of its background. @param {Element} place */
function themeOf(place) {
  const colour = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const [, red, green, blue] = /^#(..)(..)(..)/.exec(colour) ?? [];
  if (!red) return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const light = 0.3 * parseInt(red, 16) + 0.59 * parseInt(green, 16) + 0.11 * parseInt(blue, 16);
  return light < 128 ? "dark" : "light";
}
