/** Long work in slices, so that the page answers in between. */

/** Time of a frame that the work may take, in ms. */
const SLICE = 10;

/** Do the work to its end, or until the time of a slice is over; returns whether it has ended. */
export function advance(work: Iterator<void>): boolean {
  const end = performance.now() + SLICE;
  do if (work.next().done) return true;
  while (performance.now() < end);
  return false;
}

/** Do some work slice by slice, one a frame; returns how to give it up. */
export function inSlices(work: Iterator<void>): () => void {
  let frame = 0;
  const next = () => {
    if (!advance(work)) frame = requestAnimationFrame(next);
  };
  frame = requestAnimationFrame(next);
  return () => cancelAnimationFrame(frame);
}

/** Do some work to its end at once. */
export function atOnce(work: Iterator<void>): void {
  while (!work.next().done);
}
