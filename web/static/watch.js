// Shows how far a job is, once a second, and opens what came of it when it is over.
const watched = document.querySelector("[data-watch]");
const bar = watched.querySelector("progress");
const stage = watched.querySelector("[data-stage]");
const figures = watched.querySelector("[data-figures]");
const lost = watched.querySelector("[data-lost]");

const say = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

const show = (job) => {
  bar.value = job.done;
  say(stage, job.stage);
  if (figures && job.figures) say(figures, job.figures);
};

const look = async () => {
  try {
    const answer = await fetch(watched.dataset.watch, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    const job = await answer.json();
    lost.hidden = true;
    if (job.over) return location.reload();
    show(job);
  } catch {
    lost.hidden = false; // the server may come back; the job goes on without it
  }
  setTimeout(look, 1000);
};

setTimeout(look, 300);
