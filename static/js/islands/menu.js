/** Close a drop-down menu on Escape and on a click elsewhere. */

/** @param {HTMLDetailsElement} details */
export function mount(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
}
