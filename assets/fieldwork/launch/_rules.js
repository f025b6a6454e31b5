// What the launch page says of what was typed. The server asks and says the same after Launch.

const DAY = 86_400_000;
const longDay = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });

export const longDayOf = (date) => longDay.format(date).replace(",", "");

/** The headcount that a text says, from 2 to 2000; null for anything else. */
export function headcountOf(text) {
  const headcount = /^[0-9]+$/.test(text.trim()) ? Number(text) : 0;
  return headcount >= 2 && headcount <= 2000 ? headcount : null;
}

/** How many may be asked to answer for a headcount, by bands of [from, to, choices]. */
export function choicesFor(bands, headcount) {
  return bands.find(([from, to]) => headcount >= from && headcount <= to)[2];
}

/** The live sentence; a `chosen` number that the headcount does not allow counts as seven. */
export function sentenceFor(known, headcount, chosen) {
  const choices = choicesFor(known.bands, headcount);
  if (choices[0] === 1) {
    const head = `${headcount} staff: fill in one joint form together`;
    return { head, odds: "", text: known.ifJoint, joint: true };
  }
  const minimum = choices.includes(chosen) ? chosen : 7;
  return {
    head: `${headcount} staff: at least ${minimum} must answer`,
    odds: oddsFor(known.odds[minimum], headcount),
    text: known.ifFewer,
    joint: false,
  };
}

/** The sentence about the odds: `steps` are [from headcount, sentence], the smallest first. */
export function oddsFor(steps, headcount) {
  return steps.findLast(([from]) => from <= headcount)[1];
}

/** The date of a typed day, month and year, or null when the calendar has none. */
export function dateOf(day, month, year) {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCDate() === day && date.getUTCMonth() === month - 1 && year > 2000;
  return exists ? date : null;
}

/** The line under the closing date; empty unless it lies ahead. */
export function closingWords(date, today) {
  const days = date ? Math.round((date - today) / DAY) : 0;
  if (days <= 0) return "";
  return `${longDayOf(date)}, ${days === 1 ? "tomorrow" : `${days} days from today`}`;
}

/** What a counter says of a text of `length` characters; null until it says anything. */
export function charactersLeft(length, longest) {
  if (length > longest) return `${length - longest} characters too many`;
  return length < 200 ? null : `${longest - length} characters left`;
}

/** The reminders in words: each `days` after opening that still falls before the closing date. */
export function remindersIn(opens, closes, days) {
  const dates = days
    .map((day) => new Date(opens.getTime() + day * DAY))
    .filter((date) => !closes || date < closes)
    .map((date) => `${weekday.format(date)} ${date.getUTCDate()}`);
  const words = [dates.slice(0, -1).join(", "), ...dates.slice(-1)].filter(Boolean).join(" and ");
  return words ? `reminders ${words}` : "no reminders";
}
