// The page: who I am, where I am, and everything in front of me, drawn anew after each change at the workspace.
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { takeDrops } from "./drop.js";
import { gather } from "./group.js";
import { front, now, person, placeName } from "./front.js";
import { icon } from "./icons.js";
import { jump } from "./jump.js";
import { Line } from "./line.js";
import { Log } from "./messages.js";
import { menuButton } from "./menu.js";
import { Modals } from "./modal.js";
import { Words } from "./mrkdwn.js";
import { notice } from "./notice.js";
import { goRound } from "./round.js";
import { Panel } from "./panel.js";
import { Side, humans } from "./side.js";
import { NARROW, Stage } from "./stage.js";
import { markSeen, showThreads, threads } from "./threads.js";

const here = new URL(location.href).searchParams;
const view = {
  me: humans.some((p) => p.id === here.get("as")) ? here.get("as") : (humans[0] || {}).id,
  place: here.get("in"),
  tab: here.get("tab") === "home" ? "home" : "messages",
  thread: here.get("thread"),
  now: null,
};
let pressed = null,
  coming = null;

const me = () => view.me;
const place = () => view.now && (view.now.places.find((p) => p.id === view.place) || view.now.places.find((p) => p.id === view.now.dm));
const members = () => (place() ? place().members : []);
const words = new Words({ user: (id) => person(id).label, me, channel: (id) => now.channels[id] || id, zone: () => person(view.me).tz });
const line = new Line({
  me,
  busy: () => drawStatus(),
  offline: (is) => {
    byId("offline").hidden = !is;
  },
  told: (snapshot) => {
    view.now = snapshot;
    Object.assign(now, { places: snapshot.places, channels: snapshot.channels, me: snapshot.me });
    panel.hear(snapshot.now, snapshot.mistakes);
    if (coming) visit(coming);
    draw();
  },
});
const panel = new Panel(me);
const act = (name, fields, node) => line.act(name, fields, node);

// What inputs ask for: options that the app looks up, a place for a file.
const suggest = async (fields) => {
  const answer = await act("suggest", fields);
  return answer.ok ? answer.option_groups || [{ options: answer.options }] : [];
};
const upload = async (file) => {
  const answer = await line.file("/page/upload", {}, file);
  return answer.ok ? answer.file : null;
};

const side = new Side({ visit, become });
const modals = new Modals(words, act, { suggest, upload }, me);
const common = { open: (ts) => go({ thread: ts }), me, suggest };
const log = new Log(byId("log"), words, { ...common, act: pressAndLook, inThread: false });
const threadLog = new Log(byId("thread-log"), words, { ...common, act, inThread: true });
const write = (thread) => async (text) => {
  const answer = await act("write", { text, channel: place().id, thread_ts: thread() });
  return answer.ok || Boolean(answer.sent && !text.startsWith("/"));
};
const attach = (files) => line.drop({ channel: place().id }, files);
const attachHere = (files) => line.drop({ channel: place().id, thread_ts: view.thread }, files);
const shortcut = (one) => act("shortcut", { callback_id: one.callback_id });
const composer = new Composer(byId("composer"), {
  testid: "composer",
  id: "text",
  send: write(() => undefined),
  members,
  attach,
  shortcut,
  editLast: () => log.editLast(place().messages),
});
const reply = new Composer(byId("thread-composer"), {
  testid: "thread-composer",
  id: "reply",
  send: write(() => view.thread),
  members,
  attach: attachHere,
});
const stage = new Stage(view, words, { log, composer, act, suggest, upload });
takeDrops(byId("messages"), attach);
takeDrops(byId("thread"), attachHere);

// A press on a tall message is often answered in its thread, out of sight: remember it, so that the answer can be shown.
function pressAndLook(name, fields, node) {
  const m = name === "press" && place().messages.find((one) => one.ts === fields.ts);
  if (m) pressed = { ts: m.ts, replies: m.reply_count || 0, until: Date.now() + 15_000 };
  return act(name, fields, node);
}

function showAnswer(there) {
  const m = pressed && Date.now() < pressed.until && there.messages.find((one) => one.ts === pressed.ts);
  if (!m || (m.reply_count || 0) <= pressed.replies) return;
  pressed = null;
  if (!NARROW.matches) {
    view.thread = m.ts;
    go({});
    return;
  }
  const link = byId("log").querySelector(`[data-ts="${CSS.escape(m.ts)}"] .replies`);
  requestAnimationFrame(() => requestAnimationFrame(() => link && link.scrollIntoView({ block: "nearest" })));
}

function go(change) {
  Object.assign(view, change);
  const query = new URLSearchParams({ as: view.me });
  for (const [key, value] of [
    ["in", view.place],
    ["tab", view.tab === "home" ? "home" : ""],
    ["thread", view.thread],
  ])
    if (value) query.set(key, value);
  history.replaceState(null, "", `?${query}`);
  draw();
}

