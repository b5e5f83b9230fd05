// Shows the sheet as it is chosen. The server draws it.
const form = document.querySelector("[data-preview]");
const picture = document.getElementById("preview");
const unseen = document.getElementById("unseen");
let waiting;

const look = () => {
  picture.src = `${form.dataset.preview}?${new URLSearchParams(new FormData(form))}`;
};

if (picture) {
  picture.addEventListener("error", () => { unseen.hidden = false; picture.hidden = true; });
  picture.addEventListener("load", () => { unseen.hidden = true; picture.hidden = false; });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  });
}
