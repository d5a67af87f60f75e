/** Keep the filters open where there is room beside the list. */

/** @param {HTMLDetailsElement} details */
export function mount(details) {
  const wide = window.matchMedia("(min-width: 60rem)");
  const follow = () => {
    details.open = wide.matches;
  };
  wide.addEventListener("change", follow);
  follow();
}
