// Sending, and what is still here because it could not be sent.
import { count, find, here, show, speak, text, write } from "./_page.js";
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
  const code = find("#code").value.replace(/\W/g, "");
  const to = code ? `/q/${code}` : page.address;
  const reply = page.live ? await post(to, sheet) : { sent: true };
  isSending = false;
  if (button) {
    button.textContent = words;
    button.removeAttribute("aria-disabled");
  }
  if (state.sheet !== sheet) return; // cleared meanwhile
  speak("");
  if (reply && reply.sent) showSent();
  else if (reply) showRefused(reply);
  else {
    tries += 1;
    showUnsent();
  }
}

function showSent() {
  const { sheet } = state;
  const { own } = sheet;
  // The mark first: another tab sees the sheet go and looks for it.
  if (own) keep(page.mark, { closes: page.closes });
  drop(page.saved);
  page.stale = true;
  if (page.live) write("sent-kept", text(own ? "gone" : "gone_shared"));
  forget();
  show("sent");
  const further = find("#again");
  if (further) further.hidden = own;
}

// What waits for a person waits 15 minutes on a shared device; what waits for nobody goes at once.
function showRefused({ title, text: why, slip, over }) {
  const { sheet } = state;
  const { own } = sheet;
  sheet.wanted = false;
  state.touchedAt = Date.now();
  page.stale = true;
  save();
  const left = own ? here() : text(over ? "gone_shared" : "idle");
  if (over && !own) forget();
  write("refused-h", title);
  write("refused-t", `${why} ${left}`);
  find("#slip").hidden = !slip;
  find("#refused .go").hidden = over;
  find("#over").hidden = !over;
  show("refused");
}

/** Shows no answer, and no way to one: whoever finds a shared device like this sees nothing. */
export function showUnsent() {
  const { saved } = state;
  write("unsent-h", text(saved ? "unsent" : "unsent_page"));
  write("why", `${text(navigator.onLine === false ? "offline" : "silent")} ${here()}`);
  find("#later").hidden = !saved;
  find("#clear").dataset.was = "unsent";
  if (!find("#unsent.v,#clear.v")) show("unsent");
  write("tried", text("tried", { n: tries }));
  state.retrying = setTimeout(retry, retryAfter(tries));
}

/** Tries again what is wanted, when the network or the person is back. */
export function retry() {
  if (state.sheet && state.sheet.wanted) send();
}

/** Another tab sent or cleared what this tab shows. */
export const isAway = () => state.saved && !isSending && !stored(page.saved);
