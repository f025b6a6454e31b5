import assert from "node:assert/strict";
import { afterEach, before, beforeEach, mock, test } from "node:test";
import { post } from "../../assets/responses/answer/_post.js";

const page = "/q/ABCD";
const sheet = { secret: "s", answers: { B1: "4", B2: "?" }, written: { c1: " ", c2: "Thanks" } };

/** Answers each request with a status and a body; what was asked stands in its calls. */
function answering(status, body) {
  return mock.method(globalThis, "fetch", async () => new Response(body, { status }));
}

// The page that sends: in Welsh, on a phone that may be in English.
before(() => {
  globalThis.document = { documentElement: { lang: "cy" } };
});
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] })); // patience would keep Node up
afterEach(() => mock.reset());

test("answers and comments go to the sheet's own address", async () => {
  const fetched = answering(200, '{"sent": true}');
  assert.deepEqual(await post(page, sheet), { sent: true });
  const [path, { body, credentials, headers, redirect }] = fetched.mock.calls[0].arguments;
  assert.equal(path, "/q/ABCD");
  assert.equal(String(body), "secret=s&c1=+&c2=Thanks&B1=4&B2=%3F");
  assert.equal(credentials, "same-origin");
  assert.equal(redirect, "error");
  assert.equal(headers["Accept-Language"], "cy");
});

test("a personal link sends no cookie", async () => {
  const fetched = answering(200, '{"sent": true}');
  await post("/a/token", sheet);
  assert.equal(fetched.mock.calls[0].arguments[1].credentials, "omit");
});

test("a long comment is not asked to outlive the page: browsers would refuse it", async () => {
  const fetched = answering(200, '{"sent": true}');
  await post(page, sheet);
  await post(page, { ...sheet, written: { c1: "x".repeat(60_000) } });
  assert.deepEqual(
    fetched.mock.calls.map((call) => call.arguments[1].keepalive),
    [true, false],
  );
});

test("our refusal is an answer", async () => {
  answering(410, '{"sent": false, "title": "Closed", "text": "…"}');
  assert.equal((await post(page, sheet)).title, "Closed");
});

test("a site that is away, a busy network and a sign-in page of the Wi-Fi are no answer", async () => {
  for (const [status, body] of [
    [499, "{}"],
    [429, '{"sent": false}'],
    [500, '{"sent": false}'],
    [200, "<html>Sign in to Wi-Fi</html>"],
    [200, '{"sent": "yes"}'],
  ]) {
    answering(status, body);
    assert.equal(await post(page, sheet), null, `${status} ${body}`);
    mock.restoreAll();
  }
});

test("ten seconds without a word are no answer", async () => {
  mock.method(globalThis, "fetch", async (_, { signal }) => {
    mock.timers.tick(10_000);
    signal.throwIfAborted();
    return new Response('{"sent": true}');
  });
  assert.equal(await post(page, sheet), null);
});

test("a word just before that is an answer", async () => {
  mock.method(globalThis, "fetch", async (_, { signal }) => {
    mock.timers.tick(9_999);
    signal.throwIfAborted();
    return new Response('{"sent": true}');
  });
  assert.deepEqual(await post(page, sheet), { sent: true });
});

test("no network is no answer", async () => {
  mock.method(globalThis, "fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  assert.equal(await post(page, sheet), null);
});
