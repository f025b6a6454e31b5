// The answer page: one statement at a time over the plain form, which posts without this script.
const PAUSE = 400; // between a tap and moving on
const SETTLE = 250; // after moving on by itself, a late second tap is not an answer
const PATIENCE = 10_000; // the longest "Sending…"
const RETRY = 20_000;
const WARN = 13 * 60_000;
const CLEAR = 15 * 60_000;
const SPOKEN = { 120: "two_minutes", 60: "one_minute", 15: "fifteen_seconds" };
const MONTH = 30 * 24 * 3600_000;
const BLANKS_SHOWN = 5;
const KEEPALIVE = 60_000; // browsers carry no more past the end of a page
const KEPT = "ffit:sheet:";
const MARK = "ffit:sent:";
const ADDRESS = /^\/[aql]\/[\w-]+(\?lang=[\w-]+)?$/;

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const plain = (address) => address.split("?")[0];
const say = (key, values = {}) => page.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const many = (key, n) => say(`${key}_${n === 1 ? "one" : "many"}`, { n });

let page; // what the document holds
let sheet = null; // what the person answered: {secret, answers, at, own, auto, …}
let view = "";
let moving, retrying; // timers
let sending = false;
let movedAt = 0, touchedAt = Date.now(), triedAt = 0;
let byKey = false; // the last thing used was a key, so a choice waits for Enter or Next
let revisited = false;
let beforeIdle = "", idleSeconds = 0;

// localStorage may be refused; nothing here may fail for that.
const store = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  },
  entries(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
        .map((key) => [key, store.get(key) ?? {}]);
    } catch { return []; }
  },
};

// The document

function read() {
  const form = find("#sheet");
  page = {
    ...document.body.dataset,
    words: JSON.parse(find("#words").textContent),
    form,
    statements: form ? all("fieldset", form) : [],
    parts: form ? all(".part", form) : [],
  };
  page.live = !page.mode || page.mode === "live";
  page.kept = KEPT + plain(page.path ?? "");
  page.mark = MARK + plain(page.path ?? "");
  page.title = document.title;
}

function dress() {
  document.documentElement.classList.add("js");
  for (const selector of [".devices", ".progress", ".foot", ".quiet"]) {
    for (const element of all(selector)) element.hidden = false;
  }
  if (find("#comments")) find("#nothing").before(find("#comments"));
  const segments = find(".segments");
  segments.replaceChildren(...page.parts.map((part) => {
    const segment = document.createElement("i");
    segment.style.flexGrow = all("fieldset", part).length;
    return segment;
  }));
}

function show(name, focus = `#${name} h1`) {
  view = name;
  document.body.dataset.view = name;
  if (sheet) document.body.dataset.device = sheet.own ? "own" : "shared";
  for (const section of all("main > [data-view]")) section.hidden = section.id !== name;
  const heading = find(`#${name} h1`);
  if (name !== "sheet") {
    document.title = name === "start" ? page.title : `${heading.innerText} – ${page.title}`;
  }
  const clamped = all(".about p").some((line) => line.scrollHeight > line.clientHeight + 2);
  if (!find(".head.open")) find(".more").hidden = !clamped;
  scrollTo(0, 0);
  if (focus) find(focus).focus({ preventScroll: true });
}

// Keeping

function save() {
  if (!page.live || !sheet?.own) return;
  sheet.keeps = store.set(page.kept, {
    ...sheet, path: page.path, closes: +page.closes, view, touched: Date.now(),
  });
}

function choose(code, value) {
  // Another tab may have written meanwhile: what is kept is the truth, and this choice is newest.
  const kept = sheet.own && page.live ? store.get(page.kept)?.answers : null;
  sheet.answers = { ...sheet.answers, ...kept, [code]: value };
  save();
}

const areas = () => all("#comments textarea");

function write(area) {
  const kept = sheet.own && page.live ? store.get(page.kept)?.written : null;
  sheet.written = { ...sheet.written, ...kept, [area.name]: area.value };
  save();
  left(area);
}

function left(area) {
  const n = area.maxLength - area.value.length;
  const hint = find(`[id="${area.name}-left"]`);
  hint.ariaLive = n <= 50 ? "polite" : "off";
  hint.textContent = say("comment_left", { n });
}

