/** Let messages about what went well float over the page, and leave after a while. */
const LINGER = 6000;

/** @param {HTMLElement} element */
export function mount(element) {
  const good = [...element.querySelectorAll('.notice:is([data-kind="success"], [data-kind="info"])')];
  if (good.length !== element.querySelectorAll(".notice").length) return;
  element.classList.add("flashes--floating");

  for (const notice of good) {
    let timer = 0;
    const leave = () => {
      notice.remove();
      if (!element.children.length) element.remove();
    };
    const wait = () => {
      timer = window.setTimeout(leave, LINGER);
    };
    const button = document.createElement("button");
    button.type = "button";
    button.className = "notice__close";
    button.setAttribute("aria-label", element.dataset.close);
    button.textContent = "×";
    button.addEventListener("click", leave);
    notice.append(button);
    for (const name of ["pointerenter", "focusin"]) notice.addEventListener(name, () => clearTimeout(timer));
    for (const name of ["pointerleave", "focusout"]) notice.addEventListener(name, wait);
    wait();
  }
}
