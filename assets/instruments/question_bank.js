// The editor saves each text while it is typed. Without this script the Save button does.
// A text that somebody else changed meanwhile is never overwritten: both are shown.
const editor = document.querySelector("[data-editor]");
const saved = document.querySelector("[data-saved]");
const token = editor.querySelector("[name=csrfmiddlewaretoken]").value;
const WAIT = 800;
const timers = new Map();
const sending = new Map();

const seenOf = (field) => editor.elements[`seen-${field.name}`];
const noteOf = (field) => field.closest("td").querySelector("[data-note]");
const tidy = (text) => text.split(/\s+/).filter(Boolean).join(" ");

function isSaved(field) {
  return tidy(field.value) === tidy(seenOf(field).value);
}

async function save(field) {
  clearTimeout(timers.get(field));
  timers.delete(field);
  if (isSaved(field)) {
    return;
  }
  if (sending.has(field)) {
    await sending.get(field);
    return save(field);
  }
  const text = field.value;
  const body = new URLSearchParams({
    csrfmiddlewaretoken: token,
    [field.name]: text,
    [`seen-${field.name}`]: seenOf(field).value,
  });
  saved.textContent = "Saving…";
  const request = fetch(editor.dataset.save, { method: "POST", body, keepalive: true });
  sending.set(
    field,
    request.catch(() => {}),
  );
  try {
    const answer = await request;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      seenOf(field).value = text;
      field.defaultValue = text;
      noteOf(field).textContent = "Saved.";
      saved.textContent = `Saved at ${said.at}.`;
    } else if (answer.status === 409) {
      noteOf(field).textContent =
        `${said.who} saved at ${said.at}: “${said.theirs || "(empty)"}”. Your changes are not saved. Save again to replace theirs.`;
      saved.textContent = "Not saved: someone else changed this text.";
      seenOf(field).value = said.theirs;
    } else {
      noteOf(field).textContent = said.problem || "Not saved. Please reload the page.";
      saved.textContent = "Not saved.";
    }
  } catch {
    saved.textContent = "Not saved: you are offline. We’ll try again.";
    timers.set(
      field,
      setTimeout(() => save(field), 5000),
    );
  } finally {
    sending.delete(field);
  }
}

editor.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches("textarea")) {
    clearTimeout(timers.get(field));
    timers.set(
      field,
      setTimeout(() => save(field), WAIT),
    );
  }
});
editor.addEventListener("focusout", (event) => {
  if (event.target.matches("textarea") && timers.has(event.target)) {
    save(event.target);
  }
});

// Buttons inside the table (move, "It still fits"): what is typed is saved first, then they act.
editor.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.getAttribute("aria-disabled")) {
    event.preventDefault();
    delete editor.dataset.sent;
    return;
  }
  const fields = [...editor.querySelectorAll("textarea")];
  if (
    button?.formAction &&
    button.hasAttribute("formaction") &&
    fields.some((field) => !isSaved(field))
  ) {
    event.preventDefault();
    delete editor.dataset.sent;
    await Promise.all(fields.filter((field) => !isSaved(field)).map(save));
    if (fields.every(isSaved)) {
      editor.requestSubmit(button);
    }
  }
});
window.addEventListener("beforeunload", (event) => {
  if ([...editor.querySelectorAll("textarea")].some((field) => !isSaved(field))) {
    event.preventDefault();
  }
});

// After a move the page opens again: focus stays on the button of the row that moved.
const moved = /^#(up|down)-\d+$/.test(location.hash) && document.querySelector(location.hash);
if (moved) {
  moved.focus();
  const label = moved
    .getAttribute("aria-label")
    .replace(/ (up|down)$/, "")
    .replace(/^Move /, "");
  saved.textContent = `${label} was moved ${location.hash.startsWith("#up") ? "up" : "down"}.`;
}
