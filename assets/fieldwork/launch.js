// The launch page while it is filled in: the live sentence, the choices that fit, the summary line.
// Without this script the page asks for the same and says the same after Launch.
import {
  charactersLeft,
  choicesFor,
  closingWords,
  dateOf,
  headcountOf,
  longDayOf,
  remindersIn,
  sentenceFor,
} from "./launch/_rules.js";

const form = document.querySelector("[data-launch]");
const known = JSON.parse(document.querySelector("#launch-data").textContent);
const at = (name) => form.elements[name];
const one = (selector) => document.querySelector(selector);
const WAIT = 500;

function soon(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, WAIT);
  };
}

// How many must answer

function sentence(headcount) {
  const chosen = Number(form.querySelector("[name=minimum_group]:checked")?.value || 7);
  return sentenceFor(known, headcount, chosen);
}

const live = one("[data-live]");
const choice = one("[data-k]");
const launchButton = one("[data-launch-button]");

function paragraph(kind, text) {
  const made = document.createElement("p");
  made.className = `app-live__${kind}`;
  made.textContent = text;
  return made;
}

function showLive() {
  const headcount = headcountOf(at("staff").value);
  const said = headcount === null ? null : sentence(headcount);
  const texts = said ? [said.odds, said.text].filter(Boolean) : [];
  const parts = said
    ? [paragraph("head", said.head), ...texts.map((text) => paragraph("text", text))]
    : [];
  if (
    live.textContent.trim().replace(/\s+/g, " ") !== parts.map((part) => part.textContent).join(" ")
  ) {
    live.replaceChildren(...parts);
  }
  launchButton.textContent = said?.joint ? "Launch the joint form" : "Launch";
}

// The radios for k stand under the number where a small unit has a choice, else in the fold.
function showChoice() {
  const headcount = headcountOf(at("staff").value);
  const choices = headcount === null ? [] : choicesFor(known.bands, headcount);
  for (const radio of form.querySelectorAll("[name=minimum_group]")) {
    const fits = radio.value === "" || choices.includes(Number(radio.value));
    radio.closest(".nhsuk-radios__item").hidden = !fits;
    if (!fits && radio.checked) {
      form.querySelector("[name=minimum_group][value='']").checked = true;
    }
  }
  choice.hidden = choices.length < 2;
  const place = one(choices.includes(5) ? "[data-few]" : "[data-k-home]");
  if (choice.parentElement !== place) {
    place.append(choice);
  }
}

function showRows() {
  for (const row of form.querySelectorAll("tr[data-unit]")) {
    const ticked = row.querySelector("[type=checkbox]").checked;
    const headcount = headcountOf(row.querySelector("[name^=staff_]").value);
    const text = ticked && headcount !== null ? sentence(headcount).head : "";
    const cell = row.querySelector("[data-row-live]");
    if (cell.textContent !== text) {
      cell.textContent = text;
    }
  }
  const ticked = [...form.querySelectorAll("[name=units]:checked")].map((box) => box.value);
  showCautions((unit) => ticked.includes(unit));
  showEmails(ticked);
}

// The unit

function showUnit(event) {
  const id = at("unit").value;
  showCautions((unit) => unit === id);
  const posts = known.units[id]?.posts;
  if (event && posts && (!at("staff").value || at("staff").dataset.given === at("staff").value)) {
    at("staff").value = at("staff").dataset.given = String(posts);
  }
  for (const box of form.querySelectorAll("[name=leaders]")) {
    box.closest(".nhsuk-checkboxes__item").hidden = Boolean(id) && !leads(box.value, id);
  }
}

function showCautions(isChosen) {
  for (const box of document.querySelectorAll("[data-caution]")) {
    box.hidden = false;
    box.classList.toggle("app-quiet", !isChosen(box.dataset.caution));
  }
  const why = one("[data-why-now]");
  if (why) {
    why.hidden = !why.dataset.whyNow.split(" ").some(isChosen);
  }
}

// Addresses of units that are not ticked are neither shown nor sent.
function showEmails(ticked) {
  one("[data-emails-none]").hidden = ticked.length > 0;
  for (const box of form.querySelectorAll("[data-emails]")) {
    box.hidden = !ticked.includes(box.dataset.emails);
    box.querySelector("textarea").disabled = box.hidden;
  }
}

function leads(leader, unit) {
  return known.units[unit].path.startsWith(known.leaders[leader]);
}

// The improvement

function showImprovement(event) {
  const chosen = known.initiatives[at("initiative")?.value];
  one("[data-new-name]").hidden = Boolean(chosen);
  if (event && chosen) {
    at("problem").value = chosen.problem;
    at("change").value = chosen.change;
    grow(at("problem"));
    grow(at("change"));
  }
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
}

