"use strict";

/** Labels are laid out at most this often while the map moves, in ms. */
const LAYOUT_PAUSE = 120;
/** While the hand moves, card and names follow the day this much later, in ms. */
const FOLLOW_PAUSE = 70;

/** The plate: one day at a time, shown by map, card and time bar together. */
class Plate {
  /** @param {L.Map} map @param {JourneyData} data @param {PaintShop} shop @param {WorldSheet} world */
  constructor(map, data, shop, world) {
    this.map = map;
    this.data = data;
    this.itinerary = new Itinerary(data);
    this.day = data.first;
    this.whole = true;
    /** Whether the hand is on the time bar. */
    this.moving = false;
    this.presenting = false;
    /** @type {Moment | null} */
    this.moment = null;
    this.insets = new Insets(map);
    /** What the labels were last laid out for, and when. */
    this.layoutKey = "";
    this.laidOut = 0;
    this.layoutTimer = 0;
    this.followTimer = 0;
    this.noteTimer = 0;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {PlaceData | null} */
    this.chosen = null;
    /** @type {Shown} */
    this.shown = { follow: true, mentions: true, ahead: true, borders: "day" };
    this.title();
    this.layers(shop, world);
    this.card = new Card(data, this.itinerary);
    this.camera = new Camera(map, () => this.insets.free);
    this.bar = new TimeBar(data, {
      input: (day) => this.input(day),
      rest: () => this.rest(),
      step: (direction) => this.step(direction),
      sentence: (day) => this.sentence(day),
    });
    this.player = new Player((day) => this.playDay(day));
    this.entry = new DateEntry(data, () => (this.whole ? "" : dayInWords(this.day)), (day) => this.goTo(day));
    this.controls();
    this.setWhole(true);
    this.camera.overview(data);
    this.show();
  }

  title() {
    const { data } = this;
    document.title = [data.title, data.subtitle].filter(Boolean).join(" – ");
    say("title", data.title);
    say("subtitle", data.subtitle);
    const stops = count(this.itinerary.stops.length, "stop");
    const distance = count(roughly(data.km), "kilometre");
    say("invite-count", stops && `${[stops, distance].filter(Boolean).join(", ")}, every day from first to last.`);
    say("invite-call", stops ? "Press play, or drag the line of years." : "No place on the map yet: the table holds no row with a date and coordinates.");
    part("begin").hidden = !stops;
  }

  /** @param {PaintShop} shop @param {WorldSheet} world */
  layers(shop, world) {
    const { map, data } = this;
    map.createPane("statesPane").style.zIndex = "250";
    map.createPane("shadePane").style.zIndex = "350";
    this.sheet = new GroundSheet(world).addTo(map);
    this.tiles = new GroundTiles(shop).addTo(map);
    this.register = new Register(JSON.parse(shop.polities));
    this.states = new StatesLayer(shop, this.register.changes, () => this.coverGround()).addTo(map);
    this.areas = new Areas(shop, data).addTo(map);
    this.relief = data.online && new OnlineRelief(map, data.online);
    this.road = new Road(data, (/** @type {PlaceData} */ place) => this.choose(place)).addTo(map);
    this.labels = new Labels(this.road.groups.labels, data, JSON.parse(shop.basemap).waters);
    this.road.groups.labels.addEventListener("click", (/** @type {Event} */ event) => this.chooseByLabel(event));
    this.frame = new Frame(/** @type {any} */ (part("frame")), map);
    map.on("resize", ({ oldSize }) => this.resized(oldSize));
    map.on("moveend zoomend resize", () => this.layoutSoon());
    // Whoever moves the map by hand keeps that view.
    const own = () => (this.camera.home = false);
    map.on("dragstart", own);
    for (const name of ["wheel", "dblclick", "gesturestart"]) map.getContainer().addEventListener(name, own, { passive: true });
  }

  /** Wire buttons, keys and the window; the time bar has its own. */
  controls() {
    const on = (/** @type {string} */ id, /** @type {() => void} */ act) => part(id).addEventListener("click", act);
    on("begin", () => this.togglePlay());
    on("play", () => this.togglePlay());
    on("previous", () => this.step(-1));
    on("next", () => this.step(1));
    on("zoom-in", () => this.zoomBy(1));
    on("zoom-out", () => this.zoomBy(-1));
    on("whole", () => this.showWhole());
    on("full-screen", () => toggleFullScreen());
    on("share", () => this.share());
    on("grab", () => this.toggleSheet());
    on("more", () => this.toggleSheet());
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("fullscreenchange", () => this.setPresenting(Boolean(document.fullscreenElement)));
    this.calm.addEventListener("change", () => this.pause());
    // Insets grow and shrink with what they tell; names wait until the hand rests.
    const resized = new ResizeObserver(() => {
      if (this.moving) return;
      this.insets.changed();
      this.layoutSoon();
    });
    for (const inset of document.querySelectorAll("[data-inset]")) resized.observe(inset);
    layersMenu(Boolean(this.data.online), (shown) => this.setShown(shown));
  }

