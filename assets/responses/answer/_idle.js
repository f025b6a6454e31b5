// A shared device: a warning when nobody touches it, then a cleared page.
import { open, stopMoving } from "./_card.js";
import { ask, find, show, speak, text, write } from "./_page.js";
import { review } from "./_review.js";
import { clear } from "./_saving.js";
import { CLEAR, clock, spokenSeconds, state, WARN } from "./_state.js";

let secondsBefore = 0;

function warn(seconds) {
  if (state.view !== "idle") {
    stopMoving();
    secondsBefore = CLEAR;
    ask("idle", find("#idle .go"));
  }
  write("clock", clock(seconds));
  const due = spokenSeconds(secondsBefore, seconds);
  if (due) speak(text("clock", { n: due }));
  secondsBefore = seconds;
}

/** Shows again the state that a question covered. */
export function stay() {
  const { was } = find(`#${state.view}`).dataset;
  state.touchedAt = Date.now();
  if (was === "card") open(state.sheet.at);
  else if (was === "review") review();
  else show(was);
}

/** Once a second. Answers that wait to be sent are seen by nobody and stay. */
export function tick() {
  const { sheet } = state;
  if (!sheet || sheet.own || sheet.wanted) return;
  const left = CLEAR + state.touchedAt - Date.now();
  if (left <= 0) clear();
  else if (left <= CLEAR - WARN) warn(Math.ceil(left / 1000));
}