function comments() {
  for (const area of areas()) {
    area.value = sheet.written?.[area.name] ?? "";
    left(area);
  }
  const folded = find("#comments details");
  if (folded) folded.open = areas().some((area) => area.value);
}

function wipe() {
  clearTimeout(moving);
  clearTimeout(retrying);
  sheet = null;
  page.form.reset();
  for (const area of areas()) area.value = "";
  page.form.elements.secret.value = "";
  for (const list of all(".list")) list.replaceChildren();
  for (const id of ["answered", "have", "rest", "why", "line", "status"]) {
    find(`#${id}`).textContent = "";
  }
  if (page.live) history.replaceState(null, "", "/a/");
}

function cleared() {
  wipe();
  show("cleared");
}

function forget() {
  store.drop(page.kept);
}

function tidy() {
  for (const [key, value] of store.entries("ffit:")) {
    if (!(value.closes + MONTH > Date.now())) store.drop(key);
  }
}

// Another tab sent or deleted what this tab shows.
function follow() {
  if (!sheet?.keeps || sending || store.get(page.kept)) return;
  wipe();
  show(store.get(page.mark) ? "before" : "cleared");
}

// Answering

const answered = () => page.statements.filter((one) => one.dataset.code in sheet.answers).length;

function begin(own) {
  const secret = page.form.elements.secret.value;
  const kept = own && page.live ? store.get(page.kept) : null;
  sheet = { answers: {}, at: 0, ...sheet, secret: sheet?.secret ?? secret, ...kept, own };
  sheet.auto = find("#auto").checked;
  if (page.live) {
    if (!own) forget();
    const state = own ? { path: page.path } : null;
    history.replaceState(state, "", "/a/");
    history.pushState(state, "", "/a/");
  }
  touchedAt = Date.now();
  save();
  open(sheet.at);
  if (own && page.live && !sheet.keeps) find("#status").textContent = say("nothing_kept");
}

function open(index) {
  clearTimeout(moving);
  sheet.at = index;
  const statement = page.statements[index];
  const answer = sheet.answers[statement.dataset.code];
  revisited = answer !== undefined;
  page.statements.forEach((one, i) => { one.hidden = i !== index; });
  for (const radio of all("input", statement)) radio.checked = radio.value === answer;
  progress(index, statement);
  line();
  find("#status").textContent = "";
  foot();
  show("sheet", `[data-code="${statement.dataset.code}"] legend`);
  document.title = `${say("statement", { n: index + 1, all: page.statements.length })} – ${page.title}`;
  save();
}

function progress(index, statement) {
  const total = page.statements.length;
  const part = page.parts.indexOf(statement.closest(".part"));
  const minutes = Math.round(((total - index) * 10) / 60);
  find("#part").textContent = say("part", { part: part + 1, parts: page.parts.length });
  find("#count").textContent = say("count", { n: index + 1, all: total });
  find("#left").textContent = minutes > 1 ? say("minutes_left", { n: minutes })
    : say(minutes === 1 ? "minute_left" : "nearly_done");
  let passed = index;
  all(".segments i").forEach((segment, i) => {
    const length = all("fieldset", page.parts[i]).length;
    segment.style.setProperty("--passed", `${100 * Math.min(1, Math.max(0, passed / length))}%`);
    passed -= length;
  });
}

// Under the rows: back to the review, or the way to change the last answer.
function line() {
  const button = find("#line");
  const last = sheet.at ? sheet.answers[page.statements[sheet.at - 1].dataset.code] : undefined;
  button.hidden = !sheet.checked && last === undefined;
  if (sheet.checked) button.textContent = say("to_review");
  else if (last) {
    const label = last === "?" ? find(".unsure strong").textContent : last;
    button.textContent = say("last_answer", { answer: label });
  }
  button.dataset.do = sheet.checked ? "review" : "change";
}

function foot() {
  const chosen = page.statements[sheet.at].dataset.code in sheet.answers;
  const next = find("#next");
  next.textContent = say(chosen ? "next" : "skip");
  next.classList.toggle("chosen", chosen);
}

