/** Give a number field its minus and plus buttons. */

/** @param {HTMLElement} element */
export function mount(element) {
  const input = element.querySelector("input");
  const buttons = [...element.querySelectorAll("[data-step]")];

  const show = () => {
    const least = Number(input.min) || 1; // a field that holds words instead of a number has no bounds
    const value = Number(input.value);
    for (const button of buttons) {
      const next = value + Number(button.dataset.step);
      button.disabled = input.disabled || next < least || next > (Number(input.max) || Infinity);
    }
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      input.value = String((Number(input.value) || 0) + Number(button.dataset.step));
      show();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  input.addEventListener("input", show);
  show();
}
