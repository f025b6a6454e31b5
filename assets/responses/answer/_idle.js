// A shared device: a warning when nobody touches it, then a cleared page.
import { open, stopMoving } from "./_card.js";
import { find, show, speak, text, write } from "./_page.js";
import { review } from "./_review.js";
import { clear } from "./_saving.js";
import { CLEAR, clock, idlePhase, spokenSeconds, state } from "./_state.js";

let secondsBefore = 0;

function warn(seconds) {
  if (state.view !== "idle") {
    stopMoving();
    state.viewBefore = state.view;
    secondsBefore = CLEAR;
    show("idle", find("[data-do=stay]"));
  }
  write("clock", clock(seconds));
  const due = spokenSeconds(secondsBefore, seconds);
  if (due) speak(text("clock", { n: due }));
  secondsBefore = seconds;
}

/** Shows again the state that a question covered. */
export function showAgain(view) {
  if (view === "card") open(state.sheet.at);
  else if (view === "review") review();
  else show(view);
}

export function stay() {
  state.touchedAt = Date.now();
  showAgain(state.viewBefore);
}

/** Once a second. */
export function tick() {
  if (!state.sheet || state.sheet.own) return;
  const idle = Date.now() - state.touchedAt;
  const phase = idlePhase(idle);
  if (phase === "clear") clear();
  else if (phase === "warn") warn(Math.ceil((CLEAR - idle) / 1000));
}
