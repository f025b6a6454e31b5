// One statement at a time: choosing, moving on, going back.
import {
  all,
  chosen,
  count,
  find,
  nameOf,
  show,
  showCount,
  showProgress,
  speak,
  text,
  write,
} from "./_page.js";
import { between, resume, review } from "./_review.js";
import { save } from "./_saving.js";
import { start } from "./_start.js";
import { isRegret, page, quicker, shorterHelps, slower, state } from "./_state.js";

const STEPS = 4; // sizes of the text, the first that fits is taken

export function stopMoving() {
  clearTimeout(state.pending);
  state.pending = 0;
}

export function open(index) {
  stopMoving();
  const { sheet } = state;
  sheet.at = index;
  const item = page.items[index];
  const section = page.sections[item.p];
  const last = index && sheet.answers[page.items[index - 1].code];
  save();
  show("card", find("#statement"));
  showProgress(index);
  showCount();
  write("stem", section.stem);
  find("#stem").className = index === section.first ? "first" : "";
  const place = {
    n: index + 1,
    all: page.items.length,
    p: item.p + 1,
    ps: page.sections.length,
  };
  write("where", text("where", place));
  write("said", item.text);
  find("#said").lang = item.lang;
  for (const one of all("#rows input")) one.checked = one.value === sheet.answers[item.code];
  write("was", last ? text("was", { v: nameOf(last) }) : "");
  write("help", item.help);
  find("#helps").hidden = !item.help;
  showHelp(false);
  showNext();
  fit();
  document.title = `${text("of", place)} – ${page.title}`;
}

export function showHelp(open) {
  find("#help").hidden = !open;
  find("#helps").setAttribute("aria-expanded", open);
  if (open) speak(find("#help").textContent);
}

function showNext() {
  const isChosen = chosen();
  const words = state.from ? "check" : isChosen ? "next" : "skip";
  find("#next span").textContent = text(words);
  find("#next").className = isChosen ? "chosen" : "";
}

/** The text gives way to the rows; only where the smallest is still too long the page scrolls. */
export function fit() {
  if (state.view !== "card") return;
  const body = document.body.classList;
  const [ask, card, rows, stem] = ["#ask", "#card", "#rows", "#stem"].map((id) => find(id));
  const unsure = rows.children[1].firstChild;
  const help = find("small", unsure);
  body.remove("tall");
  shorterHelps(help.title).some((words) => {
    help.textContent = words;
    return unsure.offsetHeight < 1.15 * rows.firstChild.firstChild.offsetHeight;
  });
  const isCut = () => ask.scrollHeight > ask.clientHeight + 1 || stem.offsetTop < ask.offsetTop + 4;
  let step = 0;
  do card.dataset.fit = step;
  while (isCut() && ++step < STEPS);
  if (step === STEPS || rows.scrollWidth > rows.clientWidth + 1) {
    card.dataset.fit = 0;
    body.add("tall");
  }
}

/** Keeps a choice; then moves on after a pause, unless it `waits` for Next. */
export function choose(value, waits) {
  const { pending, sheet } = state;
  const { code } = page.items[sheet.at];
  const isNew = !chosen();
  stopMoving();
  if (pending) state.pause = slower(state.pause);
  save("answers", code, value);
  showCount();
  showNext();
  showHelp(false);
  if (state.saved) speak(text("saved"));
  if (!sheet.auto || waits || !(isNew || pending)) return;
  state.pending = setTimeout(() => move(true, Date.now()), state.pause);
}

// What is shown next; taps just after `at` were meant for what was shown before.
function move(alone, at) {
  stopMoving();
  state.movedAt = at;
  const { sheet } = state;
  const following = page.items[sheet.at + 1];
  if (state.from || !following) review(state.from ? sheet.at : -1);
  else if (following.p !== page.items[sheet.at].p) between(following.p);
  else open(sheet.at + 1);
  state.movedAlone = alone;
}

/** A second tap moves at once, and shortens the pause. */
export function hurry() {
  state.pause = quicker(state.pause);
  move(false, Date.now());
}

export const next = () => move(false, 0);

export function back() {
  const { from, sheet, view } = state;
  stopMoving();
  if (state.movedAlone && isRegret(Date.now() - state.movedAt)) state.pause = slower(state.pause);
  state.movedAlone = false;
  state.movedAt = 0;
  if (from) review(sheet.at);
  else if (view === "review") open(page.items.length - 1);
  else if (sheet.at) open(sheet.at - 1);
  else if (count()) resume();
  else {
    state.sheet = null;
    start();
  }
}
