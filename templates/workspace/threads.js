// My threads over all places, newest first: those that I began, answered, or am named in; and which have news.
import { drafts } from "./drafts.js";
import { dialog, el } from "./dom.js";
import { now, person, placeName } from "./front.js";

const seen = (ts) => drafts.read(`seen ${now.me} ${ts}`);

// A thread that stands open has been read so far.
export function markSeen(parent) {
  if (parent.latest_reply) drafts.write(`seen ${now.me} ${parent.ts}`, parent.latest_reply);
}

export function threads() {
  const mine = (p, m) =>
    m.reply_count &&
    p.messages.some(
      (one) => (one.ts === m.ts || one.thread_ts === m.ts) && (one.user === now.me || (one.text || "").includes(`<@${now.me}>`)),
    );
  const all = now.places.flatMap((p) =>
    p.messages.filter((m) => mine(p, m)).map((m) => ({ place: p, parent: m, last: p.messages.findLast((one) => one.thread_ts === m.ts) })),
  );
  return all
    .map((t) => ({ ...t, news: Boolean(t.last) && t.last.user !== now.me && t.parent.latest_reply > seen(t.parent.ts) }))
    .sort((a, b) => b.parent.latest_reply.localeCompare(a.parent.latest_reply));
}

// open(place, ts): go there
export function showThreads(words, open) {
  const row = (t) =>
    el(
      "li",
      {},
      el(
        `button.thread-row${t.news ? ".news" : ""}`,
        {
          type: "button",
          onclick: () => {
            here.close();
            open(t.place.id, t.parent.ts);
          },
        },
        el("strong", {}, placeName(t.place)),
        t.news ? el("span.unread", {}, "新") : null,
        el("span.first", {}, summary(words, t.parent)),
        el("small", {}, `${t.parent.reply_count} 条回复,最后由 ${person(t.last.user).label}`),
      ),
    );
  const found = threads();
  const here = dialog(
    "jump",
    () => {},
    el("h2", {}, "消息列"),
    found.length ? el("ul.thread-rows", {}, found.map(row)) : el("p.empty", {}, "还没有你参与的消息列。"),
    el("div.row", {}, el("button.button", { type: "button", onclick: () => here.close() }, "关闭")),
  );
}

function summary(words, m) {
  const text = el("span", {}, words.mrkdwn(m.text || ""))
    .textContent.replace(/\s+/g, " ")
    .trim();
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || "(无文字)";
}
