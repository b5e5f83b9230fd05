// Says at once what the settings of a plan mean. The server does the counting.
const form = document.querySelector("[data-forecast]");
const shown = document.getElementById("forecast");
let waiting;

const look = async () => {
  const chosen = new URLSearchParams(new FormData(form));
  chosen.delete("csrf_token");
  const answer = await fetch(`${form.dataset.forecast}?${chosen}`);
  if (answer.status === 200) shown.innerHTML = await answer.text();
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
});
