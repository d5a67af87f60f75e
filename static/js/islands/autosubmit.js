/** Send a form as soon as a choice changes, and put its button out of sight. */

/** @param {HTMLFormElement} form */
export function mount(form) {
  for (const button of form.querySelectorAll('[type="submit"]')) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
