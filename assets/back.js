// A signed-in page that Back brings from the browser's memory is shown only while the session goes
// on. Its forms stay as they were typed.

const page = document.documentElement;

async function showAgain() {
  try {
    const { status } = await fetch("/account/here");
    if (status === 204) page.style.visibility = "";
    else location.reload();
  } catch {
    setTimeout(showAgain, 2000); // no network: nobody knows whether the session goes on
  }
}

addEventListener("pagehide", () => {
  page.style.visibility = "hidden";
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) showAgain();
});
