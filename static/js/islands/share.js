/** Offer the device's own way of sharing, and copy the address. */

/** @param {HTMLElement} element */
export function mount(element) {
  const { url, title } = element.dataset;
  const share = element.querySelector('[data-act="share"]');
  const copy = element.querySelector('[data-act="copy"]');
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      copy.querySelector("span").textContent = copy.dataset.done;
    });
  }
}