  /** The map has another size; one that had none shows its day as if just opened. @param {L.Point} oldSize */
  resized(oldSize) {
    this.insets.changed();
    if (this.whole) this.camera.overview(this.data);
    else if (this.moment && !(oldSize.x && oldSize.y)) this.camera.open(this.moment.point);
  }

  /** The sheet of states hides the bare ground, which then need not be painted too. */
  coverGround() {
    if (this.shown.borders === "day" && !this.whole) this.tiles.remove();
  }

  /** The bare ground again, where no states are shown. */
  bareGround() {
    if (!this.map.hasLayer(this.tiles)) this.tiles.addTo(this.map);
  }

  /** @param {Shown} shown */
  setShown(shown) {
    this.camera.following = shown.follow;
    document.documentElement.classList.toggle("no-mentions", !shown.mentions);
    document.documentElement.classList.toggle("no-ahead", !shown.ahead);
    const bordersChanged = this.shown.borders !== shown.borders;
    this.shown = shown;
    if (bordersChanged) this.repaint();
    part("states-legend").hidden = shown.borders !== "day";
    this.show();
    this.layout();
  }

  /** Paint the ground anew, as after a change of theme. */
  repaint() {
    this.relief?.turn(this.shown.borders === "online");
    this.tiles.borders = this.shown.borders;
    if (this.shown.borders !== "day" || this.whole) this.bareGround();
    if (this.map.hasLayer(this.tiles)) this.tiles.redraw();
    this.sheet.repaint();
    this.states.turn(this.shown.borders === "day");
    this.areas.redraw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, textarea, select")) return;
    const act = this.keyAct(event.key, target);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** What a key does outside the slider and text boxes; clickers send Page keys. @param {string} key @param {HTMLElement} target */
  keyAct(key, target) {
    const inMap = Boolean(target.closest(".leaflet-container"));
    const pressed = Boolean(target.closest("button, a, summary"));
    /** @type {Record<string, () => void>} */
    const acts = {
      PageDown: () => this.step(1),
      PageUp: () => this.step(-1),
      f: () => toggleFullScreen(),
      F: () => toggleFullScreen(),
      ...(inMap ? {} : { ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), Home: () => this.goTo(this.data.first), End: () => this.goTo(this.data.last) }),
      ...(pressed ? {} : { " ": () => this.togglePlay() }),
    };
    return acts[key];
  }

  /** A day from the hand: shown at once, told to nobody until the hand rests. @param {number} day */
  input(day) {
    this.pause();
    if (!this.moving) tellPage({ type: "held" });
    this.moving = true;
    this.setDay(day);
    this.camera.keep(this.moment?.point ?? [0, 0]);
  }

  /** The hand rests: the camera may move, and the page around is told. */
  rest() {
    this.moving = false;
    this.insets.changed();
    this.show();
    part("card").scrollTop = 0;
    if (this.moment) this.camera.rest(this.moment.point);
    say("status", this.sentence(this.day));
    this.layoutSoon();
    tellPage({ type: "date", date: isoOf(this.day), id: this.moment?.node.id ?? "" });
  }

  /** @param {number} day */
  setDay(day) {
    this.day = Math.max(this.data.first, Math.min(this.data.last, day));
    this.chosen = null;
    this.setWhole(false);
    this.show();
  }

  /** Go to a day from outside the time bar. @param {number} day */
  goTo(day) {
    this.pause();
    this.setDay(day);
    this.rest();
  }

  /** Show a day asked for by the page or the address, without a flight. @param {number} day */
  open(day) {
    this.pause();
    this.setDay(day);
    if (this.moment) this.camera.jump(this.moment.point);
    this.layout();
  }

  /** @param {number} direction 1 to the next stop, -1 to the one before */
  step(direction) {
    const first = this.itinerary.stops[0];
    const stop = this.whole ? (direction > 0 ? first : undefined) : direction > 0 ? this.itinerary.nextStop(this.day) : this.itinerary.previousStop(this.day);
    if (stop) this.goTo(stop.start ?? this.day);
  }

  showWhole() {
    this.pause();
    this.setWhole(true);
    this.chosen = null;
    this.camera.overview(this.data);
    this.show();
  }

  /** @param {boolean} whole */
  setWhole(whole) {
    this.whole = whole;
    this.setMode();
  }

