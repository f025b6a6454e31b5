// Answers nothing, walks through every statement, and names whatever is not whole where it belongs.
// biome-ignore lint/correctness/noUnusedVariables: the test calls it.
function walk() {
  const faults = [];
  const places = new Set();
  const find = (selector) => document.querySelector(selector);
  let shown = 0;
  let helps = 0;
  const fault = (what) => faults.push(`${shown}: ${what}`);
  function whole(one, name, least) {
    const box = one.getBoundingClientRect();
    const isIn =
      box.top >= -0.5 &&
      box.left >= -0.5 &&
      box.bottom <= innerHeight + 0.5 &&
      box.right <= innerWidth + 0.5;
    if (!isIn || box.height < 1)
      fault(`${name} at ${Math.round(box.top)}-${Math.round(box.bottom)}`);
    if (least && Math.min(box.width, box.height) < least - 0.5) {
      fault(`${name} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
    }
    return box;
  }
  function look() {
    const tops = [...document.querySelectorAll("#rows label")].map((row, i) => {
      const text = row.querySelector("span");
      const isCut =
        text.scrollHeight > text.clientHeight + 1 || text.scrollWidth > text.clientWidth + 1;
      if (isCut) fault(`row ${i} is cut`);
      return Math.round(whole(row, `row ${i}`, 44).top * 2) / 2;
    });
    places.add(tops.join(" "));
    for (const one of document.querySelectorAll("#card .foot button")) {
      if (!one.hidden) whole(one, one.dataset.do, 44);
    }
    for (const name of [".name", ".clear"]) whole(find(name), name, 44);
    whole(find("#count"), "count");
    const ask = find("#ask").getBoundingClientRect();
    const stem = whole(find("#stem"), "stem");
    const statement = whole(find("#statement"), "statement");
    if (stem.top < ask.top - 0.5 || statement.bottom > ask.bottom + 0.5) fault("text is cut");
    if (stem.bottom > statement.top + 0.5) fault("stem over statement");
    if (document.body.classList.contains("tall")) fault("the page scrolls");
    const { scrollHeight, scrollWidth } = document.documentElement;
    if (scrollHeight > innerHeight || scrollWidth > innerWidth)
      fault(`${scrollWidth}x${scrollHeight}`);
  }
  whole(find("#start .go"), "Start", 44);
  find("#auto").checked = false;
  find("[data-do=own]").click();
  for (;;) {
    const { classList } = document.body;
    if (classList.contains("between")) {
      whole(find("#between .go"), "Continue", 44);
      find("#between .go").click();
    } else if (classList.contains("card")) {
      shown += 1;
      look();
      if (!find("#helps").hidden) {
        helps += 1;
        find("#helps").click();
        const help = find("#help");
        const box = whole(help, "help");
        if (help.scrollHeight > help.clientHeight + 1) fault("help is cut");
        for (const name of ["#ask", "#card .foot"]) {
          const other = find(name).getBoundingClientRect();
          const beside = box.left > other.right - 0.5 || box.right < other.left + 0.5;
          if (!beside && box.top < other.bottom - 0.5 && box.bottom > other.top + 0.5) {
            fault(`help over ${name}`);
          }
        }
        look();
        find("#helps").click();
      }
      find("#next").click();
    } else break;
  }
  whole(find("#review .go"), "Send", 44);
  return { shown, helps, places: places.size, faults };
}
