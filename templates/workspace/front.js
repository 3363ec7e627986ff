// What the page was born with: team, app, people, commands; and the conversations of now, which selects offer.
export const front = JSON.parse(document.getElementById("front").textContent);
export const people = front.people;
const byId = new Map(people.map((p) => [p.id, p]));
export const person = (id) => byId.get(id) || { id, name: id, real_name: id, label: id, title: "", group: "" };
export const nameOf = (id) => (id === front.app.id ? front.app.name : person(id).real_name || person(id).name);

export const now = { places: [], channels: {}, me: "" };

const KINDS = { im: "im", mpim: "mpim", group: "private", channel: "public" };

// A group's direct message is called by the others in it.
export function placeName(place) {
  if (place.kind === "im") return front.app.name;
  return place.kind === "mpim"
    ? place.members
        .filter((id) => id !== now.me)
        .map((id) => person(id).label)
        .join("、")
    : place.name;
}

export function conversations(filter) {
  const wanted = (filter || {}).include;
  return now.places
    .filter((p) => !wanted || wanted.includes(KINDS[p.kind]))
    .map((p) => ({ value: p.id, words: p.kind === "channel" ? `# ${p.name}` : placeName(p) }));
}
