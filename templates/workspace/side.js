// The side list: who I am, my direct messages and channels with what is unread, and its opening on a narrow window.
import { byId, el, patch } from "./dom.js";
import { people, person, placeName } from "./front.js";
import { icon } from "./icons.js";

export const humans = people.filter((p) => !p.bot && !p.deleted);
const KIND = { im: "与应用的私信", mpim: "群聊", group: "私有频道", channel: "频道" };
const title = (p) => [p.title, p.group, p.guest ? "访客" : "", p.stranger ? "外部人员" : ""].filter(Boolean).join(" · ");

export class Side {
  // visit(id): go to a place; become(id): be somebody else
  constructor({ visit, become }) {
    Object.assign(this, { visit });
    byId("who").append(...groups());
    byId("who").addEventListener("change", (e) => become(e.target.value));
    byId("menu").addEventListener("click", () => this.toggle());
    byId("side").addEventListener("keydown", (e) => {
      if (e.key === "Escape" && !e.defaultPrevented) {
        this.close();
        byId("menu").focus();
      }
    });
    byId("main").addEventListener("click", (e) => {
      if (!byId("menu").contains(e.target)) this.close();
    });
  }

  be(id) {
    byId("who").value = id;
    byId("who-title").textContent = title(person(id));
  }

  toggle() {
    const open = document.body.classList.toggle("menu-open");
    byId("menu").setAttribute("aria-expanded", String(open));
    if (open) byId("who").focus();
  }

  close() {
    document.body.classList.remove("menu-open");
    byId("menu").setAttribute("aria-expanded", "false");
  }

  draw(places, current) {
    const rows = places.map((p) => ({ id: p.id, kind: p.kind, name: placeName(p), unread: p.unread, current: p.id === current }));
    patch(
      byId("apps"),
      rows.filter((p) => p.kind === "im" || p.kind === "mpim"),
      (p) => p.id,
      (p) => this.item(p),
    );
    patch(
      byId("channels"),
      rows.filter((p) => p.kind !== "im" && p.kind !== "mpim"),
      (p) => p.id,
      (p) => this.item(p),
    );
    const unread = rows.reduce((sum, p) => sum + p.unread, 0);
    byId("menu").dataset.unread = unread ? String(unread) : "";
    byId("menu").setAttribute("aria-label", unread ? `显示会话列表,${unread} 条未读` : "显示会话列表");
    return unread;
  }

  item(p) {
    const mark = { im: "◆", mpim: "◇", group: icon("lock", 13) }[p.kind] || "#";
    return el(
      "li",
      {},
      el(
        `button.place${p.unread ? ".news" : ""}`,
        {
          type: "button",
          "aria-current": p.current ? "page" : undefined,
          "aria-label": `${KIND[p.kind]} ${p.name}${p.unread ? `,${p.unread} 条未读` : ""}`,
          dataset: { testid: p.kind === "im" ? "dm" : `channel-${p.name}` },
          onclick: () => this.visit(p.id),
        },
        el("span.mark", { "aria-hidden": "true" }, mark),
        el("span.name", {}, p.name),
        p.unread ? el("span.unread", { dataset: { testid: "unread" } }, String(p.unread)) : null,
      ),
    );
  }
}

// The people by their unit, each with role or grade.
function groups() {
  const sorted = new Map();
  for (const p of humans)
    sorted.set(p.group, [
      ...(sorted.get(p.group) || []),
      el("option", { value: p.id }, p.title ? `${p.real_name}(${p.title})` : p.real_name),
    ]);
  return [...sorted].flatMap(([group, options]) => (group ? [el("optgroup", { label: group }, options)] : options));
}
