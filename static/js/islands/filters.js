/** Keep the filters open where there is room beside the list; elsewhere they are a sheet over it. */

/** @param {HTMLDetailsElement} details */
export function mount(details) {
  const wide = window.matchMedia("(min-width: 60rem)");
  const summary = details.querySelector("summary");
  const isSheet = () => !wide.matches && details.open;
  const follow = () => {
    details.open = wide.matches;
    details.toggleAttribute("data-sheet", !wide.matches);
  };
  const close = () => {
    details.open = false;
    summary.focus();
  };
  wide.addEventListener("change", follow);
  details.addEventListener("click", (event) => {
    if (isSheet() && event.target.closest("[data-close]")) close();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!isSheet() || details.contains(event.target)) return;
      event.preventDefault(); // a tap beside the sheet only closes it
      event.stopPropagation();
      close();
    },
    { capture: true },
  );
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isSheet()) close();
  });
  details.addEventListener("focusout", (event) => {
    if (isSheet() && event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  follow();
}