function chosen(radio) {
  choose(radio.name, radio.value);
  clearTimeout(moving);
  const moves = sheet.auto && !byKey && !revisited;
  const words = [sheet.keeps ? say("saved") : "", moves ? say("moving_on") : ""];
  find("#status").textContent = words.filter(Boolean).join(" ");
  find("#line").hidden = Boolean(find("#status").textContent);
  foot();
  if (moves) moving = setTimeout(() => { movedAt = Date.now(); next(); }, PAUSE);
}

function next() {
  const statement = page.statements[sheet.at];
  const following = page.statements[sheet.at + 1];
  const stays = following && following.parentNode === statement.parentNode;
  const goesOn = sheet.checked ? stays && sheet.through : following;
  if (goesOn) open(sheet.at + 1);
  else review();
}

function back() {
  clearTimeout(moving);
  if (view === "review") open(page.statements.length - 1);
  else if (sheet.at > 0) open(sheet.at - 1);
  else show("start");
}

// Review

function item(...children) {
  const element = document.createElement("li");
  element.append(...children);
  return element;
}

function jump(text, index, through, hidden = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.dataset.do = through ? "through" : "one";
  button.dataset.index = index;
  button.append(text);
  if (hidden) {
    const more = document.createElement("span");
    more.className = "quiet";
    more.textContent = ` ${hidden}`;
    button.append(more);
  }
  return button;
}

function blanks(most) {
  const blank = page.statements.filter((one) => !(one.dataset.code in sheet.answers));
  const lines = blank.slice(0, most).map((one) => {
    const n = page.statements.indexOf(one) + 1;
    return item(
      `${n}. ${find(".statement span:last-child", one).textContent}`,
      jump(say("answer"), n - 1, false, say("answer_which", { n })),
    );
  });
  if (blank.length > most) {
    const rest = jump(say("and_more", { n: blank.length - most }), 0, false);
    rest.dataset.do = "more-blanks";
    lines.push(item(rest));
  }
  find("#blank").hidden = !blank.length;
  find("#blank ul").replaceChildren(...lines);
}

function review() {
  clearTimeout(moving);
  sheet.checked = true;
  const total = page.statements.length;
  const label = find(".unsure strong").textContent;
  const unsure = Object.values(sheet.answers).filter((value) => value === "?").length;
  const sentences = [say("answered", { n: answered(), all: total })];
  if (unsure) sentences.push(say(unsure === 1 ? "not_sure_one" : "not_sure_many", { n: unsure, label }));
  find("#answered").textContent = sentences.join(" ");
  blanks(BLANKS_SHOWN);
  find("#parts").replaceChildren(...page.parts.map((part) => {
    const statements = all("fieldset", part);
    const n = statements.filter((one) => one.dataset.code in sheet.answers).length;
    const count = document.createElement("span");
    count.textContent = say("count", { n, all: statements.length });
    return item(jump(part.dataset.title, page.statements.indexOf(statements[0]), true), count);
  }));
  comments();
  find("#nothing").hidden = true;
  show("review");
  save();
}

// Sending

async function post({ secret, answers, written = {} }) {
  if (!page.live) return { sent: true };
  const texts = Object.entries(written).filter(([, text]) => text.trim());
  const body = new URLSearchParams({ secret, ...answers, ...Object.fromEntries(texts) });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(page.path, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // The poster's address gets the browser's own count of sheets; the others need nothing.
      credentials: page.path.startsWith("/q/") ? "same-origin" : "omit",
      redirect: "error",
      keepalive: String(body).length < KEEPALIVE,
      signal: stop.signal,
    });
    // Not now: others on this network guessed codes (429), or the site is away.
    if (response.status >= 500 || response.status === 429) return null;
    // Hospital Wi-Fi answers for others with a sign-in page: only our own word counts.
    const reply = await response.json();
    return typeof reply.sent === "boolean" ? reply : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function send() {
  if (sending || !sheet) return;
  if (!answered()) {
    find("#nothing").textContent = say("nothing_yet");
    find("#nothing").hidden = false;
    return;
  }
  sending = true;
  clearTimeout(retrying);
  sheet.wanted = true;
  save();
  const buttons = all('[data-do="send"]');
  const labels = buttons.map((button) => button.textContent);
  for (const button of buttons) {
    button.disabled = true;
    button.textContent = say("sending");
  }
  const reply = await post(sheet);
  buttons.forEach((button, i) => {
    button.disabled = false;
    button.textContent = labels[i];
  });
  sending = false;
  if (!sheet) return;
  if (reply?.sent) arrived();
  else if (reply) refused(reply);
  else unsent();
}

