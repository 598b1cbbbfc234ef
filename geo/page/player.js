"use strict";

/** Seconds that a year takes while playing, from slow to fast. */
const PACES = [8, 4, 2, 1];
/** A frame that comes later than this, in ms, as from a tab in the background, is no leap of years. */
const LONGEST_FRAME = 100;

/** Lets the days run by themselves, at one of a few paces. */
class Player {
  /** @param {(day: number) => boolean} show shows a day; tells whether there are days left */
  constructor(show) {
    this.show = show;
    this.playing = false;
    /** Time of the last frame in ms, and the day with its fraction. */
    this.clock = 0;
    this.day = 0;
    this.pace = 1;
    this.setPace(1);
    part("speed").addEventListener("click", () => this.setPace((this.pace + 1) % PACES.length));
  }

  /** @param {number} day to begin with */
  play(day) {
    this.setPlaying(true);
    this.day = day;
    this.clock = performance.now();
    requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing) return;
    const seconds = Math.min(LONGEST_FRAME, now - this.clock) / 1000;
    this.clock = now;
    this.day += (seconds * 365.25) / PACES[this.pace];
    if (this.show(Math.floor(this.day))) requestAnimationFrame((next) => this.tick(next));
  }

  pause() {
    if (this.playing) this.setPlaying(false);
  }

  /** @param {boolean} playing */
  setPlaying(playing) {
    this.playing = playing;
    document.documentElement.classList.toggle("playing", playing);
    part("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  /** @param {number} pace index into the paces */
  setPace(pace) {
    this.pace = pace;
    say("speed", `1 year in ${PACES[pace]} s`);
    part("speed").setAttribute("aria-label", `Speed: a year in ${count(PACES[pace], "second")}`);
  }
}
