/** Bring what is wrong with a form to whoever sent it. */

/** @param {HTMLElement} element */
export function mount(element) {
  element.focus();
}
