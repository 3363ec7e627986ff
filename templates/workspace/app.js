// The page: who I am, where I am, and everything in front of me, drawn anew after each change at the workspace.
import { Blocks } from "./blocks.js";
import { Composer } from "./composer.js";
import { byId, el, lock, patch } from "./dom.js";
import { front, nameOf, people, person } from "./front.js";
import { Log } from "./messages.js";
import { Modals } from "./modal.js";
import { Words } from "./mrkdwn.js";

const here = new URL(location.href).searchParams;
const humans = people.filter((p) => !p.bot && !p.deleted);
const view = {
  me: humans.some((p) => p.id === here.get("as")) ? here.get("as") : (humans[0] || {}).id,
  place: here.get("in"), tab: here.get("tab") === "home" ? "home" : "messages", thread: here.get("thread"), now: null,
};
let socket = null, pending = 0, pressed = null;

const words = new Words({ user: nameOf, me: () => view.me, channel: (id) => (view.now ? view.now.channels[id] : id), zone: () => person(view.me).tz });

async function act(name, fields, node) {
  pending += 1;
  if (node) node.setAttribute("aria-busy", "true");
  drawStatus();
  try {
    const response = await fetch("/page/do", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: view.me, act: name, ...fields }) });
    const answer = response.ok ? await response.json() : { ok: false, notice: `工作区拒绝了这个操作(${response.status})` };
    if (!answer.ok) notice(answer.notice);
    return answer;
  } catch {
    notice("连不上工作区,请稍后再试。");
    return { ok: false };
  } finally {
    pending -= 1;
    if (node) node.removeAttribute("aria-busy");
    drawStatus();
  }
}

// A press on a tall message is often answered in its thread, out of sight: remember it, so that the answer can be shown.
function pressAndLook(name, fields, node) {
  const m = name === "press" && place().messages.find((one) => one.ts === fields.ts);
  if (m) pressed = { ts: m.ts, replies: m.reply_count || 0, until: Date.now() + 15_000 };
  return act(name, fields, node);
}

function showAnswer(here) {
  const m = pressed && Date.now() < pressed.until && here.messages.find((one) => one.ts === pressed.ts);
  if (!m || (m.reply_count || 0) <= pressed.replies) return;
  pressed = null;
  if (matchMedia("(min-width: 761px)").matches) { view.thread = m.ts; go({}); return; }
  const link = byId("log").querySelector(`[data-ts="${CSS.escape(m.ts)}"] .replies`);
  requestAnimationFrame(() => requestAnimationFrame(() => link && link.scrollIntoView({ block: "nearest" })));
}

function notice(text) {
  const box = el("div.notice", { dataset: { testid: "notice" } }, el("span", {}, text), el("button.icon", { type: "button", "aria-label": "关闭提示", onclick: () => box.remove() }, "×"));
  byId("notices").append(box);
  while (byId("notices").children.length > 3) byId("notices").firstChild.remove();
}

