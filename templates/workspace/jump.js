// Ctrl+K: type a few letters, Enter goes there.
import { Chooser, among } from "./chooser.js";
import { dialog, el } from "./dom.js";
import { front, now, placeName } from "./front.js";

const NOTE = { im: "应用", mpim: "群聊", group: "私有频道", channel: "频道" };

// visit(id), home(): where the choice leads
export function jump({ visit, home }) {
  const options = now.places.map((p) => ({
    value: p.id,
    words: placeName(p),
    note: p.unread ? `${NOTE[p.kind]} · ${p.unread} 条未读` : NOTE[p.kind],
  }));
  if (front.app.home) options.push({ value: "home", words: `${front.app.name} · 主页`, note: "应用" });
  const box = new Chooser(
    { attributes: { "aria-label": "跳转到", id: "jump" }, placeholder: "跳转到频道或私信", stays: true },
    [],
    among([{ options }]),
  );
  const here = dialog("jump", () => {}, el("h2", {}, "跳转"), el("p.hint", {}, "↑ ↓ 选择,Enter 前往,Esc 关闭"), box.node);
  box.node.addEventListener("change", () => {
    const to = box.node.entered();
    here.close();
    if (to === "home") home();
    else visit(to);
  });
  box.text.focus();
  box.look("");
}
