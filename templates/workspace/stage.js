// The middle of the page: its title and tabs, the messages with what is offered below them, or the app's Home.
import { Blocks } from "./blocks.js";
import { byId, el, patch } from "./dom.js";
import { front, placeName } from "./front.js";
import { icon } from "./icons.js";

export const NARROW = matchMedia("(max-width: 760px)");

export class Stage {
  // view: who and where; log, composer: of the messages; act, suggest, upload: as the page does them
  constructor(view, words, { log, composer, act, suggest, upload }) {
    Object.assign(this, { view, words, log, composer, act, suggest, upload });
  }

  top(there) {
    const { view } = this;
    const mark = { channel: "#", group: icon("lock", 13) }[there.kind];
    byId("place-name").replaceChildren(...(mark ? [mark, ` ${there.name}`] : [placeName(there)]));
    byId("place-topic").textContent =
      there.kind === "im"
        ? front.app.about
        : [`${there.members.length} 人`, there.shared ? "与外部组织共享" : "", there.archived ? "已归档" : "", there.topic]
            .filter(Boolean)
            .join(" · ");
    byId("place-menu").hidden = there.kind !== "channel" && there.kind !== "group";
    byId("tabs").hidden = there.kind !== "im" || !front.app.home;
    for (const tab of ["messages", "home"]) {
      byId(`tab-${tab}`).setAttribute("aria-selected", String(view.tab === tab));
      byId(`tab-${tab}`).tabIndex = view.tab === tab ? 0 : -1;
    }
  }

  messages(there) {
    const { view } = this;
    const dm = there.kind === "im";
    this.log.begin = dm
      ? [front.app.name, `这里只有你和 ${front.app.name}。直接提问,或输入 / 使用命令。`]
      : [`${there.kind === "mpim" ? "" : "# "}${placeName(there)}`, there.kind === "mpim" ? "这个群聊从这里开始。" : "频道从这里开始。"];
    if (this.log.place !== `${view.me} ${there.id}`) this.log.unreadFrom = firstUnread(there, view.me);
    this.log.place = `${view.me} ${there.id}`;
    this.log.show(
      there.messages.filter(
        (m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast" || (m.is_ephemeral && !m.thread_ts),
      ),
    );
    byId("absent").hidden = there.has_app || there.kind === "mpim";
    const closed = there.archived || (dm && (!front.app.messages || front.app.read_only));
    this.composer.stand(`${view.me} ${there.id}`);
    const [to, how] = dm
      ? [`给 ${front.app.name} 发消息`, "或输入 / 使用命令"]
      : [`在 ${there.kind === "mpim" ? "" : "#"}${placeName(there)} 发消息`, "@ 提及他人"];
    this.composer.label(
      there.archived ? "这个频道已归档" : closed ? "这个应用不接收私信" : `${to},${how}`,
      closed,
      closed || !NARROW.matches ? "" : `发消息,${how}`,
    );
    this.prompts(there);
  }

  prompts(there) {
    const own = there.kind === "im" && there.messages.length === 0 ? front.app.prompts : [];
    const { title = "", prompts = own } = there.prompts || {};
    byId("prompts").hidden = !prompts.length;
    patch(
      byId("prompts"),
      [...(title && prompts.length ? [{ heading: title }] : []), ...prompts],
      (p) => p.heading || p.title + p.message,
      (p) =>
        p.heading
          ? el("p.prompts-title", {}, p.heading)
          : el(
              "button.prompt",
              { type: "button", onclick: () => this.act("write", { text: p.message || p.title, channel: there.id }) },
              p.title,
            ),
    );
  }

  home() {
    const { words, act, suggest, upload } = this;
    const { home } = this.view.now;
    if (!home) {
      byId("home").replaceChildren(el("p.empty", {}, `${front.app.name} 还没有准备主页。`));
      return;
    }
    const target = (block, element) => ({ where: "home", action_id: element.action_id, block_id: block.block_id });
    const use = async (block, element, value, node, how) => {
      if (how !== "typing") await act("press", { ...target(block, element), value }, node);
    };
    const blocks = new Blocks(words, use, {
      where: "home",
      state: home.state.values,
      suggest: (block, element, text) => suggest({ ...target(block, element), value: text }),
      upload,
    });
    patch(
      byId("home"),
      home.blocks.map((b) => ({ b, state: home.state.values[b.block_id] })),
      ({ b }) => b.block_id,
      ({ b }) => blocks.block(b),
    );
  }
}

// The oldest of what had not been read when one came here; nothing where that is all there is.
function firstUnread(there, me) {
  const others = there.messages.filter((m) => m.user !== me && !m.hidden && (!m.thread_ts || m.thread_ts === m.ts));
  return there.unread && there.unread < there.messages.length && others.length
    ? others[Math.max(0, others.length - there.unread)].ts
    : null;
}
