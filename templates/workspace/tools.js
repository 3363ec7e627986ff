// What one may do with a message: answer, react, edit, delete, and what the app offers for any.
import { dialog, el } from "./dom.js";
import { front, now, person } from "./front.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { palette } from "./reactions.js";

// log: the Log in which the message stands.
export function tools(log, m) {
  if (m.is_ephemeral) return null;
  const mine = (name) => (m.reactions || []).some((r) => r.name === name && r.users.includes(log.me()));
  const react = (name, node) => log.act(mine(name) ? "unreact" : "react", { channel: m.channel, ts: m.ts, name }, node);
  const offered = more(log, m);
  return el(
    "div.tools",
    {},
    log.inThread
      ? null
      : el(
          "button.tool",
          {
            type: "button",
            "aria-label": "在消息列中回复",
            title: "在消息列中回复",
            dataset: { testid: "reply" },
            onclick: () => log.open(m.thread_ts || m.ts),
          },
          icon("reply"),
          el("span", {}, "回复"),
        ),
    palette(react),
    offered.length ? menuButton("tool", { label: "更多操作", mark: icon("more"), dataset: { testid: "more" } }, () => offered) : null,
  );
}

// What one may do with one's own message, and what the app offers for any.
function more(log, m) {
  const own = m.user === log.me();
  const actions = (front.shortcuts || [])
    .filter((s) => s.kind === "message")
    .map((s) => ({
      words: s.name,
      note: `${front.app.name} · ${s.description}`,
      go: (node) => log.act("message_action", { callback_id: s.callback_id, channel: m.channel, ts: m.ts }, node),
    }));
  const mine = [
    { words: "编辑消息", dataset: { testid: "edit" }, go: () => editMessage(m, log.act) },
    { words: "删除消息", danger: true, dataset: { testid: "delete" }, go: () => removeMessage(m, log.act) },
  ];
  return [...(own ? mine : []), ...actions];
}

function removeMessage(m, act) {
  const gone = async () => {
    box.close();
    await act("delete", { channel: m.channel, ts: m.ts });
  };
  const box = dialog(
    "confirm",
    () => {},
    el("h2", {}, "删除这条消息?"),
    el("p", {}, "删除后不能恢复。"),
    el(
      "div.row",
      {},
      el("button.button", { type: "button", onclick: () => box.close() }, "取消"),
      el("button.button.danger", { type: "button", dataset: { testid: "confirm" }, onclick: gone }, "删除"),
    ),
  );
}

export function editMessage(m, act) {
  const text = el("textarea", { rows: 3, "aria-label": "消息内容" });
  text.value = plain(m.blocks);
  const save = async (e) => {
    e.preventDefault();
    box.close();
    await act("edit", { channel: m.channel, ts: m.ts, text: text.value });
  };
  const box = dialog(
    "confirm",
    () => {},
    el(
      "form",
      { onsubmit: save },
      el("h2", {}, "编辑消息"),
      text,
      el(
        "div.row",
        {},
        el("button.button", { type: "button", onclick: () => box.close() }, "取消"),
        el("button.button.primary", { type: "submit" }, "保存"),
      ),
    ),
  );
  text.focus();
}

// What a person typed, from its rich text: names instead of ids, addresses as they were.
function plain(blocks) {
  const parts = ((blocks || [])[0] || { elements: [] }).elements.flatMap((s) => s.elements || []);
  const named = (e) => (e.user_id ? `@${person(e.user_id).label}` : e.channel_id ? `#${now.channels[e.channel_id] || e.channel_id}` : "");
  return parts.map((e) => e.text || named(e) || e.url || "").join("");
}
