/** Open the page that was asked for as soon as the network is back. */

/** @param {HTMLElement} element */
export function mount(element) {
  const again = element.querySelector("[data-retry]");
  again?.setAttribute("href", window.location.href);
  again?.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.reload();
  });
  window.addEventListener("online", () => window.location.reload());
}
