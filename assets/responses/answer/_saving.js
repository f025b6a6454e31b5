// Keeping answers and comments on a person's own device, and clearing them.
import { all, ask, count, show, text, write } from "./_page.js";
import { page, state } from "./_state.js";
import { drop, keep, stored } from "./_storage.js";

/** Saves the sheet of an own device, with one change to `answers` or `written` if there is one;
 *  `state.saved` says if it is really there. */
export function save(field, name, value) {
  const { sheet } = state;
  if (!sheet) return;
  // Another tab may have written meanwhile: what is saved is the truth, and this change is newest.
  const kept = state.saved && stored(page.saved);
  if (kept && kept.secret === sheet.secret) {
    Object.assign(sheet.answers, kept.answers);
    Object.assign(sheet.written, kept.written);
  }
  if (field) sheet[field][name] = value;
  sheet.path = page.address;
  sheet.closes = page.closes;
  sheet.touched = Date.now();
  state.saved = sheet.own && keep(page.saved, sheet);
}

/** Nothing of the sheet stays on the page: not in the form, the card or the strip. */
export function forget() {
  clearTimeout(state.pending);
  clearTimeout(state.retrying);
  state.sheet = null;
  state.from = "";
  state.saved = false;
  for (const radio of all("#rows input")) radio.checked = false;
  for (const field of all("select,textarea")) field.value = "";
  for (const id of ["strips", "said", "help", "was"]) write(id, "");
}

export function clear() {
  drop(page.saved);
  forget();
  show("cleared");
}

/** Asks once more before an answer is cleared. */
export function askToClear() {
  const n = count();
  if (!n) return clear();
  write("clear-h", text("sure", { n }));
  return ask("clear");
}
