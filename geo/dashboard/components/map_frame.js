// page/dashboard/connection.ts
var CLOSE = "[data-testid='stDialog'] button[aria-label='Close']";
var STATE = "data-test-connection-state";
function closeConnectionDialogs() {
  const close = () => document.querySelector(CLOSE)?.click();
  const opened = new MutationObserver(close);
  opened.observe(document.body, { childList: true });
  close();
  return () => opened.disconnect();
}
function watchConnection(reconnected) {
  const app = document.querySelector("[data-testid='stApp']");
  const changed = new MutationObserver(() => {
    if (app?.getAttribute(STATE) === "CONNECTED") reconnected();
  });
  if (app) changed.observe(app, { attributes: true, attributeFilter: [STATE] });
  return () => changed.disconnect();
}

// page/dashboard/packed.ts
var AGAIN = 1e3;
async function fetchPacked(address, cache, signal) {
  let mode = cache;
  while (!signal.aborted) {
    try {
      const answer = await fetch(address, { cache: mode, signal });
      if (answer.ok && answer.body) return await unpack(answer.body);
    } catch {
    }
    mode = cache === "force-cache" ? "reload" : cache;
    await pause(AGAIN);
  }
  return null;
}
function unpack(packed) {
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
}
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

// page/dashboard/map_frame.ts
var SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
var DRAWN_TIMEOUT = 5e3;
var states = /* @__PURE__ */ new WeakMap();
function mapFrame({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".map-frame");
  if (!place) throw new ReferenceError("the component has no .map-frame");
  const frame = place.querySelector("iframe") ?? mount(place);
  const state = stateOf(frame, data);
  void setDocument(frame, state);
  const tell = () => tellPage(frame, state, place);
  const tellDrawn = () => {
    state.drawn = true;
    if (!isMoving()) setStateValue("drawn", true);
  };
  const hear = ({ source, data: message }) => {
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
function isMoving() {
  return document.documentElement.dataset.map === "moving";
}
function mount(place) {
  const frame = document.createElement("iframe");
  delete document.documentElement.dataset.map;
  frame.title = "Journey map";
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  place.append(frame);
  return frame;
}
function stateOf(frame, data) {
  const { journey, day, order } = data;
  const known = states.get(frame);
  const state = known ?? {
    ...{ data, document: "", fetching: new AbortController() },
    ...{ journey, order, day: day ?? "", ready: false, drawn: false }
  };
  state.data = data;
  states.set(frame, state);
  return state;
}
async function setDocument(frame, state) {
  const { document: address, cache } = state.data;
  if (state.document === address || isMoving()) return;
  state.document = address;
  state.fetching.abort();
  state.fetching = new AbortController();
  const document2 = await fetchPacked(address, cache, state.fetching.signal);
  if (document2 === null) return;
  if (isMoving()) {
    state.document = "";
    return;
  }
  const { journey, day } = state.data;
  if (state.journey !== journey) state.day = day ?? "";
  state.journey = journey;
  state.ready = false;
  frame.srcdoc = document2;
}
function send(frame, message) {
  frame.contentWindow?.postMessage(message, "*");
}
function tellPage(frame, state, place) {
  if (state.ready) send(frame, { type: "page", theme: themeOf(place), address: location.href });
}
function goToAskedDay(frame, state, { day, order }) {
  if (order <= state.order) return;
  state.order = order;
  state.day = day ?? "";
  if (state.ready && day) send(frame, { type: "go", date: day });
}
function watchTheme(changed) {
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const later = () => requestAnimationFrame(() => requestAnimationFrame(changed));
  const restyled = new MutationObserver(later);
  restyled.observe(document.head, { childList: true, subtree: true, characterData: true });
  systemDark.addEventListener("change", later);
  return () => {
    systemDark.removeEventListener("change", later);
    restyled.disconnect();
  };
}
function themeOf(place) {
  const colour = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const [, red, green, blue] = /^#(..)(..)(..)/.exec(colour) ?? [];
  if (!red || !green || !blue)
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const light = 0.3 * parseInt(red, 16) + 0.59 * parseInt(green, 16) + 0.11 * parseInt(blue, 16);
  return light < 128 ? "dark" : "light";
}
export {
  mapFrame as default
};
