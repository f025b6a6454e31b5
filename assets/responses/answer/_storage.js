// What this browser keeps. localStorage may refuse, or forget; only what was read back is kept.
import { isExpired } from "./_state.js";

export const SAVED = "ffit:sheet:";
export const MARK = "ffit:sent:";
const TRIAL = "ffit:try";
const ADDRESS = /^\/[aql]\/[\w-]+(\?lang=[\w-]+)?$/;

export function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (_) {
    return null;
  }
}

/** Whether the value was written and reads back the same; never under no name. */
export function keep(key, value) {
  try {
    const text = JSON.stringify(value);
    if (key) localStorage.setItem(key, text);
    return key && localStorage.getItem(key) === text;
  } catch (_) {
    return false;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch (_) {
    // nothing was kept
  }
}

/** Where the browser `canSave`; elsewhere asking throws. */
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith("ffit:"));

/** Tries with one word, which it takes away again. */
export function canSave() {
  const can = keep(TRIAL, 1);
  drop(TRIAL);
  return can;
}

/** A month after its survey closed nothing of it stays here; `own` is never dropped by a clock. */
export function removeExpired(own, now) {
  for (const key of keys()) {
    if (key !== own && isExpired(stored(key) || {}, now)) drop(key);
  }
}

/** The address behind `/a/` alone: of this tab's history, else of what was touched last. */
export function addressToRecover(fromHistory) {
  const kept = (canSave() ? keys() : [])
    .filter((key) => key.startsWith(SAVED))
    .map((key) => stored(key) || {})
    .sort((a, b) => b.touched - a.touched);
  const address = fromHistory || (kept.length ? kept[0].path : "");
  return ADDRESS.test(address) ? address : null;
}
