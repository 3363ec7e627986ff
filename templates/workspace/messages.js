// A message as the log shows it, and the log itself.
import { Blocks } from "./blocks.js";
import { dialog, el, patch } from "./dom.js";
import { front, nameOf, person } from "./front.js";
import { emoji } from "./mrkdwn.js";

const HUES = 8;

export class Log {
  // act(name, fields, node); open(ts): show a thread; me(): the person
  constructor(node, words, { act, open, me, place, inThread }) { Object.assign(this, { node, words, act, open, me, place, inThread }); }

  show(messages) {
    const { node } = this;
    const items = this.inThread ? [] : [{ ts: "begin", begin: this.begin }];
    let day = "", before = null;
    for (const m of messages) {
      const today = this.day(m.ts);
      if (today !== day && !this.inThread) { items.push({ ts: `day-${today}`, day: today }); before = null; }
      day = today;
      const follows = Boolean(before && before.user === m.user && !before.is_ephemeral && !m.is_ephemeral && Number(m.ts) - Number(before.ts) < 180);
      items.push({ ...m, follows });
      before = m;
    }
    const last = this.last;
    this.last = items.length ? items[items.length - 1].ts : "";
    patch(node, items, (m) => `${m.is_ephemeral ? "e" : ""}${m.ts}`, (m) => this.item(m));
    // An answer taller than the window shows its beginning: what comes first there matters most.
    if (this.last !== last) {
      requestAnimationFrame(() => { const end = node.lastElementChild; node.scrollTop = end ? Math.min(node.scrollHeight, end.offsetTop - node.offsetTop - 6) : 0; });
    }
  }

  item(m) {
    if (m.begin) return el("div.beginning", {}, el("strong", {}, m.begin[0]), m.begin[1]);
    return m.day ? el("div.day", {}, el("span", {}, m.day)) : this.message(m);
  }

  day(ts) { return new Date(Number(ts) * 1000).toLocaleDateString("zh-CN", { timeZone: this.words.names.zone(), month: "long", day: "numeric", weekday: "short" }); }
  time(ts) { return new Date(Number(ts) * 1000).toLocaleTimeString("zh-CN", { timeZone: this.words.names.zone(), hour: "2-digit", minute: "2-digit", hour12: false }); }

  message(m) {
    if (m.subtype === "tombstone") return el("div.message.gone", { dataset: { testid: "message", ts: m.ts } }, "这条消息已删除。");
    const app = Boolean(m.bot_id), name = app ? front.app.name : nameOf(m.user);
    const use = (block, element, value, node) => this.act("press", { where: "message", channel: m.channel, ts: m.ts, action_id: element.action_id, block_id: block.block_id, value }, node);
    const blocks = new Blocks(this.words, use);
    const body = m.blocks ? blocks.all(m.blocks) : m.files && !m.text ? [] : [el("div.text", {}, this.words.mrkdwn(m.text || ""))];
    const node = el("article.message", { "aria-label": `${name} ${this.time(m.ts)}`, dataset: { testid: "message", ts: m.ts, user: m.user, ephemeral: m.is_ephemeral ? "true" : undefined } },
      avatar(m.user, app),
      el("div.content", {},
        el("div.by", {}, el("strong", {}, name), app ? el("span.badge", {}, "应用") : null, el("time", { title: m.ts }, this.time(m.ts)),
          m.is_ephemeral ? el("span.only", {}, "仅你可见") : null),
        body,
        (m.files || []).map((f) => el("a.file", { href: `/page/files/${f.id}?as=${encodeURIComponent(this.me())}`, download: f.name, dataset: { testid: "file" } }, `📎 ${f.name}`)),
        m.edited ? el("span.edited", {}, "(已编辑)") : null,
        m.reactions ? el("div.reactions", {}, m.reactions.map((r) => el("span.reaction", { "aria-label": `${r.name} ${r.count}` }, `${emoji(r.name) || `:${r.name}:`} ${r.count}`))) : null,
        m.reply_count && !this.inThread ? el("button.replies", { type: "button", dataset: { testid: "replies" }, onclick: () => this.open(m.ts) }, `${m.reply_count} 条回复`) : null),
      this.tools(m));
    if (m.follows) node.classList.add("follows");
    return node;
  }

  tools(m) {
    if (m.is_ephemeral) return null;
    const own = m.user === this.me();
    const tool = (words, mark, onclick, testid) => el("button.tool", { type: "button", "aria-label": words, title: words, onclick, dataset: { testid } }, mark);
    return el("div.tools", {},
      this.inThread ? null : tool("在消息列中回复", "回复", () => this.open(m.thread_ts || m.ts), "reply"),
      own ? tool("编辑消息", "编辑", () => this.edit(m), "edit") : null,
      own ? tool("删除消息", "删除", () => this.act("delete", { channel: m.channel, ts: m.ts }), "delete") : null);
  }

  edit(m) {
    const text = el("textarea", { rows: 3, "aria-label": "消息内容" });
    text.value = plain(m.blocks);
    const save = async (e) => { e.preventDefault(); box.close(); await this.act("edit", { channel: m.channel, ts: m.ts, text: text.value }); };
    const box = dialog("confirm", () => {}, el("form", { onsubmit: save }, el("h2", {}, "编辑消息"), text,
      el("div.row", {}, el("button.button", { type: "button", onclick: () => box.close() }, "取消"), el("button.button.primary", { type: "submit" }, "保存"))));
    text.focus();
  }
}

// What a person typed, from its rich text: names instead of ids, addresses as they were.
function plain(blocks) {
  const parts = ((blocks || [])[0] || { elements: [] }).elements.flatMap((s) => s.elements || []);
  return parts.map((e) => e.text || (e.user_id ? `@${nameOf(e.user_id)}` : "") || e.url || "").join("");
}

export function avatar(id, app) {
  let sum = 0;
  for (const c of id || "") sum = (sum * 31 + c.codePointAt(0)) % 997;
  const name = app ? front.app.name : person(id).real_name || "?";
  return el(`span.avatar.hue${sum % HUES}${app ? ".app" : ""}`, { "aria-hidden": "true" }, [...name][0]);
}