const modals = new Modals(words, act);
const common = { act, open: (ts) => go({ thread: ts }), me: () => view.me };
const log = new Log(byId("log"), words, { ...common, act: pressAndLook, inThread: false });
const threadLog = new Log(byId("thread-log"), words, { ...common, inThread: true });
const write = (thread) => async (text) => {
  const answer = await act("write", { text, channel: place().id, thread_ts: thread() });
  return answer.ok || Boolean(answer.sent && !text.startsWith("/"));
};
const members = () => (place() ? place().members : []);
async function attach(file) {
  const query = new URLSearchParams({ as: view.me, channel: place().id, name: file.name });
  try {
    const response = await fetch(`/page/drop?${query}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
    const answer = response.ok ? await response.json() : { ok: false, notice: `工作区拒绝了这个文件(${response.status})` };
    if (!answer.ok) notice(answer.notice);
  } catch {
    notice("连不上工作区,请稍后再试。");
  }
}
const composer = new Composer(byId("composer"), { testid: "composer", id: "text", send: write(() => undefined), members, attach });
byId("messages").addEventListener("dragover", (e) => { if (e.dataTransfer.types.includes("Files")) e.preventDefault(); });
byId("messages").addEventListener("drop", async (e) => { e.preventDefault(); for (const file of e.dataTransfer.files) await attach(file); });
const reply = new Composer(byId("thread-composer"), { testid: "thread-composer", id: "reply", send: write(() => view.thread), members });

const place = () => view.now && (view.now.places.find((p) => p.id === view.place) || view.now.places.find((p) => p.id === view.now.dm));

function go(change) {
  Object.assign(view, change);
  const query = new URLSearchParams({ as: view.me });
  for (const [key, value] of [["in", view.place], ["tab", view.tab === "home" ? "home" : ""], ["thread", view.thread]]) if (value) query.set(key, value);
  history.replaceState(null, "", `?${query}`);
  draw();
}

function visit(id) {
  closeMenu();
  go({ place: id, thread: null, tab: "messages" });
  if (view.now && id === view.now.dm) act("home", { tab: "messages" });
  composer.text.focus();
}

function visitTab(tab) {
  go({ tab, thread: null });
  act("home", { tab });
}

function closeMenu() { document.body.classList.remove("menu-open"); byId("menu").setAttribute("aria-expanded", "false"); }

function draw() {
  const here = place();
  if (!here) return;
  view.place = here.id;
  drawSide();
  drawTop(here);
  const home = here.id === view.now.dm && view.tab === "home" && front.app.home;
  byId("messages").hidden = home;
  byId("home").hidden = !home;
  if (home) drawHome(); else drawMessages(here);
  drawThread(here);
  showAnswer(here);
  modals.show(view.now.modals);
  if (!home && here.unread && document.visibilityState === "visible") act("read", { channel: here.id });
  document.title = `${here.kind === "im" ? front.app.name : `#${here.name}`} · ${front.team}`;
}

function drawSide() {
  const item = (p) => {
    const dm = p.kind === "im", name = dm ? front.app.name : p.name;
    return el("li", {}, el("button.place", { type: "button", "aria-current": p.current ? "page" : undefined,
      "aria-label": `${dm ? "与应用的私信" : p.kind === "group" ? "私有频道" : "频道"} ${name}${p.unread ? `,${p.unread} 条未读` : ""}`,
      dataset: { testid: dm ? "dm" : `channel-${p.name}` }, onclick: () => visit(p.id) },
    el("span.mark", { "aria-hidden": "true" }, dm ? "◆" : p.kind === "group" ? lock() : "#"), el("span.name", {}, name), p.unread ? el("span.unread", { dataset: { testid: "unread" } }, String(p.unread)) : null));
  };
  const rows = view.now.places.map((p) => ({ id: p.id, kind: p.kind, name: p.name, unread: p.unread, current: p.id === view.place }));
  patch(byId("apps"), rows.filter((p) => p.kind === "im"), (p) => p.id, item);
  patch(byId("channels"), rows.filter((p) => p.kind !== "im"), (p) => p.id, item);
}

function drawTop(here) {
  const dm = here.kind === "im";
  byId("place-name").replaceChildren(...(dm ? [front.app.name] : [here.kind === "group" ? lock() : "#", ` ${here.name}`]));
  byId("place-topic").textContent = dm ? front.app.about : [`${here.members.length} 人`, here.topic].filter(Boolean).join(" · ");
  byId("tabs").hidden = !dm || !front.app.home;
  for (const tab of ["messages", "home"]) {
    byId(`tab-${tab}`).setAttribute("aria-selected", String(view.tab === tab));
    byId(`tab-${tab}`).tabIndex = view.tab === tab ? 0 : -1;
  }
}

function drawMessages(here) {
  log.begin = here.kind === "im" ? [front.app.name, `这里只有你和 ${front.app.name}。直接提问,或输入 / 使用命令。`] : [`# ${here.name}`, "频道从这里开始。"];
  log.show(here.messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast" || (m.is_ephemeral && !m.thread_ts)));
  byId("absent").hidden = here.has_app;
  const closed = here.kind === "im" && (!front.app.messages || front.app.read_only);
  composer.label(closed ? "这个应用不接收私信" : here.kind === "im" ? `给 ${front.app.name} 发消息,或输入 / 使用命令` : `在 #${here.name} 发消息,@ 提及他人`, closed);
  const offered = here.prompts ? here.prompts.prompts : here.kind === "im" && here.messages.length === 0 ? front.app.prompts : [];
  byId("prompts").hidden = !offered.length;
  patch(byId("prompts"), offered, (p) => p.title + p.message, (p) => el("button.prompt", { type: "button", onclick: () => act("write", { text: p.message || p.title, channel: here.id }) }, p.title));
  drawStatus();
}

function drawStatus() {
  const here = place();
  if (!here) return;
  const [ts, text] = Object.entries(here.statuses).pop() || [];
  const line = text ? `${front.app.name} ${text}` : pending ? "正在送达…" : "";
  byId("status").textContent = ts && view.thread === ts ? "" : line;
  byId("thread-status").textContent = ts && view.thread === ts ? line : "";
}

function drawHome() {
  const home = view.now.home;
  const use = async (block, element, value, node, how) => { if (how !== "keep") await act("press", { where: "home", action_id: element.action_id, block_id: block.block_id, value }, node); };
  if (!home) { byId("home").replaceChildren(el("p.empty", {}, `${front.app.name} 还没有准备主页。`)); return; }
  const blocks = new Blocks(words, use, { where: "home", state: home.state.values });
  patch(byId("home"), home.blocks.map((b) => ({ b, state: home.state.values[b.block_id] })), ({ b }) => b.block_id, ({ b }) => blocks.block(b));
}

function drawThread(here) {
  const inside = view.thread ? here.messages.filter((m) => m.ts === view.thread || m.thread_ts === view.thread) : [];
  byId("thread").hidden = !inside.length;
  document.body.classList.toggle("thread-open", Boolean(inside.length));
  if (!inside.length) return;
  byId("thread-place").textContent = here.kind === "im" ? front.app.name : `#${here.name}`;
  threadLog.show(inside);
  reply.label("回复", false);
}

function closeThread() {
  const ts = view.thread;
  go({ thread: null });
  const parent = byId("log").querySelector(`[data-ts="${CSS.escape(ts || "")}"] button`);
  (parent || composer.text).focus();
}

function connect() {
  if (socket) { socket.onclose = null; socket.close(); }
  socket = new WebSocket(`ws://${location.host}/page/live?as=${encodeURIComponent(view.me)}`);
  socket.onmessage = (e) => { byId("offline").hidden = true; view.now = JSON.parse(e.data); draw(); };
  socket.onclose = () => { byId("offline").hidden = false; setTimeout(connect, 1000); };
}

function become(id) {
  log.node.replaceChildren();
  byId("home").replaceChildren();
  Object.assign(view, { me: id, place: null, thread: null, tab: "messages", now: null });
  byId("who-title").textContent = title(person(id));
  history.replaceState(null, "", `?as=${encodeURIComponent(id)}`);
  connect();
}

const title = (p) => [p.title, p.group, p.guest ? "访客" : "", p.stranger ? "外部人员" : ""].filter(Boolean).join(" · ");

function fillPeople() {
  const groups = Map.groupBy ? Map.groupBy(humans, (p) => p.group) : humans.reduce((m, p) => m.set(p.group, [...(m.get(p.group) || []), p]), new Map());
  for (const [group, list] of groups) {
    const options = list.map((p) => el("option", { value: p.id }, p.title ? `${p.real_name}(${p.title})` : p.real_name));
    if (group) byId("who").append(el("optgroup", { label: group }, options)); else byId("who").append(...options);
  }
  byId("who").value = view.me;
  byId("who-title").textContent = title(person(view.me));
}

byId("invite").addEventListener("click", (e) => act("invite", { channel: place().id }, e.currentTarget));
byId("who").addEventListener("change", (e) => become(e.target.value));
byId("tab-messages").addEventListener("click", () => visitTab("messages"));
byId("tab-home").addEventListener("click", () => visitTab("home"));
byId("tabs").addEventListener("keydown", (e) => {
  if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
  const tab = view.tab === "home" ? "messages" : "home";
  visitTab(tab);
  byId(`tab-${tab}`).focus();
});
byId("thread-close").addEventListener("click", closeThread);
byId("thread").addEventListener("keydown", (e) => { if (e.key === "Escape" && !e.defaultPrevented) closeThread(); });
byId("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("menu-open");
  byId("menu").setAttribute("aria-expanded", String(open));
  if (open) byId("who").focus();
});
byId("side").addEventListener("keydown", (e) => { if (e.key === "Escape") { closeMenu(); byId("menu").focus(); } });
byId("main").addEventListener("click", (e) => { if (!byId("menu").contains(e.target)) closeMenu(); });
document.addEventListener("visibilitychange", () => draw());
fillPeople();
connect();
