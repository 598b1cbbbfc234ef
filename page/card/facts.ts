/** Terms and what is said to them, as entries of a description list. */

import type { Source } from "../journey/data";

/** Add a term with its words; returns the element of the words. */
export function addFact(list: HTMLElement, term: string, words: string): HTMLElement {
  const name = document.createElement("dt");
  const value = document.createElement("dd");
  name.textContent = term;
  value.textContent = words;
  list.append(name, value);
  return value;
}

/** A source as a link where it has an http or https address, as words otherwise. */
export function sourceNode({ words, url }: Source): Node {
  if (!/^https?:\/\//i.test(url)) return document.createTextNode([words, url].filter(Boolean).join(" "));
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.textContent = words || url;
  return link;
}
