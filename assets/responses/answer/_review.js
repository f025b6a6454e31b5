// What lies between statements: the end of a section, the review of all, and the way back in.
import { all, count, find, here, nameOf, show, showProgress, text, write } from "./_page.js";
import { save } from "./_saving.js";
import { minutesFor, page, state } from "./_state.js";

/** The end of a section: the honest place to stop, and where the next stem is read alone. */
export function between(p) {
  const { saved, sheet } = state;
  const section = page.sections[p];
  sheet.at = section.first;
  save();
  const n = minutesFor(page.items.length - sheet.at);
  const left = n > 1 ? text("left", { n }) : text("last");
  write("between-h", text("done", { p, ps: page.sections.length }));
  write("between-t", `${left} ${text(saved ? "stop" : "stay")}`);
  write("between-next", section.title);
  write("between-stem", section.stem);
  // Last: the title and a screen reader say the heading as it is then.
  show("between");
  showProgress(sheet.at);
}

/** "Continue or start again?" No answer is shown. */
export function resume() {
  write("resume-t", here());
  show("resume");
  showProgress(state.sheet.at);
}

// Tags first, and then the words, which are text whatever they are.
function showStrips() {
  const { answers } = state.sheet;
  const button = "<button data-do=one><small></small><b></b></button>";
  find("#strips").innerHTML = page.sections
    .map(({ length }) => `<h2></h2><div class=strip>${button.repeat(length)}</div>`)
    .join("");
  all("#strips h2").forEach((head, p) => {
    head.textContent = `${p + 1}. ${page.sections[p].title}`;
  });
  all("#strips button").forEach((one, i) => {
    const item = page.items[i];
    const value = answers[item.code];
    const n = i + 1;
    one.dataset.i = i;
    one.className = value ? "" : "no";
    one.firstChild.textContent = n;
    one.lastChild.textContent = value || "–";
    one.setAttribute("aria-label", `${n}. ${item.text} ${value ? nameOf(value) : text("none")}`);
  });
}

/** Every statement as a button; the focus returns to the one that was opened from here. */
export function review(focus) {
  const { sheet } = state;
  const n = count();
  const blank = page.items.length - n;
  state.from = "";
  sheet.seen = true;
  save();
  show("review");
  showProgress(page.items.length);
  const answered = text("answered", { n, all: page.items.length });
  write("sum", blank ? `${answered} ${text("blank", { n: blank })}` : answered);
  showStrips();
  write("nothing", "");
  showComments();
  if (focus >= 0) find(`[data-i="${focus}"]`).focus();
}

// The plain form's room to write moves here when the review first opens.
function showComments() {
  const comments = find("#comments");
  if (!comments) return;
  find("#room").prepend(comments);
  for (const area of all("textarea", comments)) {
    area.value = state.sheet.written[area.name] || "";
    const folded = area.closest("details");
    if (area.value && folded) folded.open = true;
  }
}

/** How many more fit, under the field that is written in. */
export function showCharactersLeft(area) {
  const n = area.maxLength - area.value.length;
  const hint = find("#room-left");
  area.parentNode.after(hint);
  hint.setAttribute("aria-live", n <= 50 ? "polite" : "off");
  hint.textContent = text("characters", { n });
}
