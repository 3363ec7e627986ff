// A message as the log shows it, and the log itself.
import { Blocks } from "./blocks.js";
import { dialog, el, patch } from "./dom.js";
import { front, nameOf, now, person } from "./front.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { shownAddress } from "./picture.js";
import { palette, reactions } from "./reactions.js";

const HUES = 8;

export class Log {
  // act(name, fields, node); open(ts): show a thread; me(): the person; suggest(fields): what the app offers an external select
  constructor(node, words, { act, open, me, suggest, inThread }) {
    Object.assign(this, { node, words, act, open, me, suggest, inThread, place: "", away: false, kept: new Map() });
    const look = () => requestAnimationFrame(() => {
      this.away = node.scrollHeight - node.scrollTop - node.clientHeight > 160;
      if (!this.away && this.button) { this.button.remove(); this.button = null; }
    });
    for (const kind of ["wheel", "touchmove", "keydown"]) node.addEventListener(kind, look, { passive: true });
  }

  show(messages) {
    const { node } = this;
    const items = this.inThread ? [] : [{ ts: "begin", begin: this.begin }];
    let day = "", before = null;
    for (const m of messages) {
      const today = this.day(m.ts);
      if (today !== day && !this.inThread) { items.push({ ts: `day-${today}`, day: today }); before = null; }
      day = today;
      const follows = Boolean(before && before.user === m.user && !before.is_ephemeral && !m.is_ephemeral && Number(m.ts) - Number(before.ts) < 180);
      if (m.ts === this.unreadFrom) items.push({ ts: "unread", unread: true });
      items.push({ ...m, follows: follows && m.ts !== this.unreadFrom });
      before = m;
    }
    this.scroll(items, () => patch(node, items, (m) => `${m.is_ephemeral ? "e" : ""}${m.ts}`, (m) => this.item(m)));
  }

  // An answer taller than the window shows its beginning: what comes first there matters most. Whoever reads further up stays there.
  scroll(items, draw) {
    const { node } = this, newest = items[items.length - 1] || { ts: "" };
    const moved = this.place !== this.drawn, news = newest.ts !== this.last;
    if (moved) this.kept.clear();
    if (moved && this.button) { this.button.remove(); this.button = null; }
    if (moved) node.setAttribute("aria-busy", "true"); // a screen reader is not to read a whole conversation out
    draw();
    Object.assign(this, { last: newest.ts, drawn: this.place });
    if (moved) requestAnimationFrame(() => node.removeAttribute("aria-busy"));
    if (!news) return;
    if (!moved && this.away && newest.user !== this.me()) { this.newer(); return; }
    requestAnimationFrame(() => {
      const end = (moved && node.querySelector(".unread-line")) || node.lastElementChild;
      node.scrollTop = end ? Math.min(node.scrollHeight, end.offsetTop - node.offsetTop - 6) : 0;
      this.away = false;
    });
  }

  // Something has come below, where nobody looks: a button leads there.
  newer() {
    if (this.button) return;
    const { node } = this;
    const go = () => { node.scrollTop = node.scrollHeight; this.away = false; this.button.remove(); this.button = null; };
    this.button = el("button.newer", { type: "button", onclick: go }, "↓ 有新消息");
    node.after(this.button);
  }

  item(m) {
    if (m.unread) return el("div.day.unread-line", {}, el("span", {}, "新消息"));
    if (m.begin) return el("div.beginning", {}, el("strong", {}, m.begin[0]), m.begin[1]);
    return m.day ? el("div.day", {}, el("span", {}, m.day)) : this.message(m);
  }

  day(ts) { return new Date(Number(ts) * 1000).toLocaleDateString("zh-CN", { timeZone: this.words.names.zone(), month: "long", day: "numeric", weekday: "short" }); }
  time(ts) { return new Date(Number(ts) * 1000).toLocaleTimeString("zh-CN", { timeZone: this.words.names.zone(), hour: "2-digit", minute: "2-digit", hour12: false }); }

