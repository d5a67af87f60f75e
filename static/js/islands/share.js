/** Copy the page's address, and open the telephone's own sharing where there is one. */

/** @param {HTMLElement} element */
export function mount(element) {
  const { url, title } = element.dataset;
  const status = element.querySelector('[role="status"]');

  const native = element.querySelector('[data-share="native"]');
  if (navigator.share) {
    native.disabled = false;
    native.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
  }

  const copy = element.querySelector('[data-share="copy"]');
  if (navigator.clipboard) {
    copy.closest("li").removeAttribute("data-idle");
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      const words = copy.querySelector("span");
      const before = words.textContent;
      words.textContent = status.textContent = copy.dataset.done;
      setTimeout(() => {
        words.textContent = before;
        status.textContent = "";
      }, 3000);
    });
  }
}
