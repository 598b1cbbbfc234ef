/**
 * Entry of a component that asks Python every other second to look whether the table has changed:
 * only while the page can be seen, and never while the days pass.
 */

interface Component {
  setTriggerValue: (name: string, value: unknown) => void;
}

const INTERVAL = 2000;

/** Called by Streamlit for every run of the script; returns its clean-up. */
export default function watch({ setTriggerValue }: Component): () => void {
  const timer = setInterval(() => {
    const moving = document.documentElement.dataset.map === "moving";
    if (!moving && document.visibilityState === "visible") setTriggerValue("look", Date.now());
  }, INTERVAL);
  return () => clearInterval(timer);
}
