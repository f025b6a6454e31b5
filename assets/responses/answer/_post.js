// One attempt to send: our own word about it, or null when there was none.

const PATIENCE = 10_000; // the longest "Sending…"
const KEEPALIVE = 60_000; // browsers carry no more past the end of a page

/** Posts a sheet to the address that the page had when it was opened. */
export async function post(address, { secret, answers, written }) {
  const body = new URLSearchParams(Object.assign({ secret }, written, answers));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // The poster's address gets the browser's own count of forms; the others need nothing.
      credentials: address.startsWith("/q/") ? "same-origin" : "omit",
      redirect: "error",
      keepalive: String(body).length < KEEPALIVE,
      signal: stop.signal,
    });
    // Not now: others on this network guessed codes (429), or the site is away.
    if (response.status >= 500 || response.status === 429) return null;
    // Hospital Wi-Fi answers for others with a sign-in page: only our own word counts.
    const reply = await response.json();
    return typeof reply.sent === "boolean" ? reply : null;
  } catch (_) {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
