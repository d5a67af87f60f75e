/** Give a number field its minus and plus buttons. */

/** @param {HTMLElement} element */
export function mount(element) {
  const input = element.querySelector("input");
  const buttons = [...element.querySelectorAll("[data-step]")];

  const show = () => {
    const value = Number(input.value);
    for (const button of buttons) {
      const next = value + Number(button.dataset.step);
      button.disabled = input.disabled || next < Number(input.min) || next > Number(input.max);
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
