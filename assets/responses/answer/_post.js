// One attempt to send: our own word about it, or null when there was none.

const PATIENCE = 10_000; // the longest "Sending…"
const KEEPALIVE = 60_000; // browsers carry no more past the end of a page

/** Posts a sheet to the address that the page had when it was opened. */
export async function post(address, { secret, answers, written }) {
  const body = new URLSearchParams(Object.assign({ secret }, written, answers));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE); // of no effect on what has come
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      // Refused in the language of the page, which may be another than the phone's.
      headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang },
      // The poster's address gets the browser's own count of forms; the others need nothing.
      credentials: address.startsWith("/q/") ? "same-origin" : "omit",
      redirect: "error",
      keepalive: String(body).length < KEEPALIVE,
      signal: stop.signal,
    });
    if (response.status >= 500) return null; // the site is away
    // Hospital Wi-Fi answers for others with a sign-in page: only our own word counts.
    const reply = await response.json();
    const isOurs = typeof reply.sent === "boolean";
    // Not now (429): trying again helps by itself, but for a code that is wrong.
    return isOurs && (response.status !== 429 || reply.slip) ? reply : null;
  } catch (_) {
    return null;
  }
}
