// What the page was born with: team, app, people, commands.
export const front = JSON.parse(document.getElementById("front").textContent);
export const people = front.people;
const byId = new Map(people.map((p) => [p.id, p]));
export const person = (id) => byId.get(id) || { id, name: id, real_name: id, title: "", group: "" };
export const nameOf = (id) => (id === front.app.id ? front.app.name : person(id).real_name || person(id).name);
