/**
 * While the server is away the map goes on working: Streamlit lays a dialog over it, which is closed
 * again, and finds back by itself.
 */

const CLOSE = "[data-testid='stDialog'] button[aria-label='Close']";
const STATE = "data-test-connection-state";

/** Close the dialogs of a lost connection, the only ones there are; returns the clean-up. */
export function closeConnectionDialogs(): () => void {
  const close = () => document.querySelector<HTMLButtonElement>(CLOSE)?.click();
  const opened = new MutationObserver(close);
  // A dialog is added to the body itself, beside the page.
  opened.observe(document.body, { childList: true });
  close();
  return () => opened.disconnect();
}

/**
 * Call `reconnected` when the server has come back: a page whose run was lost with it does not run
 * again by itself. Returns the clean-up.
 */
export function watchConnection(reconnected: () => void): () => void {
  const app = document.querySelector("[data-testid='stApp']");
  const changed = new MutationObserver(() => {
    if (app?.getAttribute(STATE) === "CONNECTED") reconnected();
  });
  if (app) changed.observe(app, { attributes: true, attributeFilter: [STATE] });
  return () => changed.disconnect();
}