function arrived() {
  // The mark first: another tab sees the sheet go and looks for it.
  if (sheet.own && page.live && "once" in page) store.set(page.mark, { closes: +page.closes });
  forget();
  wipe();
  show("sent");
}

function refused({ title, text }) {
  const [heading, paragraph] = [find("#refused h1"), find("#refused p")];
  heading.textContent = title;
  paragraph.textContent = text;
  sheet.wanted = false;
  save();
  show("refused");
}

function unsent() {
  triedAt = Date.now();
  const kept = many(sheet.keeps ? "kept" : "on_page", answered());
  find("#why").textContent = say(navigator.onLine ? "no_answer" : "no_network", { kept });
  tried();
  retrying = setTimeout(send, RETRY);
  if (view === "idle") beforeIdle = "unsent";
  else if (view !== "unsent") show("unsent");
  save();
}

function tried() {
  const n = Math.floor((Date.now() - triedAt) / 60_000);
  const words = n ? many("last_try", n) : say("last_try_now");
  if (find("#tried").textContent !== words) find("#tried").textContent = words;
}

const retry = () => { if (sheet?.wanted && !sending) send(); };

// A shared device

function idle(rest) {
  const seconds = Math.ceil(rest / 1000);
  if (view !== "idle") {
    clearTimeout(moving);
    beforeIdle = view;
    idleSeconds = Infinity;
    const n = answered();
    find("#have").textContent = say("have_answered", { n, all: page.statements.length });
    find("#rest").textContent = say(n === 1 ? "send_this" : "send_these", { n });
    find("#rest").hidden = !n;
    show("idle", '[data-do="stay"]');
  }
  find(".clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const due = Object.keys(SPOKEN).find((at) => idleSeconds > at && seconds <= at);
  if (due) find("#spoken").textContent = say("clock_speech", { time: say(SPOKEN[due]) });
  idleSeconds = seconds;
}

function stay() {
  touchedAt = Date.now();
  if (beforeIdle === "sheet") open(sheet.at);
  else if (beforeIdle === "review") review();
  else show(beforeIdle);
}

function tick() {
  if (!sheet) return;
  if (view === "unsent") tried();
  if (sheet.own) return;
  const rest = touchedAt + CLEAR - Date.now();
  if (rest <= 0) cleared();
  else if (rest <= CLEAR - WARN) idle(rest);
}

// A language switch keeps the sheet: only the document's words change.
async function speak(link) {
  try {
    const other = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    if (!find("#sheet", other)) return;
    document.documentElement.lang = other.documentElement.lang;
    document.documentElement.dir = other.documentElement.dir;
    document.title = other.title;
    for (const name of Object.keys(document.body.dataset)) delete document.body.dataset[name];
    Object.assign(document.body.dataset, other.body.dataset);
    document.body.replaceChildren(...other.body.childNodes);
    const from = view;
    read();
    dress();
    if (sheet) page.form.elements.secret.value = sheet.secret;
    if (page.live && !sheet) history.replaceState({ path: page.path }, "", "/a/");
    save();
    if (from === "sheet") open(sheet.at);
    else if (from === "review") review();
    else show(["before", "asked"].includes(from) ? from : "start");
  } catch { /* no network: the page stays as it is */ }
}

// What a button does

const DO = {
  own: () => begin(true),
  shared: () => begin(false),
  back,
  next,
  change: () => open(sheet.at - 1),
  review,
  one: (button) => { sheet.through = false; open(+button.dataset.index); },
  through: (button) => { sheet.through = true; open(+button.dataset.index); },
  "more-blanks": () => { blanks(Infinity); find("#blank li .link").focus(); },
  send,
  stay,
  clear: cleared,
  rest: () => { touchedAt = Date.now(); review(); },
  delete: () => {
    if (!confirm(say("delete_sure"))) return;
    forget();
    if (page.form) cleared();
    else find("#kept").hidden = true;
  },
  someone: () => { store.drop(page.mark); show("start"); },
  again: () => { if (page.live) location.replace(page.path); else location.reload(); },
};

function listen() {
  addEventListener("click", (event) => {
    const radio = event.target.closest?.("#sheet input[type=radio]");
    if (radio && Date.now() - movedAt < SETTLE) event.preventDefault();
    const link = event.target.closest?.(".languages a");
    if (link && !link.hasAttribute("aria-current")) {
      event.preventDefault();
      speak(link);
    }
    const button = event.target.closest?.("[data-do]");
    if (button) {
      clearTimeout(moving);
      DO[button.dataset.do](button);
    }
    if (event.target.closest?.(".more")) {
      const open = find(".head").classList.toggle("open");
      find(".more").textContent = say(open ? "less" : "more");
      find(".more").ariaExpanded = open;
    }
  }, true);
  addEventListener("change", (event) => {
    if (event.target.type === "radio" && sheet) chosen(event.target);
    if (event.target.id === "auto" && sheet) sheet.auto = event.target.checked;
  });
  addEventListener("input", (event) => {
    if (event.target.matches("#comments textarea") && sheet) write(event.target);
  });
  addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    byKey = true;
    document.documentElement.classList.add("keys");
    if (event.key === "Enter" && event.target.type === "radio") {
      event.preventDefault();
      if (page.statements[sheet.at].dataset.code in sheet.answers) next();
    }
  });
  addEventListener("pointerdown", () => {
    byKey = false;
    document.documentElement.classList.remove("keys");
  }, true);
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(name, () => { if (view !== "idle") touchedAt = Date.now(); }, { passive: true });
  }
  addEventListener("online", retry);
  addEventListener("storage", follow);
  addEventListener("popstate", () => {
    if (!sheet || !["sheet", "review"].includes(view)) return;
    if (view === "review" || sheet.at > 0) history.pushState(history.state, "", "/a/");
    back();
  });
  addEventListener("pagehide", () => { if (sheet && !sheet.own) cleared(); });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (sheet && !sheet.own) cleared();
    follow();
  });
  document.addEventListener("visibilitychange", () => {
    tick();
    if (!document.hidden) retry();
  });
  setInterval(tick, 1000);
}

