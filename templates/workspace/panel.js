// What a tester turns, beside what people do: the workspace's clock, faults that wait for the app's calls, the app's mistakes and the record of its calls.
import { byId, el, patch } from "./dom.js";
import { person } from "./front.js";
import { notice } from "./notice.js";
import { wallTime } from "./clocktime.js";

const KINDS = {
  ratelimited: "太快(429)", server_error: "服务器错误(500),未生效", server_error_after: "服务器错误(500),已生效", timeout: "超时,未生效",
  timeout_after: "超时,已生效", reset: "连接中断,未生效", reset_after: "连接中断,已生效", slow: "变慢", fatal_error: "fatal_error,已生效", token_revoked: "令牌被吊销",
};
const SOCKETS = { drop: "断开", half_open: "半开", refresh_requested: "要求重连", warning: "预告断开", link_disabled: "停用连接" };
const DAY = 86_400;

export class Panel {
  // me(): whose time zone the clock speaks
  constructor(me) {
    Object.assign(this, { me, box: null, ahead: 0, state: null });
    byId("panel-open").addEventListener("click", () => (this.box ? this.close() : this.open()));
    setInterval(() => this.tick(), 10_000);
  }

  // The workspace's clock, from a snapshot; it runs at the speed of ours. And how many mistakes of the app it has seen.
  hear(now, mistakes) {
    this.ahead = now - Date.now() / 1000;
    byId("panel-open").querySelector("span").textContent = mistakes ? `时间与故障 · 应用的问题 ${mistakes}` : "时间与故障";
    this.tick();
    if (this.box) this.refresh();
  }

  get now() { return Date.now() / 1000 + this.ahead; }

