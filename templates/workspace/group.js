// A direct message with several people and the app: choose them, and it opens.
import { Chooser, among } from "./chooser.js";
import { dialog, el } from "./dom.js";
import { now } from "./front.js";
import { humans } from "./side.js";

export function gather(act, visit) {
  const options = humans.filter((p) => p.id !== now.me).map((p) => ({ value: p.id, words: p.label, note: p.title }));
  const box = new Chooser(
    { attributes: { "aria-label": "群聊里的人", id: "group" }, placeholder: "输入姓名,可选多人", many: true, most: 7 },
    [],
    among([{ options }]),
  );
  const begin = async (e) => {
    e.preventDefault();
    const users = box.node.entered();
    if (!users.length) {
      box.text.focus();
      return;
    }
    const answer = await act("group", { users });
    if (answer.ok) {
      here.close();
      visit(answer.channel);
    }
  };
  const here = dialog(
    "jump",
    () => {},
    el(
      "form",
      { onsubmit: begin },
      el("h2", {}, "新建群聊"),
      box.node,
      el(
        "div.row",
        {},
        el("button.button", { type: "button", onclick: () => here.close() }, "取消"),
        el("button.button.primary", { type: "submit" }, "开始"),
      ),
    ),
  );
  box.text.focus();
}
