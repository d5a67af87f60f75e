/** Ask for a delivery's fee and days without leaving the page, for the size that is chosen. */

/** @param {HTMLFormElement} form */
export function mount(form) {
  const answer = document.getElementById("delivery-estimate");
  const choice = form.querySelector("select");
  let request = new AbortController();

  const ask = async () => {
    if (!choice.value) return;
    request.abort();
    request = new AbortController();
    const address = new URL(form.dataset.url, window.location.href);
    address.searchParams.set("to", choice.value);
    const size = document.querySelector('#buy input[name="variant_id"]:checked');
    if (size) address.searchParams.set("variant_id", size.value);
    try {
      const found = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      if (found.ok) answer.innerHTML = await found.text();
      else form.submit();
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  choice.addEventListener("change", ask);
  document.getElementById("buy")?.addEventListener("change", (event) => {
    if (event.target.name === "variant_id") ask();
  });
}