  message(m) {
    if (m.subtype === "tombstone") return el("div.message.gone", { dataset: { testid: "message", ts: m.ts } }, "这条消息已删除。");
    const app = Boolean(m.bot_id), name = app ? front.app.name : nameOf(m.user);
    const use = (block, element, value, node, how) => how !== "typing" && this.act("press", { where: "message", channel: m.channel, ts: m.ts, action_id: element.action_id, block_id: block.block_id, value }, node);
    const suggest = (block, element, text) => this.suggest({ where: "message", channel: m.channel, ts: m.ts, action_id: element.action_id, block_id: block.block_id, value: text });
    const blocks = new Blocks(this.words, use, { state: m.state || {}, suggest });
    const body = m.blocks ? this.blocks(m, blocks) : m.files && !m.text ? [] : [el("div.text", {}, this.words.mrkdwn(m.text || ""))];
    const node = el("article.message", { "aria-label": `${name} ${this.time(m.ts)}`, dataset: { testid: "message", ts: m.ts, user: m.user, ephemeral: m.is_ephemeral ? "true" : undefined } },
      avatar(m.user, app),
      el("div.content", {},
        el("div.by", {}, el("strong", {}, name), app ? el("span.badge", {}, "应用") : null, el("time", { title: m.ts }, this.time(m.ts)),
          m.is_ephemeral ? el("span.only", {}, "仅你可见") : null),
        body,
        (m.attachments || []).map((a) => el("div.attachment", {}, a.blocks ? blocks.all(a.blocks) : el("div.text", {}, this.words.mrkdwn([a.pretext, a.title, a.text || a.fallback].filter(Boolean).join("\n"))))),
        (m.files || []).map((f) => this.file(f)),
        m.edited ? el("span.edited", {}, "(已编辑)") : null,
        reactions(m, this.me(), (name, on, node) => this.act(on ? "react" : "unreact", { channel: m.channel, ts: m.ts, name }, node)),
        m.reply_count && !this.inThread ? el("button.replies", { type: "button", dataset: { testid: "replies" }, onclick: () => this.open(m.ts) }, `${m.reply_count} 条回复`) : null),
      this.tools(m));
    if (m.follows) node.classList.add("follows");
    return node;
  }

  // A block that has not changed is the same node as before: a table stays sorted, a rating marked.
  blocks(m, renderer) {
    const key = `${m.is_ephemeral ? "e" : ""}${m.ts}`, before = this.kept.get(key) || new Map(), now = new Map();
    const nodes = m.blocks.map((block) => {
      const text = JSON.stringify([block, (m.state || {})[block.block_id]]), old = before.get(block.block_id);
      const node = old && old.text === text ? old.node : renderer.block(block);
      now.set(block.block_id, { text, node });
      return node;
    });
    this.kept.set(key, now);
    return nodes;
  }

  file(f) {
    const address = `/page/files/${f.id}?as=${encodeURIComponent(this.me())}`;
    const link = el("a.file", { href: address, download: f.name, dataset: { testid: "file" } }, icon("clip"), f.title || f.name); // the title, as Slack shows it
    if (!/^image\/(png|jpeg|gif|webp)$/.test(f.mimetype || "")) return link;
    return el("figure", {}, el("img.image", { src: shownAddress(f.id, this.me()), alt: f.name, loading: "lazy" }), el("figcaption", {}, link));
  }

  tools(m) {
    if (m.is_ephemeral) return null;
    const mine = (name) => (m.reactions || []).some((r) => r.name === name && r.users.includes(this.me()));
    const react = (name, node) => this.act(mine(name) ? "unreact" : "react", { channel: m.channel, ts: m.ts, name }, node);
    const more = this.more(m);
    return el("div.tools", {},
      this.inThread ? null : el("button.tool", { type: "button", "aria-label": "在消息列中回复", title: "在消息列中回复", dataset: { testid: "reply" }, onclick: () => this.open(m.thread_ts || m.ts) }, icon("reply"), el("span", {}, "回复")),
      palette(react),
      more.length ? menuButton("tool", { label: "更多操作", mark: icon("more"), dataset: { testid: "more" } }, () => more) : null);
  }

  // What one may do with one's own message, and what the app offers for any.
  more(m) {
    const own = m.user === this.me();
    const actions = (front.shortcuts || []).filter((s) => s.kind === "message").map((s) => (
      { words: s.name, note: `${front.app.name} · ${s.description}`, go: (node) => this.act("message_action", { callback_id: s.callback_id, channel: m.channel, ts: m.ts }, node) }));
    const mine = [{ words: "编辑消息", dataset: { testid: "edit" }, go: () => this.edit(m) }, { words: "删除消息", danger: true, dataset: { testid: "delete" }, go: () => this.remove(m) }];
    return [...(own ? mine : []), ...actions];
  }

  remove(m) {
    const gone = async () => { box.close(); await this.act("delete", { channel: m.channel, ts: m.ts }); };
    const box = dialog("confirm", () => {}, el("h2", {}, "删除这条消息?"), el("p", {}, "删除后不能恢复。"),
      el("div.row", {}, el("button.button", { type: "button", onclick: () => box.close() }, "取消"), el("button.button.danger", { type: "button", dataset: { testid: "confirm" }, onclick: gone }, "删除")));
  }

  // The newest message of one's own that stands here.
  editLast(messages) {
    const m = messages.findLast((one) => one.user === this.me() && one.blocks);
    if (m) this.edit(m);
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
  const named = (e) => (e.user_id ? `@${person(e.user_id).label}` : e.channel_id ? `#${now.channels[e.channel_id] || e.channel_id}` : "");
  return parts.map((e) => e.text || named(e) || e.url || "").join("");
}

export function avatar(id, app) {
  let sum = 0;
  for (const c of id || "") sum = (sum * 31 + c.codePointAt(0)) % 997;
  const name = app ? front.app.name : person(id).real_name || "?";
  return el(`span.avatar.hue${sum % HUES}${app ? ".app" : ""}`, { "aria-hidden": "true" }, [...name][0]);
}
