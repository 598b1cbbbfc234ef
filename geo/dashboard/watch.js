/**
 * Asks Python every other second to look whether the table has changed: only while the page
 * can be seen, and never while a hand is on the time bar.
 *
 * @typedef {{setTriggerValue: (name: string, value: unknown) => void}} ComponentArguments
 */

const SECONDS = 2;

/** @param {ComponentArguments} component */
export default function watch({ setTriggerValue }) {
  const timer = setInterval(() => {
    const held = document.documentElement.dataset.plate === "held";
    if (!held && document.visibilityState === "visible") setTriggerValue("look", Date.now());
  }, SECONDS * 1000);
  return () => clearInterval(timer);
}
