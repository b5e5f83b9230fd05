// A file can be dropped on the marked area instead of being chosen.
const area = document.querySelector("[data-drop]");
const input = area.querySelector("input[type=file]");

const hold = (event) => {
  event.preventDefault();
  area.classList.toggle("is-over", event.type === "dragover");
};

area.addEventListener("dragover", hold);
area.addEventListener("dragleave", hold);
area.addEventListener("drop", (event) => {
  hold(event);
  if (event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  }
});