function visit(id) {
  side.close();
  coming = view.now.places.some((p) => p.id === id) ? null : id; // a group just made: its place comes with the next snapshot
  if (coming) return;
  go({ place: id, thread: null, tab: "messages" });
  if (id !== view.now.dm) view.beside = id;
  else act("home", { tab: "messages", viewing: view.beside }); // an agent is told what one was looking at
  composer.text.focus();
}

function visitTab(tab) {
  go({ tab, thread: null });
  act("home", { tab });
}

function visitHome() {
  side.close();
  go({ place: view.now.dm });
  visitTab("home");
  byId("home").focus();
}

function become(id) {
  log.node.replaceChildren();
  byId("home").replaceChildren();
  Object.assign(view, { me: id, place: null, beside: undefined, thread: null, tab: "messages", now: null });
  side.be(id);
  history.replaceState(null, "", `?as=${encodeURIComponent(id)}`);
  line.connect();
}

function draw() {
  const there = place();
  if (!there) return;
  view.place = there.id;
  const unread = side.draw(view.now.places, there.id);
  stage.top(there);
  const home = there.id === view.now.dm && view.tab === "home" && front.app.home;
  byId("messages").hidden = home;
  byId("home").hidden = !home;
  if (home) stage.home();
  else stage.messages(there);
  drawStatus();
  drawThread(there);
  drawThreadsMark();
  showAnswer(there);
  modals.show(view.now.modals);
  if (!home && there.unread && document.visibilityState === "visible") act("read", { channel: there.id });
  document.title = `${unread ? `(${unread}) ` : ""}${there.kind === "channel" || there.kind === "group" ? "#" : ""}${placeName(there)} · ${front.team}`;
}

function drawThreadsMark() {
  const news = threads().filter((t) => t.news).length;
  byId("threads-news").hidden = !news;
  byId("threads-news").textContent = news || "";
  byId("threads-open").setAttribute("aria-label", news ? `消息列,${news} 个有新回复` : "消息列");
}

function drawStatus() {
  const there = place();
  if (!there) return;
  const [ts, text] = Object.entries(there.statuses).pop() || [];
  const said = text ? `${front.app.name} ${text}` : line.pending ? "正在送达…" : "";
  byId("status").textContent = ts && view.thread === ts ? "" : said;
  byId("thread-status").textContent = ts && view.thread === ts ? said : "";
}

function drawThread(there) {
  const inside = view.thread ? there.messages.filter((m) => m.ts === view.thread || m.thread_ts === view.thread) : [];
  byId("thread").hidden = !inside.length;
  document.body.classList.toggle("thread-open", Boolean(inside.length));
  if (!inside.length) return;
  byId("thread-place").textContent = there.kind === "channel" ? `#${there.name}` : placeName(there);
  threadLog.place = `${view.me} ${view.thread}`;
  threadLog.show(inside);
  if (document.visibilityState === "visible") markSeen(inside[0]);
  reply.stand(`${view.me} ${there.id} ${view.thread}`);
  reply.label("回复", false);
}

function closeThread() {
  const ts = view.thread;
  go({ thread: null });
  const parent = byId("log").querySelector(`[data-ts="${CSS.escape(ts || "")}"] button`);
  (parent || composer.text).focus();
}

byId("threads-open").addEventListener(
  "click",
  () =>
    view.now &&
    showThreads(words, (id, ts) => {
      visit(id);
      go({ thread: ts });
      byId("thread-log").focus();
    }),
);
byId("group-open").addEventListener("click", () => view.now && gather(act, visit));
byId("place-menu").append(
  menuButton("icon", { label: "频道操作", mark: icon("more") }, () => [
    place().has_app
      ? { words: "把应用移出频道", danger: true, go: (node) => act("remove", { channel: place().id }, node) }
      : { words: "邀请应用", go: (node) => act("invite", { channel: place().id }, node) },
  ]),
);
byId("invite").addEventListener("click", (e) => act("invite", { channel: place().id }, e.currentTarget));
byId("tab-messages").addEventListener("click", () => visitTab("messages"));
byId("tab-home").addEventListener("click", () => visitTab("home"));
byId("tabs").addEventListener("keydown", (e) => {
  if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
  const tab = view.tab === "home" ? "messages" : "home";
  visitTab(tab);
  byId(`tab-${tab}`).focus();
});
byId("thread-close").addEventListener("click", closeThread);
byId("thread").addEventListener("keydown", (e) => {
  if (e.key === "Escape" && !e.defaultPrevented) closeThread();
});
byId("jump-open").addEventListener("click", () => view.now && jump({ visit, home: visitHome }));
document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k") {
    e.preventDefault();
    if (view.now && !document.querySelector("dialog[open]")) jump({ visit, home: visitHome });
  } else if (e.key === "F6" && !document.querySelector("dialog[open]")) {
    e.preventDefault();
    goRound(e.shiftKey);
  }
});
document.addEventListener("visibilitychange", () => draw());
document.addEventListener(
  "toggle",
  (e) => {
    if (e.newState === "closed" && e.target.popover) draw();
  },
  true,
); // what waited for a menu to close
addEventListener("unhandledrejection", (e) => notice(`页面出了差错:${(e.reason && e.reason.message) || e.reason}`));
side.be(view.me);
line.connect();