function count(area) {
  const words = charactersLeft(area.value.length, Number(area.dataset.counted));
  let left = area.parentElement.querySelector("[data-left]");
  if (!left && words === null) return;
  if (!left) {
    left = document.createElement("p");
    left.dataset.left = "";
    left.className = "app-beneath";
    left.setAttribute("role", "status");
    area.after(left);
  }
  left.textContent = words ?? "";
}

// The dates

function closing() {
  const [day, month, year] = ["day", "month", "year"].map((part) =>
    Number(at(`closes_${part}`).value),
  );
  return dateOf(day, month, year);
}

const today = new Date(`${known.today}T00:00:00Z`);

function showDates() {
  const date = closing();
  const words = closingWords(date, today);
  one("[data-closing]").textContent = words;
  const next = one("[data-next-closes]");
  if (next && words) {
    next.textContent = longDayOf(date);
  }
}

function typedDay(name) {
  const [day, month, year] = ["day", "month", "year"].map((part) =>
    Number(at(`${name}_day_${part}`).value),
  );
  return day && month && year ? new Date(Date.UTC(year, month - 1, day)) : null;
}

function showWhen() {
  for (const name of ["opens", "result"]) {
    const later = form.querySelector(`[name=${name}]:checked`)?.value === "later";
    one(`[data-when=${name}]`).hidden = !later;
  }
}

// The folded choices in one line

function showSummary() {
  const parts = [];
  const opensLater = form.querySelector("[name=opens]:checked")?.value === "later";
  const opens = (opensLater && typedDay("opens")) || today;
  parts.push(opensLater ? "Opens later" : "Opens now");
  const edition =
    form.querySelector("[name=ward_edition]:checked")?.value ?? Object.keys(known.editions)[0];
  const name = known.editions[edition] ?? "";
  parts.push(`staff form in the ${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  const boxes = [...form.querySelectorAll("[name=leaders]:checked")];
  const pasted = at("leader_emails")
    .value.split(/[\n,;]/)
    .filter((text) => text.includes("@"));
  const unit = at("unit")?.value || (at("unit") ? "" : Object.keys(known.units)[0]);
  const invited =
    boxes.filter((box) => !unit || form.querySelector("tr[data-unit]") || leads(box.value, unit))
      .length + pasted.length;
  const together = form.querySelector("[name=leaders_form]:checked")?.value === "together";
  const what = invited > 1 && together ? "agree one leaders’ form" : "the leaders’ form";
  parts.push(`${invited} leader${invited === 1 ? "" : "s"} invited to ${what}`);
  const days = [...form.querySelectorAll("[name=reminders]:checked")].map((box) => +box.value);
  parts.push(remindersIn(opens, closing(), days));
  const resultLater = form.querySelector("[name=result]:checked")?.value === "later";
  parts.push(resultLater ? "result later" : "result as soon as the answers are counted");
  if (["survey", "section"].includes(form.querySelector("[name=comments]:checked")?.value)) {
    parts.push("staff can add comments");
  }
  one("[data-summary]").textContent = parts.join(" · ");
  one("[data-opening]").textContent =
    `${opensLater ? "The survey opens automatically at that time." : "The survey opens as soon as you launch it."} You can extend it, close it early or cancel it later.`;
  const nextOpens = one("[data-next-opens]");
  if (nextOpens) {
    nextOpens.textContent = longDayOf(opens);
    one("[data-next-result]").textContent = resultLater ? "Later" : "The same morning";
  }
}

function find(event) {
  const typed = event.target.value.trim().toLowerCase();
  for (const row of form.querySelectorAll("tr[data-unit]")) {
    const keep =
      row.querySelector("[type=checkbox]").checked || row.textContent.toLowerCase().includes(typed);
    row.hidden = !keep;
  }
}

const several = form.querySelector("tr[data-unit]") !== null;
const refresh = soon(() => {
  if (several) {
    showRows();
  } else {
    showLive();
  }
  showDates();
});

if (several) {
  const box = one("[data-find]");
  if (box) {
    box.hidden = false;
    box.addEventListener("input", find);
  }
  showRows();
} else {
  if (at("unit")) {
    at("unit").addEventListener("change", showUnit);
    showUnit();
  }
  showChoice();
  showLive();
}
at("initiative")?.addEventListener("change", showImprovement);
showImprovement();
showWhen();
showSummary();
for (const area of form.querySelectorAll("[data-counted]")) {
  area.addEventListener("input", () => {
    grow(area);
    count(area);
  });
}
form.addEventListener("input", () => {
  if (!several) {
    showChoice();
  }
  showWhen();
  showSummary();
  refresh();
});
