/** Documents as the server keeps them: packed, and another address for every other content. */

/** After a failure it is asked again after so many ms: the network may be bad, the server away. */
const AGAIN = 1000;

/**
 * Fetch and unpack a document, as often as it takes; null where it was aborted.
 *
 * What stands at an address never changes, so whatever the browser has of it is good, however old
 * (`force-cache`). A failure is not to be remembered like that: the second time the network is asked.
 */
export async function fetchPacked(
  address: string,
  cache: RequestCache,
  signal: AbortSignal,
): Promise<string | null> {
  let mode = cache;
  while (!signal.aborted) {
    try {
      const answer = await fetch(address, { cache: mode, signal });
      if (answer.ok && answer.body) return await unpack(answer.body);
    } catch {
      // Tried again, as an answer that is none.
    }
    mode = cache === "force-cache" ? "reload" : cache;
    await pause(AGAIN);
  }
  return null;
}

function unpack(packed: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
