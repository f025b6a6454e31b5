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
    find("#left").hidden = true;
  });
}

/** Takes what is kept here to the address of a code slip, once that is known to be one. */
function offerSlip(kept) {
  find("#slip").hidden = false;
  find("#slip button").addEventListener("click", async () => {
    const code = find("#code").value.replace(/[\s-]/g, "").toUpperCase();
    const path = `/q/${code}`;
    const found = /^\w+$/.test(code) && (await isKnown(path));
    find("#wrong").hidden = found;
    if (!found || !keep(SAVED + path, Object.assign(kept, { path, wanted: false }))) return;
    drop(key);
    location.assign(path);
  });
}

async function isKnown(path) {
  try {
    return (await fetch(path, { method: "HEAD", credentials: "omit" })).ok;
  } catch (_) {
    return false;
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
