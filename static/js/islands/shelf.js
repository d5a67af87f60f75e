/** Give a shelf that is wider than its row buttons to move along it. */

/** @param {HTMLElement} section */
export function mount(section) {
  const shelf = section.querySelector("[data-shelf]");
  const buttons = section.querySelector(".shelf__buttons");
  const show = () => {
    buttons.hidden = shelf.scrollWidth <= shelf.clientWidth + 1;
    for (const button of buttons.children) {
      const left = shelf.scrollLeft;
      const end = shelf.scrollWidth - shelf.clientWidth;
      button.disabled = Number(button.dataset.move) < 0 ? left < 2 : left > end - 2;
    }
  };
  buttons.addEventListener("click", (event) => {
    const way = Number(event.target.closest("[data-move]")?.dataset.move ?? 0);
    shelf.scrollBy({ left: way * shelf.clientWidth * 0.9 });
  });
  shelf.addEventListener("scroll", show, { passive: true });
  window.addEventListener("resize", show, { passive: true });
  show();
}