  tick() {
    const zone = person(this.me()).tz, at = new Date(this.now * 1000);
    byId("panel-open").querySelector("time").textContent = at.toLocaleString("zh-CN", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
  }

  async turn(what) { this.show(await this.ask("/page/controls", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: this.me(), ...what }) })); }
  async refresh() { this.show(await this.ask("/page/controls")); }

  async ask(path, request) {
    try {
      const response = await fetch(path, request);
      if (response.ok) return await response.json();
      notice(`工作区不接受这个设定(${response.status})`);
    } catch { notice("连不上工作区,请稍后再试。"); }
    return null;
  }

  async open() {
    this.state = await this.ask("/page/controls");
    if (!this.state || this.box) return;
    this.box = el("section.panel", { role: "dialog", "aria-labelledby": "panel-title", dataset: { testid: "panel" }, onkeydown: (e) => { if (e.key === "Escape") this.close(); } },
      el("header", {}, el("h2", { id: "panel-title" }, "时间与故障"), el("button.icon", { type: "button", "aria-label": "关闭", onclick: () => this.close() }, "×")),
      this.clock(), this.faults(), this.line(), this.mistakes(), this.calls());
    byId("panel-open").setAttribute("aria-expanded", "true");
    document.body.append(this.box);
    this.show(this.state);
    this.box.querySelector("input").focus();
  }

  close() {
    this.box.remove();
    this.box = null;
    byId("panel-open").setAttribute("aria-expanded", "false");
    byId("panel-open").focus();
  }

  clock() {
    const to = el("input", { type: "datetime-local", "aria-label": "工作区的日期和时间", value: wallTime(this.now, person(this.me()).tz) });
    const set = async (what) => { await this.turn({ do: "clock", ...what }); to.value = wallTime(this.state.clock.now, person(this.me()).tz); };
    return el("form.part", { onsubmit: (e) => { e.preventDefault(); if (to.value) set({ to: to.value }); } }, el("h3", {}, "时间"), el("div.row", {}, to, el("button.button.primary", { type: "submit" }, "设定")),
      el("div.actions", {}, press("下一天", () => set({ by: DAY })), press("下一周", () => set({ by: 7 * DAY })), press("到季末", () => set({ quarter_end: true })), press("恢复", () => set({ reset: true }))),
      el("p.hint", { id: "panel-clock" }));
  }

  faults() {
    const select = (label, options) => el("select", { "aria-label": label }, options.map(([value, words]) => el("option", { value }, words)));
    const kind = select("故障", this.state.kinds.map((k) => [k, KINDS[k] || k]));
    const method = select("哪种调用", this.state.methods.map((m) => [m, m === "*" ? "任何调用" : m]));
    const times = el("input", { type: "number", "aria-label": "次数", min: 1, max: 99, value: 1 }), seconds = el("input", { type: "number", "aria-label": "秒数", min: 0, max: 60, value: 2 });
    return el("form.part", { onsubmit: (e) => { e.preventDefault(); this.turn({ do: "fault", kind: kind.value, method: method.value, times: Number(times.value), seconds: Number(seconds.value) }); } },
      el("h3", {}, "应用的下一次调用会遇到"), kind, method, el("div.row", {}, times, el("span", {}, "次,"), seconds, el("span", {}, "秒"), el("button.button.primary", { type: "submit" }, "添加")),
      el("ul.waiting", { id: "panel-faults", "aria-label": "等待中的故障" }), el("div.actions", {}, press("全部清除", () => this.turn({ do: "clear" }))));
  }

  line() {
    const paced = el("input", { type: "checkbox", id: "panel-paced", onchange: () => this.turn({ do: "pace", on: paced.checked }) });
    const lag = el("input", { type: "number", "aria-label": "历史记录滞后的秒数", id: "panel-lag", min: 0, max: 60, value: 0, onchange: () => this.turn({ do: "lag", seconds: Number(lag.value) }) });
    return el("div.part", {}, el("h3", {}, "连接"), el("p.hint", { id: "panel-line" }),
      el("div.actions", {}, Object.entries(SOCKETS).map(([how, words]) => press(words, () => this.turn({ do: "sockets", how }))), press("丢失一次确认", () => this.turn({ do: "lost_acks", times: 1 }))),
      el("label.choice", {}, paced, el("span", {}, "按 Slack 的速度限制调用")), el("div.row", {}, el("span", {}, "历史记录滞后"), lag, el("span", {}, "秒")));
  }

  calls() {
    return el("details.part", { ontoggle: (e) => { if (e.newState === "open") this.list(); } }, el("summary", {}, "调用记录"),
      el("div.table", { tabindex: "0", role: "region", "aria-label": "调用记录" }, el("table", {}, el("thead", {}, el("tr", {}, ["时间", "调用", "字节", "结果"].map((words) => el("th", { scope: "col" }, words)))), el("tbody", { id: "panel-calls" }))));
  }

  mistakes() {
    return el("details.part", { id: "panel-mistakes", ontoggle: (e) => { if (e.newState === "open") this.blame(); } }, el("summary", {}, "应用的问题"),
      el("ul.waiting", { "aria-label": "应用的问题" }));
  }

  async blame() {
    const told = await this.ask("/page/mistakes");
    if (!told || !this.box) return;
    const list = byId("panel-mistakes").querySelector("ul");
    patch(list, told.mistakes.toReversed(), (m) => m.number, (m) => el("li", {}, `${this.time(m.time)} ${m.words}`));
    byId("panel-mistakes").querySelector("summary").textContent = `应用的问题(${told.mistakes.length})`;
  }

  time(at) { return new Date(at * 1000).toLocaleTimeString("zh-CN", { timeZone: person(this.me()).tz, hour12: false }); }

  async list() {
    const told = this.state && await this.ask(`/page/calls?after=${Math.max(0, this.state.calls - 50)}`);
    if (!told || !this.box) return;
    patch(byId("panel-calls"), told.calls.toReversed(), (c) => c.number, (c) => el("tr", {}, el("td", {}, this.time(c.time)), el("th", { scope: "row" }, c.method), el("td.number", {}, String(c.bytes)), el("td", {}, c.ok ? "成功" : `${c.error || "没有应答"}(${c.status})`)));
  }

  show(state) {
    if (!state) return;
    this.state = state;
    this.ahead = state.clock.now - Date.now() / 1000;
    this.tick();
    if (!this.box) return;
    const days = Math.round(state.clock.shifted / DAY * 10) / 10;
    byId("panel-clock").textContent = days ? `比开始时的时钟${days > 0 ? "快" : "慢"} ${Math.abs(days)} 天` : "时钟没有移动过";
    byId("panel-line").textContent = state.line === "http" ? "应用以 HTTP 连接" : `应用的连接 ${state.sockets} 条${state.half_open ? `,半开 ${state.half_open} 条` : ""}`;
    byId("panel-paced").checked = state.paced;
    if (document.activeElement !== byId("panel-lag")) byId("panel-lag").value = state.lag;
    patch(byId("panel-faults"), state.faults.map((f, i) => ({ ...f, i })), (f) => f.i, (f) => el("li", {}, `${KINDS[f.kind] || f.kind} · ${f.method === "*" ? "任何调用" : f.method} · ${f.times} 次`));
    if (byId("panel-mistakes").open) this.blame();
    if (byId("panel-calls").closest("details").open) this.list();
  }
}

const press = (words, onclick) => el("button.button.small", { type: "button", onclick }, words);
