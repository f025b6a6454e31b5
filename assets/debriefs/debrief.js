// A meeting on a projector: arrow keys and a presenter's Page Up and Page Down turn the steps, and
// the focus goes to the heading. Links and forms do the same without it.

const heading = document.querySelector("h1");
if (heading && !document.querySelector("[data-flash]")) heading.focus({ preventScroll: true });

document
  .querySelector("[aria-current=step]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });

const keys = { ArrowRight: "forward", PageDown: "forward", ArrowLeft: "back", PageUp: "back" };
addEventListener("keydown", (event) => {
  const way = keys[event.key];
  const typing = event.target.closest("input, textarea, select, details[open]");
  if (!way || typing || event.altKey || event.ctrlKey || event.metaKey) return;
  const link = document.querySelector(`[data-${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
