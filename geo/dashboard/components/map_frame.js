// page/dashboard/map_frame.ts
var SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
var DRAWN_TIMEOUT = 5e3;
var states = /* @__PURE__ */ new WeakMap();
function mapFrame({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".map-frame");
  if (!place) throw new ReferenceError("the component has no .map-frame");
  const frame = place.querySelector("iframe") ?? mount(place);
  const state = states.get(frame) ?? { order: 0, ready: false, drawn: false };
  states.set(frame, state);
  setDocument(frame, state, data.document);
  const tell = () => tellDocument(frame, state, place, data);
  const tellDrawn = () => {
    state.drawn = true;
    if (!isMoving()) setStateValue("drawn", true);
  };
  const hear = ({ source, data: message }) => {
    if (source !== frame.contentWindow) return;
    if (message.type === "ready") {
      state.ready = true;
      tell();
    }
    if (message.type === "drawn") tellDrawn();
    if (message.type === "moving") document.documentElement.dataset.map = "moving";
    if (message.type !== "date") return;
    delete document.documentElement.dataset.map;
    setStateValue("settled", { date: message.date, id: message.id });
    if (state.drawn) tellDrawn();
  };
  tell();
  const timer = state.drawn ? 0 : window.setTimeout(tellDrawn, DRAWN_TIMEOUT);
  window.addEventListener("message", hear);
  const stopWatching = watchTheme(tell);
  return () => {
    window.removeEventListener("message", hear);
    window.clearTimeout(timer);
    stopWatching();
  };
}
function isMoving() {
  return document.documentElement.dataset.map === "moving";
}
function mount(place) {
  const frame = document.createElement("iframe");
  frame.title = "Journey map";
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  place.append(frame);
  return frame;
}
function setDocument(frame, state, text) {
  if (frame.srcdoc === text) return;
  state.ready = false;
  state.order = 0;
  frame.srcdoc = text;
}
function tellDocument(frame, state, place, { go }) {
  if (!state.ready) return;
  const send = (message) => frame.contentWindow?.postMessage(message, "*");
  send({ type: "page", theme: themeOf(place), address: location.href });
  if (!go || go.order <= state.order) return;
  state.order = go.order;
  send({ type: "go", date: go.date });
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
