/**
 * Send a form as soon as a choice changes, and put its button out of sight.
 *
 * What was chosen before this script came is sent now. Browsers must not put a choice of before back
 * into the form (`autocomplete="off"`), or nobody could go back from what it sent.
 */

/** @param {HTMLFormElement} form */
export function mount(form) {
  for (const button of form.querySelectorAll('[type="submit"]')) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
  const isOther = ({ options, selectedIndex }) => options[selectedIndex]?.defaultSelected === false;
  if ([...form.querySelectorAll("select")].some(isOther)) form.requestSubmit();
}
