// One statement at a time over the plain form. Nothing on the page changes until the last line of
// `begins` has run: whatever fails before that leaves the plain form, with its Send, as it was.
import { back, choose, fit, hurry, next, open, showHelp, stopMoving } from "./answer/_card.js";
import { stay, tick } from "./answer/_idle.js";
import { all, chosen, find, readPage, show, showAbout } from "./answer/_page.js";
import { resume, review, showCharactersLeft } from "./answer/_review.js";
import { askToClear, clear, forget, save } from "./answer/_saving.js";
import { isAway, retry, send, showUnsent } from "./answer/_sending.js";
import { adoptChoices, begin, start } from "./answer/_start.js";
import { isLateNext, isLateTap, page, state } from "./answer/_state.js";
import { canSave, removeExpired, stored } from "./answer/_storage.js";

const root = document.documentElement;
let byArrow = false; // arrow keys choose and never move on

// What a button does.
const DO = {
  own: () => begin(true),
  shared: () => begin(false),
  back,
  next,
  help: () => showHelp(find("#help").hidden),
  about: () => showAbout(find("#about").hidden),
  on: () => open(state.sheet.at),
  one: (button) => {
    state.from = "review";
    open(+button.dataset.i);
  },
  review: () => review(),
  send,
  carry: () => (state.sheet.seen ? review() : open(state.sheet.at)),
  wipe: askToClear,
  yes: clear,
  stay,
  start: () => {
    if (page.stale) location.replace(page.address);
    else start();
  },
};

// What waits to be sent is seen by nobody, and nothing else before a person asks for it.
function showSheet(view) {
  find("#auto2").checked = state.sheet.auto;
  if (state.sheet.wanted) showUnsent();
  else if (view === "card") open(state.sheet.at);
  else if (view === "review") review();
  else resume();
}

/** Another language takes the place of the document's body; the sheet stays in memory. */
async function switchLanguage(link) {
  const address = page.address.split("?")[0] + link.getAttribute("href");
  try {
    const html = await (await fetch(address)).text();
    const other = new DOMParser().parseFromString(html, "text/html");
    if (!find("#sheet", other)) return;
    const { view } = state;
    root.lang = other.documentElement.lang;
    root.dir = other.documentElement.dir;
    document.title = other.title;
    document.body = other.body;
    readPage(address);
    save();
    if (state.sheet) showSheet(view);
    else start();
  } catch (_) {
    // no network: the page stays as it is
  }
}

function onClick(event) {
  const { target } = event;
  const since = Date.now() - state.movedAt;
  // A key has no late second tap: its click counts none.
  if (event.detail && isLateTap(since)) {
    event.preventDefault();
    return;
  }
  if (target.name === "v") {
    if (state.pending && chosen() === target.value) hurry();
    return;
  }
  const link = target.closest("a[hreflang]");
  if (link) {
    event.preventDefault();
    switchLanguage(link);
    return;
  }
  const button = target.closest("[data-do]");
  if (button) {
    const what = button.dataset.do;
    // Where Next was, "Check and send what I have" or even Send may be by now.
    if (/next|on|send|review/.test(what) && state.movedAlone && isLateNext(since)) return;
    if (what === "next" && state.pending) hurry();
    else {
      if (what !== "about") stopMoving();
      DO[what](button);
    }
  } else if (state.pending && target.closest("#card") && !target.closest("#rows")) hurry();
}

function onChange({ target }) {
  if (!state.sheet) return;
  if (target.name === "v") choose(target.value, byArrow);
  if (target.id === "auto2") {
    state.sheet.auto = target.checked;
    stopMoving();
    save();
  }
}

// Keys count while the focus is in the card, so that no key acts elsewhere.
function onKey(event) {
  const { key, target } = event;
  touch();
  root.classList.add("keys");
  byArrow = key.startsWith("Arrow");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Escape" && state.view === "card") {
    showHelp(false);
    showAbout(false);
  }
  if (state.view !== "card" || !target.closest("#card")) return;
  const row = all("#rows input").find((one) => find("b", one.parentNode).textContent === key);
  if (row) {
    row.checked = true;
    choose(row.value);
  } else if (key === "Backspace") back();
  else if (key === "Enter" && (target.name === "v" || target.id === "statement")) {
    if (chosen()) next();
  } else return;
  event.preventDefault();
}

function touch() {
  if (state.view !== "idle") state.touchedAt = Date.now();
}

// What the page listens to.
const ON = {
  click: onClick,
  change: onChange,
  keydown: onKey,
  mousedown() {
    touch();
    root.classList.remove("keys");
    byArrow = false;
  },
  input({ target }) {
    touch();
    if (!state.sheet || !target.closest("#room")) return;
    save("written", target.name, target.value);
    showCharactersLeft(target);
  },
  storage() {
    if (!isAway()) return;
    forget();
    showFirst();
  },
  scroll: touch,
  resize: fit,
  online: retry,
  pagehide() {
    if (!state.sheet || state.sheet.own) return;
    forget();
    start();
  },
  popstate() {
    const { view } = state;
    if (view === "clear") stay();
    else if (/card|between|review/.test(view)) back();
    else if (state.sheet && !state.saved) show(view);
  },
};

function listen() {
  for (const name in ON) addEventListener(name, ON[name]);
  // On the document: before Safari 14 it does not rise to the window.
  document.addEventListener("visibilitychange", () => {
    tick();
    if (!document.hidden) retry();
  });
  setInterval(tick, 1000);
}

function showFirst() {
  const kept = stored(page.saved);
  if (kept && kept.answers && kept.secret) {
    state.sheet = Object.assign({ written: {} }, kept);
    state.saved = true;
    showSheet();
  } else if (stored(page.mark)) show("before");
  else if (!adoptChoices()) start();
}

// A personal link leaves the address bar at once; the poster's, which is no secret, stays.
function hideCredential() {
  if (page.live && /^\/[al]\//.test(page.address)) {
    history.replaceState({ path: page.address }, "", "/a/");
  }
}

function begins() {
  try {
    // What is not there at all throws.
    if (!(fetch && AbortController && root.closest && CSS.supports("(--a:0)"))) return;
    const now = +find("#secret").dataset.now;
    readPage(location.pathname + location.search);
    state.canSave = canSave();
    if (page.live && state.canSave) removeExpired(page.saved, now);
    showFirst();
    listen();
    hideCredential();
    root.classList.add("js");
  } catch (_) {
    // the plain form stays
  }
}

document.addEventListener("DOMContentLoaded", begins);
