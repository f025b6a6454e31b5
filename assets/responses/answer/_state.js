// What the answer page holds while it is open, and the rules about it that need no document.

const SLOWEST = 1200; // milliseconds between a tap and moving on
const QUICKEST = 200;
const LATE_TAP = 300; // after the page changed, a tap is a late second tap
const LATE_NEXT = 700; // and a tap on Next is meant for the statement before
const REGRET = 2500; // Back so soon after moving automatically says that the pause was too short
const MONTH = 30 * 24 * 3600_000;
export const WARN = 13 * 60_000;
export const CLEAR = 15 * 60_000;
const SPOKEN = [120, 60, 15];

export const page = {}; // what the document holds: words, statements, sections, where to post

export const state = {
  sheet: null, // what the person answered: {secret, answers, written, at, own, auto, …}
  view: "",
  from: "", // "review" where a statement was opened from there
  canSave: false, // this browser gives back what it is given
  saved: false, // the last write was read back equal
  pause: 450,
  pending: 0, // the timer of moving on
  movedAt: 0, // when the last statement or view came; 0 after Next and Back, which may be hurried
  movedAlone: false, // the last move came without Next
  touchedAt: 0,
};

export const slower = (pause) => Math.min(SLOWEST, pause * 1.5);
export const quicker = (pause) => Math.max(QUICKEST, pause * 0.8);

/** Whether a tap comes so soon that it belongs to the statement or the state before. */
export const isLateTap = (since) => since < LATE_TAP;

/** The same for a tap where Next was, if the page moved alone; after Next itself nothing is late. */
export const isLateNext = (since) => since < LATE_NEXT;

export const isRegret = (since) => since < REGRET;

/** Minutes for so many statements, at ten seconds each; never none. */
export const minutesFor = (statements) => Math.max(1, Math.round(statements / 6));

/** How much of a section lies before statement `done`, from 0 to 1. */
export const shareDone = (done, first, length) => Math.max(0, Math.min(1, (done - first) / length));

/** Whether a month has passed since the survey closed, by the server's clock. */
export const isExpired = (kept, now) => !(kept.closes + MONTH > now);

export const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** The seconds to speak when the clock goes from `before` to `seconds`, if any are due. */
export const spokenSeconds = (before, seconds) => SPOKEN.find((at) => before > at && seconds <= at);

/** How many tries until the next one, in milliseconds: 10 s, 20 s … a minute. */
export const retryAfter = (tries) => Math.min(60, 10 * tries) * 1000;

/** What may be written on one line beside the rows: the whole help, its first sentence, nothing. */
export const shorterHelps = (help) => [help, `${help.split(". ")[0]}.`, ""];
