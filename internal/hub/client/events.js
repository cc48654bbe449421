// Server-sent events out of a fetched stream, which unlike EventSource can carry a token in a header.

/** @typedef {{event: string, data: string}} ServerEvent */

/**
 * @param {ReadableStream<Uint8Array> | null} body
 * @param {() => void} [alive] called whenever anything arrives, heartbeats too
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(body, alive) {
  if (!body) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "", event = "", data = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive?.();
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data) yield { event, data };
          event = data = "";
        } else if (line.startsWith("event: ")) event = line.slice(7);
        else if (line.startsWith("data: ")) data += line.slice(6);
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // the stream may be lost already
  }
}