// The beginning

function resume() {
  const kept = page.live ? store.get(page.kept) : null;
  if (page.live) history.replaceState({ path: page.path }, "", "/a/");
  if (kept) {
    sheet = kept;
    sheet.keeps = true;
    find("#auto").checked = sheet.auto;
    history.pushState({ path: page.path }, "", "/a/");
    if (sheet.wanted) {
      unsent();
      send();
    } else if (sheet.view === "review") review();
    else open(sheet.at);
  } else if (page.live && store.get(page.mark)) show("before");
  else if ("asks" in page) show("asked");
  else show("start", "");
}

// A kind page of a survey that takes no answers: what waits on this phone is tried once more, for
// it may have arrived before, and else offered for deletion.
async function leftover() {
  const kept = store.get(page.kept);
  if (!kept) return;
  const reply = kept.wanted ? await post(kept) : null;
  if (reply?.sent) {
    forget();
    find("h1").textContent = say("sent");
    find("#text").textContent = say("sent_late");
    document.title = say("sent");
    return;
  }
  if (reply) {
    find("h1").textContent = reply.title;
    find("#text").textContent = reply.text;
  }
  find("#kept span").textContent = many("not_sent", Object.keys(kept.answers).length);
  find("#kept").hidden = false;
}

// `/a/` alone: the address that this script leaves in the address bar.
function recover() {
  const kept = store.entries(KEPT).map(([, value]) => value).sort((a, b) => b.touched - a.touched);
  const path = history.state?.path ?? kept[0]?.path;
  if (ADDRESS.test(path ?? "")) location.replace(path);
}

read();
tidy();
if (page.page === "sheet") {
  dress();
  listen();
  resume();
} else if (page.page === "again") recover();
else if (page.path) {
  history.replaceState({ path: page.path }, "", "/a/");
  listen();
  leftover();
}
