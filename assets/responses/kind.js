// A page of a survey that takes no answers, and `/a/` alone. What was not sent from this device is
// tried once more, for it may have arrived before, and else offered for deletion.
import { post } from "./answer/_post.js";
import { addressToRecover, drop, keep, SAVED, stored } from "./answer/_storage.js";

const find = (selector) => document.querySelector(selector);
const { kind } = document.body.dataset;
const here = location.pathname + location.search;
const key = SAVED + location.pathname;

function say(title, text) {
  find("h1").textContent = document.title = title;
  find("#text").textContent = text;
  find("h1").focus(); // so that a screen reader says what has changed
}

async function retryUnsent(kept) {
  const reply = kept.wanted ? await post(here, kept) : null;
  const { late, sent } = find("#left").dataset;
  if (reply && reply.sent) {
    drop(key);
    say(sent, late);
    return;
  }
  if (reply) say(reply.title, reply.text);
  const words = find("#left span");
  words.textContent = words.textContent.replace("{n}", Object.keys(kept.answers).length);
  find("#left").hidden = false;
  if (find("#slip")) offerSlip(kept);
  find("#left button").addEventListener("click", () => {
    drop(key);
    const left = find("#left");
    if (find("#slip")) find("#slip").hidden = true;
    left.textContent = left.dataset.cleared;
    left.focus();
  });
}

/** Takes what is kept here to the address of a code slip, once that is known to be one. */
function offerSlip(kept) {
  find("#slip").hidden = false;
  find("#slip button").addEventListener("click", async () => {
    const code = find("#code").value.replace(/[\s-]/g, "").toUpperCase();
    const path = `/q/${code}`;
    const wrong = find("#wrong");
    wrong.hidden = true; // so that it is said each time
    const status = /^\w+$/.test(code) ? await statusOf(path) : 404;
    const found = status === 200;
    wrong.textContent = wrong.dataset[status === 404 || status === 410 ? "unknown" : "silent"];
    wrong.hidden = found;
    if (!found || !keep(SAVED + path, Object.assign(kept, { path, wanted: false }))) return;
    drop(key);
    location.assign(path);
  });
}

/** What the server says of an address; 0 where it says nothing. */
async function statusOf(path) {
  try {
    return (await fetch(path, { method: "HEAD", credentials: "omit" })).status;
  } catch (_) {
    return 0;
  }
}

if (kind === "again") {
  const address = addressToRecover(history.state && history.state.path);
  if (address) location.replace(address);
} else {
  const kept = stored(key);
  if (/^\/[al]\//.test(location.pathname)) {
    history.replaceState({ path: here }, "", "/a/");
  }
  if (kept?.answers) retryUnsent(kept);
}
