// The document: what it holds, its words, and which of its states is shown.
import { page, shareDone, state } from "./_state.js";
import { MARK, SAVED } from "./_storage.js";

export const find = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
export const write = (id, words) => {
  find(`#${id}`).textContent = words;
};

/** A text of the page by its key, with values in its places. */
export const text = (key, values) =>
  page.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Said to a screen reader, and seen by nobody. */
export const speak = (words) => write("live", words);

/** What is chosen for the statement that is shown. */
export const chosen = () => state.sheet.answers[page.items[state.sheet.at].code];

export const count = () => Object.keys(state.sheet.answers).length;

/** How many answers there are, where, and that they are not sent. */
export const here = () =>
  text(state.saved ? "here" : "here_page", { n: count(), all: page.items.length });

/** How an answer is called: its number, or the words for "I can't say". */
export const nameOf = (value) => (value === "?" ? find("#rows strong").textContent : value);

/** Reads the plain form, which holds every statement; `address` is where it is posted. */
export function readPage(address) {
  const { closes, mode, once } = document.body.dataset;
  const live = mode === "live";
  const path = address.split("?")[0];
  const items = [];
  const sections = all("fieldset").map((part, p) => {
    const first = items.length;
    for (const { name, parentNode: label } of all("select", part)) {
      const words = find("b", label);
      const help = label.nextSibling;
      items.push({
        p,
        code: name,
        text: words.textContent,
        lang: words.lang,
        help: help && help.tagName === "DETAILS" ? help.lastChild.textContent : "",
      });
    }
    return {
      title: find("h2 b", part).textContent,
      stem: find("p", part).textContent,
      first,
      length: items.length - first,
    };
  });
  Object.assign(page, {
    words: JSON.parse(find("#words").textContent),
    items,
    sections,
    address,
    live,
    closes: +closes,
    // Nothing is kept under no name: a preview and a test leave nothing behind.
    saved: live && SAVED + path,
    mark: live && once === "" && MARK + path,
    title: document.title,
  });
  const help = find("#rows small");
  help.title = help.textContent;
  const segments = find("#segments");
  segments.innerHTML = "<i><u></u></i>".repeat(page.sections.length);
  page.sections.forEach((section, p) => {
    segments.children[p].style.flexGrow = section.length;
  });
}

export function showAbout(open) {
  find("#about").hidden = !open;
  find(".name").setAttribute("aria-expanded", open);
}

/** Shows one state alone, and puts the focus on its heading. */
export function show(name, focus) {
  if (state.view && state.view !== name) {
    state.movedAt = Date.now();
    state.movedAlone = false;
  }
  state.view = name;
  for (const one of all("main>section")) one.classList.toggle("v", one.id === name);
  document.body.className = name;
  // The phone's own Back then comes to us first, once for each press.
  const entry = history.state || {};
  if (page.live && state.sheet && name !== "resume" && !entry.back) {
    history.pushState({ path: entry.path, back: 1 }, "");
  }
  const isAway = !state.sheet || name === "idle";
  find(".name").hidden = find(".clear").hidden = isAway;
  find("#segments").hidden = isAway || name === "unsent";
  find("#count").hidden = name !== "card";
  find(".bar b").hidden = !isAway;
  find(".bar nav").hidden = name !== "start";
  showAbout(name === "between");
  scrollTo(0, 0);
  const heading = find(`#${name} h1`);
  (focus || heading).focus({ preventScroll: true });
  if (name !== "card") {
    document.title = name === "start" ? page.title : `${heading.textContent} – ${page.title}`;
  }
}

/** Shows a question over the state that `stay` shows again. */
export function ask(name, focus) {
  find(`#${name}`).dataset.was = state.view;
  show(name, focus);
}

/** The line under the bar: which sections are done, and how much of this one. */
export function showProgress(done) {
  all("#segments u").forEach((part, p) => {
    const { first, length } = page.sections[p];
    part.style.width = `${100 * shareDone(done, first, length)}%`;
  });
}

/** Counts the statement in the bar; "saved" only after a write that was read back. */
export function showCount() {
  const place = text("of", { n: state.sheet.at + 1, all: page.items.length });
  write("count", state.saved && chosen() ? `${place} · ${text("saved")}` : place);
}