  /** @param {boolean} presenting */
  setPresenting(presenting) {
    this.presenting = presenting;
    this.road.weigh(presenting ? 1.7 : 1);
    this.setMode();
    part("full-screen").setAttribute("aria-pressed", String(presenting));
    requestAnimationFrame(() => {
      this.map.invalidateSize({ animate: false });
      this.bar.build();
      this.show();
      if (this.whole) this.camera.overview(this.data);
      else if (this.moment) this.camera.rest(this.moment.point);
      this.layout();
    });
  }

  setMode() {
    const mode = this.presenting ? "present" : this.whole ? "overview" : "journey";
    const root = document.documentElement;
    if (root.dataset.mode === mode) return;
    root.dataset.mode = mode;
    this.insets.changed();
    part("legend").toggleAttribute("open", window.innerHeight > 860 && window.innerWidth > 640);
  }

  togglePlay() {
    if (this.player.playing) {
      this.pause();
      this.rest();
    } else if (this.itinerary.stops.length) {
      this.setDay(this.day >= this.data.last ? this.data.first : this.day);
      tellPage({ type: "held" });
      this.player.play(this.day);
    }
  }

  /** Show a day while playing. @param {number} day @returns {boolean} whether there are days left */
  playDay(day) {
    this.setDay(day);
    if (this.moment) this.camera.keep(this.moment.point);
    if (this.day < this.data.last) return true;
    this.pause();
    this.rest();
    return false;
  }

  pause() {
    this.player.pause();
  }

  /** @param {number} steps of half a zoom */
  zoomBy(steps) {
    this.camera.home = false;
    const zoom = this.map.getZoom() + steps / 2;
    const here = this.moment && !this.whole ? L.latLng(this.moment.point) : null;
    const about = here && this.map.getBounds().contains(here) ? here : this.map.getCenter();
    this.map.setZoomAround(about, zoom, { animate: !this.calm.matches });
  }

  /** A mark was pressed: go to its stay, or tell of a place off the route. @param {PlaceData} place */
  choose(place) {
    if (place.start !== null && place.phase >= 0) {
      this.goTo(place.start);
      return;
    }
    this.pause();
    this.setWhole(false);
    this.chosen = this.chosen === place ? null : place;
    this.show();
  }

  /** @param {Event} event */
  chooseByLabel(event) {
    if (!this.labels) return;
    const text = /** @type {Element} */ (event.target).closest("text");
    for (const [id, element] of this.labels.elements) {
      if (element !== text) continue;
      const spot = this.road.spots.find((/** @type {Spot} */ own) => own.key === id);
      const place = spot?.shown ?? this.data.places.find((own) => `area ${own.id}` === id);
      if (place) this.choose(place);
    }
  }

  /** Show the day everywhere. */
  show() {
    this.moment = this.itinerary.at(this.day);
    part("previous").toggleAttribute("disabled", this.whole || !this.itinerary.previousStop(this.day));
    part("next").toggleAttribute("disabled", !this.whole && !this.itinerary.nextStop(this.day));
    this.bar.show(this.day, this.whole);
    if (!this.moment) return;
    this.sayDate();
    this.bar.mark(this.whole || this.moment.node !== this.moment.stop || this.moment.travelling ? null : this.moment.stop);
    this.states.veil(this.whole);
    if (this.whole) this.bareGround();
    this.states.show(this.day, this.moving ? "hand" : this.player.playing ? "play" : "rest");
    this.areas.show(this.areasShown());
    this.road.show(this.moment, this.whole, this.moving);
    if (this.moving) this.followTimer ||= window.setTimeout(() => this.follow(), FOLLOW_PAUSE);
    else this.follow();
  }

  /** Card and names follow the day; while the hand moves, in a frame that shows no new day. */
  follow() {
    window.clearTimeout(this.followTimer);
    this.followTimer = 0;
    if (!this.moment) return;
    if (!this.whole) this.card.show(this.moment, this.chosen);
    this.sayTotals(this.moment);
    this.layoutIfChanged();
  }

  sayDate() {
    const moment = /** @type {Moment} */ (this.moment);
    const { data, day } = this;
    const years = `${dateOf(data.first).getUTCFullYear()} – ${dateOf(data.last).getUTCFullYear()}`;
    say("date-words", this.whole ? years : dayInFull(day));
    say("old-style", this.whole ? `${dayInWords(data.first)} to ${dayInWords(data.last)}` : oldStyleOf(day) && `Old Style ${oldStyleOf(day)}`);
    say("wall-place", moment.travelling ? `To ${data.places[data.legs[moment.leg].to].place}` : moment.node.place);
    say("wall-day", dayInWords(day));
    say("borders-note", bordersNote(this.shown.borders, day));
  }

