/** Say on the map itself what a province has, while a mouse or the keyboard is on it. */

/** @param {HTMLElement} figure */
export function mount(figure) {
  const card = figure.querySelector(".map__card");
  const tell = (event) => {
    const province = event.target.closest?.(".map__province");
    card.hidden = !province;
    if (province) card.textContent = province.getAttribute("aria-label");
  };
  figure.addEventListener("pointerover", tell);
  figure.addEventListener("focusin", tell);
  figure.addEventListener("pointerleave", () => (card.hidden = true));
  figure.addEventListener("focusout", () => (card.hidden = true));
}
