import assert from "node:assert/strict";
import { test } from "node:test";
import {
  charactersLeft,
  choicesFor,
  closingWords,
  dateOf,
  headcountOf,
  remindersIn,
  sentenceFor,
} from "../../assets/fieldwork/launch/_rules.js";

const known = {
  bands: [
    [2, 4, [1]],
    [5, 13, [5, 7]],
    [14, 2000, [7]],
  ],
  odds: {
    5: [[5, "few"]],
    7: [
      [5, "few"],
      [14, "many"],
      [30, "nearly all"],
    ],
  },
  ifJoint: "one sheet",
  ifFewer: "no result",
};
const day = (number) => new Date(Date.UTC(2030, 4, number));

test("a headcount is a whole number from 2 to 2000", () => {
  assert.deepEqual(["1", "2", "2000", "2001"].map(headcountOf), [null, 2, 2000, null]);
  assert.deepEqual(["", "ten", "7.5", "-7", " 24 "].map(headcountOf), [null, null, null, null, 24]);
});

test("a band begins and ends with its numbers", () => {
  const first = (headcount) => choicesFor(known.bands, headcount)[0];
  assert.deepEqual([4, 5, 13, 14].map(first), [1, 5, 5, 7]);
});

test("the live sentence says how many must answer, or that the unit scores together", () => {
  assert.deepEqual(sentenceFor(known, 4, 7), {
    head: "4 staff: fill in one joint form together",
    odds: "",
    text: "one sheet",
    joint: true,
  });
  assert.equal(sentenceFor(known, 9, 5).head, "9 staff: at least 5 must answer");
  assert.equal(sentenceFor(known, 14, 5).head, "14 staff: at least 7 must answer");
  assert.equal(sentenceFor(known, 9, 5).odds, "few");
  assert.equal(sentenceFor(known, 14, 7).odds, "many");
});

test("a date that no calendar has is none", () => {
  assert.deepEqual(dateOf(29, 2, 2028), new Date(Date.UTC(2028, 1, 29)));
  for (const typed of [
    [29, 2, 2029],
    [31, 4, 2030],
    [0, 5, 2030],
    [1, 13, 2030],
    [1, 5, 30],
  ]) {
    assert.equal(dateOf(...typed), null, typed.join("."));
  }
});

test("the closing date says itself only when it lies ahead", () => {
  assert.equal(closingWords(day(1), day(1)), "");
  assert.equal(closingWords(day(2), day(1)), "Thursday 2 May, tomorrow");
  assert.equal(closingWords(day(3), day(1)), "Friday 3 May, 2 days from today");
  assert.equal(closingWords(null, day(1)), "");
});

test("the counter speaks from 200 characters, and from the first too many", () => {
  assert.equal(charactersLeft(199, 300), null);
  assert.equal(charactersLeft(200, 300), "100 characters left");
  assert.equal(charactersLeft(300, 300), "0 characters left");
  assert.equal(charactersLeft(301, 300), "1 characters too many");
});

test("reminders are those before the closing date", () => {
  assert.equal(remindersIn(day(1), day(8), [3, 6]), "reminders Saturday 4 and Tuesday 7");
  assert.equal(remindersIn(day(1), day(7), [3, 6]), "reminders Saturday 4");
  assert.equal(
    remindersIn(day(1), null, [1, 2, 3]),
    "reminders Thursday 2, Friday 3 and Saturday 4",
  );
  assert.equal(remindersIn(day(1), day(2), [3]), "no reminders");
});