  /** What the road and the prisons come to so far. @param {Moment} moment */
  sayTotals(moment) {
    say("so-far-km", kilometres(moment.km));
    say("so-far-captive", moment.captiveDays ? spanInWords(moment.captiveDays) : "");
    part("so-far-prison").hidden = !moment.captiveDays;
  }

  /** @param {number} day */
  sentence(day) {
    if (this.whole) return `The whole journey, ${dayInWords(this.data.first)} to ${dayInWords(this.data.last)}`;
    const moment = this.itinerary.at(day);
    return moment ? this.itinerary.sentence(moment) : "No stop yet";
  }

  /** Areas drawn on this day. @returns {AreaShown[]} */
  areasShown() {
    const moment = /** @type {Moment} */ (this.moment);
    const lettering = this.lettering();
    const route = this.whole
      ? [...this.itinerary.areas, ...this.itinerary.nodes].filter((area) => area.kind === "region")
      : [...moment.areas, ...(AREA_KINDS.has(moment.node.kind) ? [moment.node] : [])];
    /** @type {AreaShown[]} */
    const areas = route.map((place) => ({ place, manner: place.kind === "region" ? "region" : "country", lettering }));
    if (this.chosen && AREA_KINDS.has(this.chosen.kind)) areas.push({ place: this.chosen, manner: "mention", lettering });
    return areas;
  }

  lettering() {
    return window.innerWidth <= 640 ? 0.86 : this.presenting ? 1.7 : window.innerWidth <= 1500 ? 0.93 : 1;
  }

  /** Lay labels out only when what they name, or the view, is another. */
  layoutIfChanged() {
    const moment = /** @type {Moment} */ (this.moment);
    const key = [this.whole, moment.node.id, moment.travelling, moment.leg, this.chosen?.id, moment.areas.length, this.moving ? "" : this.register?.step(this.day)].join(" ");
    if (key === this.layoutKey) return;
    this.layoutKey = key;
    this.layout();
  }

  layoutSoon() {
    const since = performance.now() - this.laidOut;
    if (since > LAYOUT_PAUSE) this.layout();
    else this.layoutTimer ||= window.setTimeout(() => this.layout(), LAYOUT_PAUSE - since);
  }

  layout() {
    window.clearTimeout(this.layoutTimer);
    this.layoutTimer = 0;
    this.laidOut = performance.now();
    if (this.moment) this.labels?.layout(this.road, this.moment, this.labelView());
  }

  /** @returns {LabelView} */
  labelView() {
    const { map } = this;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const move = (/** @type {LabelBox} */ box) => ({
      left: box.left + corner.x, top: box.top + corner.y, right: box.right + corner.x, bottom: box.bottom + corner.y,
    });
    const edges = move({ left: 4, top: 4, right: size.x - 4, bottom: size.y - 4 });
    const near = (/** @type {Point} */ { x, y }) =>
      x > edges.left - 20 && x < edges.right + 20 && y > edges.top - 20 && y < edges.bottom + 20;
    const areas = [...this.areasShown(), ...this.mentionedAreas()];
    const states = this.shown.borders === "day" && !this.whole ? (this.register?.names(this.day) ?? []) : [];
    return { zoom: map.getZoom(), whole: this.whole, lettering: this.lettering(), edges, open: move(this.insets.free), furniture: this.insets.covered.map(move), areas, states, moving: this.moving, near };
  }

  /** Countries and regions that are only named: a name, never a pin. @returns {AreaShown[]} */
  mentionedAreas() {
    if (this.whole || !this.shown.mentions) return [];
    return this.data.mentions
      .map((index) => this.data.places[index])
      .filter((place) => AREA_KINDS.has(place.kind) && place !== this.chosen)
      .map((place) => ({ place, manner: "mention", lettering: this.lettering() }));
  }

  toggleSheet() {
    const open = part("card").classList.toggle("open");
    part("more").setAttribute("aria-expanded", String(open));
    this.insets.changed();
    this.layoutSoon();
  }

  async share() {
    const address = shareAddress(this.whole ? "" : isoOf(this.day));
    try {
      await navigator.clipboard.writeText(address);
      this.note("Link to this day copied");
    } catch {
      this.note(address);
    }
  }

  /** @param {string} words */
  note(words) {
    say("toast", words);
    window.clearTimeout(this.noteTimer);
    this.noteTimer = window.setTimeout(() => say("toast", ""), 4000);
  }
}

/** What the lines on the land are. @param {Borders} borders @param {number} day */
function bordersNote(borders, day) {
  if (borders === "none") return "No borders drawn.";
  if (borders === "online") return "A relief of today’s land, no borders drawn.";
  if (borders === "modern") return "Borders of today.";
  const when = dateOf(day);
  return `Borders of ${MONTHS[when.getUTCMonth()]} ${when.getUTCFullYear()}.`;
}
