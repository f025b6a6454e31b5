// Sending, and what is still here because it could not be sent.
import { count, find, show, speak, text, write } from "./_page.js";
import { post } from "./_post.js";
import { forget, save } from "./_saving.js";
import { page, retryAfter, state } from "./_state.js";
import { drop, keep, stored } from "./_storage.js";

let isSending = false;
let tries = 0;

export async function send() {
  const { sheet } = state;
  if (isSending || !sheet) return;
  if (!count()) {
    write("nothing", text("nothing"));
    return;
  }
  isSending = true;
  sheet.wanted = true;
  save();
  clearTimeout(state.retrying);
  speak(text("sending"));
  const button = find(`#${state.view} [data-do=send]`);
  const words = button && button.textContent;
  if (button) {
    button.textContent = text("sending");
    button.setAttribute("aria-disabled", true);
  }
  const reply = page.live ? await post(page.address, sheet) : { sent: true };
  isSending = false;
  if (button) {
    button.textContent = words;
    button.removeAttribute("aria-disabled");
  }
  if (state.sheet !== sheet) return; // cleared meanwhile
  speak("");
  if (reply && reply.sent) showSent();
  else if (reply) showRefused(reply);
  else showUnsent();
}

function showSent() {
  const { sheet } = state;
  const { own } = sheet;
  // The mark first: another tab sees the sheet go and looks for it.
  if (own) keep(page.mark, { closes: page.closes });
  drop(page.saved);
  page.sent = true;
  if (page.live) write("sent-kept", text(own ? "gone" : "gone_shared"));
  forget();
  show("sent");
  const further = find("#again");
  if (further) further.hidden = own;
}

function showRefused(reply) {
  state.sheet.wanted = false;
  save();
  write("refused-h", reply.title);
  write("refused-t", reply.text);
  show("refused");
}

export function showUnsent() {
  const { saved } = state;
  tries += 1;
  const here = text(saved ? "here" : "here_page", { n: count(), all: page.items.length });
  write("unsent-h", text(saved ? "unsent" : "unsent_page"));
  write("why", `${text(navigator.onLine === false ? "offline" : "silent")} ${here}`);
  find("#later").hidden = !saved;
  if (state.view === "idle") state.viewBefore = "unsent";
  else if (state.view !== "unsent") show("unsent");
  write("tried", text("tried", { n: tries }));
  state.retrying = setTimeout(send, retryAfter(tries));
}

/** Tries again what is wanted, when the network or the person is back. */
export function retry() {
  if (state.sheet && state.sheet.wanted) send();
}

/** Another tab sent or cleared what this tab shows. */
export const isAway = () => state.saved && !isSending && !stored(page.saved);
