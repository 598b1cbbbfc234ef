/** What the document and the page around it say to each other; `docs/architecture.md` says when. */

import type { Theme } from "./theme";

/** From the document. */
export type FromDocument =
  | { type: "ready" }
  | { type: "drawn" }
  /** The days are passing: nothing may talk to the server until `date`. */
  | { type: "moving" }
  /** The day has come to rest: YYYY-MM-DD, or empty for the whole journey, and the id of the row. */
  | { type: "date"; date: string; id: string };

/** From the page around. */
export type FromHost = { type: "page"; theme: Theme; address: string } | { type: "go"; date: string };
