/** Elements of the page: looked up, made, and filled with text, never with markup. */

/**
 * Make an SVG element. Attributes are names and numbers of our own; text from the data goes in
 * as text nodes only.
 */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number> = {},
  parent?: Element,
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent?.append(element);
  return element;
}

/** The element of the page's skeleton with this id. Throws a ReferenceError where there is none. */
export function getElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new ReferenceError(`the page has no #${id}`);
  return element;
}

/** The element of the page's skeleton with this id, which is an `<input>`. */
export function getInput(id: string): HTMLInputElement {
  const element = getElement(id);
  if (!(element instanceof HTMLInputElement)) throw new ReferenceError(`#${id} is no <input>`);
  return element;
}

/** Set the text of an element of the skeleton; empty text hides it. */
export function setText(id: string, text: string): void {
  const element = getElement(id);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/** The text of a JSON block of the document. */
export function readBlock(id: string): string {
  return getElement(id).textContent;
}

/** Whether the reader has asked the system for less motion. */
export const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
