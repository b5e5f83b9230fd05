// Shows how far a run is, once a second, and opens the plan when it is there.
const watched = document.querySelector("[data-watch]");
const bar = watched.querySelector("progress");
const stage = watched.querySelector("[data-stage]");
const figures = watched.querySelector("[data-figures]");
const lost = watched.querySelector("[data-lost]");

const figure = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });

const show = (run) => {
  bar.value = run.done;
  if (run.stage && stage.textContent !== run.stage) stage.textContent = run.stage;
  if (run.stopping) stage.textContent = "Stopping; the best plan so far is kept";
  if (run.best !== null && run.bound) {
    const share = ((100 * run.best) / run.bound).toFixed(2);
    figures.textContent =
      `Best plan so far: ${figure(run.best)} of at most ${figure(run.bound)} (${share} %).`;
  }
};

const look = async () => {
  try {
    const answer = await fetch(watched.dataset.watch, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    const run = await answer.json();
    lost.hidden = true;
    if (run.over) return location.reload();
    show(run);
  } catch {
    lost.hidden = false; // the server may come back; the run goes on without it
  }
  setTimeout(look, 1000);
};

setTimeout(look, 300);
