/**
 * A gallery that can be swiped without this: thumbs that follow, arrow keys, and a dialog with the
 * largest picture. The dialog gives the focus back to the picture that opened it.
 */

/** @param {HTMLElement} element */
export function mount(element) {
  const strip = element.querySelector(".gallery__main");
  const links = [...strip.querySelectorAll(".gallery__slide a")];
  const thumbs = [...element.querySelectorAll(".gallery__thumbs a")];
  const dialog = element.querySelector("dialog");
  const stage = dialog.querySelector(".lightbox__stage");
  const note = dialog.querySelector(".lightbox__note");
  let shown = 0;

  const mark = (index) => {
    shown = index;
    thumbs.forEach((thumb, position) => {
      if (position === index) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  };

  const go = (index) => {
    const next = Math.min(Math.max(index, 0), links.length - 1);
    strip.scrollTo({ left: next * strip.clientWidth });
    mark(next);
  };

  strip.addEventListener(
    "scroll",
    () => mark(Math.round(strip.scrollLeft / Math.max(strip.clientWidth, 1))),
    { passive: true },
  );
  strip.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || links.length < 2) return;
    event.preventDefault();
    go(shown + step);
  });
  thumbs.forEach((thumb, index) =>
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      go(index);
    }),
  );

  const enlarge = (index) => {
    const next = (index + links.length) % links.length;
    const small = links[next].querySelector("img");
    const large = document.createElement("img");
    large.src = links[next].href;
    large.alt = small.alt;
    if (small.lang) large.lang = small.lang;
    large.width = large.height = Number(links[next].dataset.side) || 640;
    note.textContent = links[next].dataset.note ?? "";
    note.hidden = !note.textContent;
    stage.removeAttribute("data-large");
    stage.replaceChildren(large);
    go(next);
  };

  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      enlarge(index);
      dialog.showModal();
      stage.focus();
    }),
  );
  const toggle = (event) => {
    const box = stage.getBoundingClientRect();
    const [x, y] = event.clientX
      ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
      : [0.5, 0.5];
    if (!stage.toggleAttribute("data-large")) return;
    stage.scrollTo({
      left: x * (stage.scrollWidth - stage.clientWidth),
      top: y * (stage.scrollHeight - stage.clientHeight),
    });
  };
  stage.addEventListener("click", toggle);
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && links.length > 1 && !stage.hasAttribute("data-large")) {
      event.preventDefault();
      enlarge(shown + step);
    } else if (event.key === "Enter" && event.target === stage) {
      event.preventDefault();
      toggle(event);
    }
  });
  for (const button of dialog.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => enlarge(shown + Number(button.dataset.turn)));
  }
}
