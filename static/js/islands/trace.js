/**
 * Tell the shop what was looked for and which product was opened, so that it can mend what finds nothing.
 *
 * It is said once a page, by whoever runs scripts and has not asked to be left alone; the token holds
 * the words, signed by the server, and nothing about the reader.
 */

/** @param {HTMLElement} mark */
export function mount(mark) {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const send = (url, values) => {
    const body = new URLSearchParams(values);
    if (!navigator.sendBeacon?.(url, body)) {
      fetch(url, { method: "POST", body, keepalive: true }).catch(() => {});
    }
  };
  const now = () => document.querySelector('[data-island="trace"]');
  let told = "";
  const tell = () => {
    const { url, token } = now()?.dataset ?? {};
    if (!url || token === told) return; // a narrowed list says nothing of the words
    told = token;
    send(url, { token });
  };

  tell();
  document.addEventListener("htmx:after:swap", tell);
  document.addEventListener("click", (event) => {
    const card = event.target.closest?.("#listing [data-product-id]");
    const { clickUrl, token } = now()?.dataset ?? {};
    if (card && token && event.target.closest("a")) {
      send(clickUrl, { token, product: card.dataset.productId });
    }
  });
}
