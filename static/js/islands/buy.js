/** Let price, unit price, stock and the highest quantity follow the chosen size; and the bar of phones. */

/** @param {HTMLFormElement} form */
export function mount(form) {
  const box = form.querySelector(".price-box");
  const bar = document.querySelector(".buy-bar");
  const quantity = form.querySelector(".quantity__input");
  const write = (element, text) => {
    if (element) element.textContent = text;
  };

  const follow = () => {
    const chosen = form.querySelector('input[name="variant_id"]:checked');
    if (!chosen) return;
    const { label, price, unitPrice, stock, most } = chosen.dataset;
    for (const part of [box, bar]) {
      write(part?.querySelector(".price__amount"), price);
      write(part?.querySelector(".price__unit"), `/ ${label}`);
    }
    write(box.querySelector('[data-testid="unit-price"]'), unitPrice);
    write(box.querySelector('[data-testid="stock"]'), stock);
    if (quantity) {
      quantity.max = most;
      if (Number(quantity.value) > Number(most)) quantity.value = most;
      quantity.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "variant_id") follow();
  });
  window.addEventListener("pageshow", follow);

  const row = form.querySelector(".buy-row");
  if (bar && row) {
    new IntersectionObserver(([entry]) => bar.toggleAttribute("data-idle", entry.isIntersecting)).observe(row);
  }
}
