// A survey that is being made ready: looks every two seconds and shows the page once it has moved.
const state = document.querySelector("[data-state]");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-state]");
    if (now && now.textContent !== state.textContent) {
      location.reload();
      return;
    }
  } catch {
    // The network is away; the next look may find it.
  }
  setTimeout(look, 2000);
}

setTimeout(look, 2000);
