// Small conveniences for signed-in pages. Every page works without them.

const flash = document.querySelector("[data-flash]");
if (flash) {
  flash.tabIndex = -1;
  flash.focus();
}
const problems = document.querySelector(".nhsuk-error-summary");
if (problems) {
  problems.tabIndex = -1;
  problems.focus();
}

// Came by a personal link: whoever shares this page's address must not share that too.
const own = document.querySelector("[data-once]");
if (own) {
  const address = new URL(location.href);
  address.searchParams.delete(own.dataset.once);
  history.replaceState(history.state, "", address);
}

// Copy buttons: <button data-copy="#id-of-text">, whose text or data-text is copied; the answer is
// spoken and focus stays.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(source.dataset.text ?? source.textContent.trim());
      status.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      status.textContent = "Selected. Press Ctrl and C to copy.";
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// One press sends a form once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") {
      return; // a preview in another tab: this page stays and can still be sent
    }
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// Folds beside a page: shut where they come below it; a link to one opens it.
const beside = document.querySelectorAll("[data-fold-narrow]");
if (matchMedia("(max-width: 999px)").matches) {
  for (const fold of beside) fold.open = false;
}
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
openTarget();
addEventListener("hashchange", openTarget);
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("[data-open-on-paper]")) fold.open = true;
});
