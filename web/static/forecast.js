// Says at once what the settings and rules of a plan mean. The server does the counting.
const form = document.querySelector("[data-forecast]");
const shown = document.getElementById("forecast");
let waiting;

const look = async () => {
  const answer = await fetch(form.dataset.forecast, { method: "POST", body: new FormData(form) });
  if (answer.status === 200) shown.innerHTML = await answer.text();
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
});
