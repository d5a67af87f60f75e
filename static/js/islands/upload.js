/** Drop files on a field, look at pictures before they are sent, and see that they are on their way. */

/** @param {HTMLElement} element */
export function mount(element) {
  const input = element.querySelector('input[type="file"]');
  const zone = element.querySelector(".upload__zone");
  const list = element.querySelector(".upload__previews");
  const progress = element.querySelector("progress");
  element.querySelector(".upload__invite").hidden = false;

  const show = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
          const reader = new FileReader();
          const picture = document.createElement("img");
          picture.alt = "";
          reader.addEventListener("load", () => {
            picture.src = reader.result;
          });
          reader.readAsDataURL(file);
          item.append(picture);
        }
        const kilobytes = Math.ceil(file.size / 1024).toLocaleString(document.documentElement.lang);
        item.append(`${file.name} · ${kilobytes} KB`);
        return item;
      }),
    );
  };

  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const taken = new DataTransfer();
    const dropped = [...event.dataTransfer.files];
    for (const file of input.multiple ? dropped : dropped.slice(0, 1)) taken.items.add(file);
    input.files = taken.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", show);
  input.form?.addEventListener("submit", () => {
    if (input.files.length) progress.hidden = false;
  });
  window.addEventListener("pageshow", () => {
    progress.hidden = true;
  });
}
