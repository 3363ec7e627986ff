// The messages of a place or of a thread: days, what is new, and where one reads.
import { el, patch } from "./dom.js";
import { drawMessage } from "./message.js";
import { editMessage } from "./tools.js";

export class Log {
  // act(name, fields, node); open(ts): show a thread; me(): the person; suggest(fields): what the app offers an external select
  constructor(node, words, { act, open, me, suggest, inThread }) {
    Object.assign(this, { node, words, act, open, me, suggest, inThread, place: "", away: false, kept: new Map() });
    const look = () =>
      requestAnimationFrame(() => {
        this.away = node.scrollHeight - node.scrollTop - node.clientHeight > 160;
        if (!this.away && this.button) {
          this.button.remove();
          this.button = null;
        }
      });
    for (const kind of ["wheel", "touchmove", "keydown"]) node.addEventListener(kind, look, { passive: true });
  }

  show(messages) {
    const { node } = this;
    const items = this.inThread ? [] : [{ ts: "begin", begin: this.begin }];
    let day = "",
      before = null;
    for (const m of messages) {
      const today = this.day(m.ts);
      if (today !== day && !this.inThread) {
        items.push({ ts: `day-${today}`, day: today });
        before = null;
      }
      day = today;
      const follows = Boolean(
        before && before.user === m.user && !before.is_ephemeral && !m.is_ephemeral && Number(m.ts) - Number(before.ts) < 180,
      );
      if (m.ts === this.unreadFrom) items.push({ ts: "unread", unread: true });
      items.push({ ...m, follows: follows && m.ts !== this.unreadFrom });
      before = m;
    }
    this.scroll(items, () =>
      patch(
        node,
        items,
        (m) => `${m.is_ephemeral ? "e" : ""}${m.ts}`,
        (m) => this.item(m),
      ),
    );
  }

  // An answer taller than the window shows its beginning: what comes first there matters most. Whoever reads further up stays there.
  scroll(items, draw) {
    const { node } = this,
      newest = items[items.length - 1] || { ts: "" };
    const moved = this.place !== this.drawn,
      news = newest.ts !== this.last;
    if (moved) this.kept.clear();
    if (moved && this.button) {
      this.button.remove();
      this.button = null;
    }
    if (moved) node.setAttribute("aria-busy", "true"); // a screen reader is not to read a whole conversation out
    draw();
    Object.assign(this, { last: newest.ts, drawn: this.place });
    if (moved) requestAnimationFrame(() => node.removeAttribute("aria-busy"));
    if (!news) return;
    if (!moved && this.away && newest.user !== this.me()) {
      this.newer();
      return;
    }
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
    const go = () => {
      node.scrollTop = node.scrollHeight;
      this.away = false;
      this.button.remove();
      this.button = null;
    };
    this.button = el("button.newer", { type: "button", onclick: go }, "↓ 有新消息");
    node.after(this.button);
  }

  item(m) {
    if (m.unread) return el("div.day.unread-line", {}, el("span", {}, "新消息"));
    if (m.begin) return el("div.beginning", {}, el("strong", {}, m.begin[0]), m.begin[1]);
    return m.day ? el("div.day", {}, el("span", {}, m.day)) : drawMessage(this, m);
  }

  day(ts) {
    return new Date(Number(ts) * 1000).toLocaleDateString("zh-CN", {
      timeZone: this.words.names.zone(),
      month: "long",
      day: "numeric",
      weekday: "short",
    });
  }
  time(ts) {
    return new Date(Number(ts) * 1000).toLocaleTimeString("zh-CN", {
      timeZone: this.words.names.zone(),
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    });
  }

  // The newest message of one's own that stands here.
  editLast(messages) {
    const m = messages.findLast((one) => one.user === this.me() && one.blocks);
    if (m) editMessage(m, this.act);
  }
}
