// Offers people while somebody types a name. The server finds them.
const offered = document.getElementById("people");
let waiting;
let last = "";

const look = async (typed) => {
  last = typed;
  const answer = await fetch(`${offered.dataset.people}?q=${encodeURIComponent(typed)}`);
  const options = await answer.text();
  if (answer.status === 200 && typed === last) offered.innerHTML = options;
};

document.addEventListener("input", (event) => {
  if (event.target.list !== offered) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 120, event.target.value);
});
