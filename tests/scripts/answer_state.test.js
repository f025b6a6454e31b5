import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clock,
  isExpired,
  isLateNext,
  isLateTap,
  isRegret,
  minutesFor,
  quicker,
  retryAfter,
  shareDone,
  shorterHelps,
  slower,
  spokenSeconds,
} from "../../assets/responses/answer/_state.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test("the pause learns, from 200 to 1,200 milliseconds", () => {
  assert.equal(slower(450), 675);
  assert.equal(slower(800), 1200);
  assert.equal(slower(801), 1200);
  assert.equal(quicker(450), 360);
  assert.equal(quicker(250), 200);
  assert.equal(quicker(249), 200);
});

test("a late tap belongs to the statement before", () => {
  assert.deepEqual([299, 300, 301].map(isLateTap), [true, false, false]);
  assert.deepEqual([699, 700, 701].map(isLateNext), [true, false, false]);
  assert.deepEqual([2499, 2500].map(isRegret), [true, false]);
});

test("the time left is whole minutes at ten seconds a statement, and never none", () => {
  assert.deepEqual([45, 34, 9, 8, 3, 2, 1].map(minutesFor), [8, 6, 2, 1, 1, 1, 1]);
});

test("a section is passed by as much of it as lies before the statement", () => {
  assert.deepEqual(
    [0, 3, 4, 5, 6].map((done) => [shareDone(done, 0, 4), shareDone(done, 4, 2)]),
    [
      [0, 0],
      [0.75, 0],
      [1, 0],
      [1, 0.5],
      [1, 1],
    ],
  );
});

test("what was kept goes a month after closing, and at once if it says no closing", () => {
  const closes = 1_800_000_000_000;
  const at = (days) => isExpired({ closes }, closes + days * DAY);
  assert.deepEqual([0, 29, 30, 31].map(at), [false, false, true, true]);
  assert.equal(isExpired({}, closes), true);
});

test("the clock shows minutes and two digits of seconds", () => {
  assert.deepEqual([120, 59, 5].map(clock), ["2:00", "0:59", "0:05"]);
});

test("a time is spoken once, when the clock passes it", () => {
  assert.equal(spokenSeconds(Number.POSITIVE_INFINITY, 120), 120);
  assert.equal(spokenSeconds(120, 119), undefined);
  assert.equal(spokenSeconds(61, 60), 60);
  assert.equal(spokenSeconds(60, 59), undefined);
  assert.equal(spokenSeconds(17, 14), 15);
});

test("tries come after 10 seconds, 20 … and never later than a minute", () => {
  assert.deepEqual([1, 2, 6, 7, 99].map(retryAfter), [10e3, 20e3, 60e3, 60e3, 60e3]);
});

test("a help that is too long shows its first sentence, then nothing", () => {
  assert.deepEqual(shorterHelps("One. Two. Three."), ["One. Two. Three.", "One.", ""]);
});
