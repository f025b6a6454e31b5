// The start, and a new sheet.
import { open } from "./_card.js";
import { all, find, show, speak, text, write } from "./_page.js";
import { resume } from "./_review.js";
import { page, state } from "./_state.js";
import { drop, stored } from "./_storage.js";

const TABLET = 600; // pixels of a screen's short side

// The server counts each secret once, and sees this one only when the sheet is sent: nothing ties
// it to the page that was opened.
function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(43));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}

/** An empty sheet, whatever was here before. */
export function newSheet(own) {
  return { answers: {}, written: {}, at: 0, own, auto: find("#auto").checked, secret: newSecret() };
}

export function begin(own) {
  drop(page.saved);
  state.sheet = newSheet(own);
  state.touchedAt = Date.now();
  find("#auto2").checked = state.sheet.auto;
  open(0);
  if (own && !state.saved) speak(text("unkept"));
}

/** The start; where a sheet was sent from here before, the shared device is offered first. */
export function start() {
  const wasSent = !!(stored(page.mark) || find("#secret").dataset.sent);
  const isShared = wasSent || Math.min(screen.width, screen.height) >= TABLET;
  find("#sent-here").hidden = !wasSent;
  for (const name of isShared ? ["own", "shared"] : ["shared", "own"]) {
    const button = find(`[data-do=${name}]`);
    button.className = (name === "shared") === isShared ? "go" : "other";
    button.parentNode.prepend(button);
  }
  write("own-help", text(state.canSave || !page.live ? "own" : "unkept"));
  show("start", document.body);
}

/** What a browser that kept the plain form's choices and comments brings along. */
export function adoptChoices() {
  const given = all("select,textarea").filter((one) => one.value);
  if (!given.length) return false;
  const sheet = newSheet(false);
  // The plain form may have been sent before: under its own secret it counts once.
  sheet.secret = find("#secret").value;
  state.sheet = sheet;
  for (const { name, value } of given) sheet[name[0] === "_" ? "written" : "answers"][name] = value;
  sheet.at = Math.max(
    0,
    page.items.findIndex((item) => !sheet.answers[item.code]),
  );
  state.touchedAt = Date.now();
  resume();
  return true;
}
