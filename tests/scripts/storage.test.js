import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  addressToRecover,
  canSave,
  drop,
  keep,
  removeExpired,
  stored,
} from "../../assets/responses/answer/_storage.js";

const DAY = 24 * 3600_000;
const NOW = Date.UTC(2030, 0, 31);

// As a browser's: own keys are what was stored.
class Storage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key, value) {
    this[key] = String(value);
  }
  removeItem(key) {
    delete this[key];
  }
}

beforeEach(() => {
  globalThis.localStorage = new Storage();
});

test("what is stored comes back, and goes when it is dropped", () => {
  assert.equal(keep("ffit:sheet:/q/AB", { at: 3 }), true);
  assert.deepEqual(stored("ffit:sheet:/q/AB"), { at: 3 });
  drop("ffit:sheet:/q/AB");
  assert.equal(stored("ffit:sheet:/q/AB"), null);
});

test("a browser that refuses to store fails nothing and says so", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  assert.equal(keep("ffit:sheet:/q/AB", {}), false);
  assert.equal(stored("ffit:sheet:/q/AB"), null);
  drop("ffit:sheet:/q/AB");
  removeExpired("", NOW);
  assert.equal(canSave(), false);
});

test("a browser that forgets what it was given saves nothing", () => {
  assert.equal(canSave(), true);
  assert.deepEqual(Object.keys(localStorage), []);
  localStorage.setItem = () => {};
  assert.equal(keep("ffit:sheet:/q/AB", {}), false);
  assert.equal(canSave(), false);
});

test("the page's own sheet is never dropped by a clock", () => {
  keep("ffit:sheet:/q/AB", { closes: NOW - 400 * DAY });
  removeExpired("ffit:sheet:/q/AB", NOW);
  assert.notEqual(stored("ffit:sheet:/q/AB"), null);
});

test("what somebody else wrote there is read as nothing", () => {
  localStorage.setItem("ffit:sheet:/q/AB", "{not json");
  assert.equal(stored("ffit:sheet:/q/AB"), null);
});

test("a sheet stays until thirty days after its survey closed", () => {
  for (const days of [29, 30, 31]) keep(`ffit:sheet:/q/${days}`, { closes: NOW - days * DAY });
  keep("ffit:sent:/q/old", { closes: NOW - 31 * DAY });
  localStorage.setItem("other", "stays");
  removeExpired("", NOW);
  assert.deepEqual(Object.keys(localStorage), ["ffit:sheet:/q/29", "other"]);
});

test("an entry that says no closing date is removed", () => {
  keep("ffit:sheet:/q/AB", { at: 3 });
  removeExpired("", NOW);
  assert.equal(stored("ffit:sheet:/q/AB"), null);
});

test("the address to recover is the tab's own, else that of the sheet touched last", () => {
  keep("ffit:sheet:/q/OLD", { path: "/q/OLD", touched: 1 });
  keep("ffit:sheet:/l/new-1", { path: "/l/new-1?lang=cy", touched: 2 });
  assert.equal(addressToRecover("/q/MINE"), "/q/MINE");
  assert.equal(addressToRecover(undefined), "/l/new-1?lang=cy");
});

test("only an address of an answer page is recovered", () => {
  for (const address of ["//elsewhere.example/q/A", "/o/trust/", "/q/A/../../o", "javascript:0"]) {
    assert.equal(addressToRecover(address), null);
  }
  assert.equal(addressToRecover(undefined), null);
});
