// What a tester turns, beside what people do: the workspace's clock, faults that wait for the app's calls, the app's mistakes and the record of its calls.
import { byId, el, patch } from "./dom.js";
import { person } from "./front.js";
import { notice } from "./notice.js";
import { DAY, KINDS, calls, clock, faults, line, mistakes } from "./panel_parts.js";

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

  get now() {
    return Date.now() / 1000 + this.ahead;
  }

  tick() {
    const zone = person(this.me()).tz,
      at = new Date(this.now * 1000);
    byId("panel-open").querySelector("time").textContent = at.toLocaleString("zh-CN", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    });
  }

  async turn(what) {
    this.show(
      await this.ask("/page/controls", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ as: this.me(), ...what }),
      }),
    );
  }
  async refresh() {
    this.show(await this.ask("/page/controls"));
  }

  async ask(path, request) {
    try {
      const response = await fetch(path, request);
      if (response.ok) return await response.json();
      notice(`工作区不接受这个设定(${response.status})`);
    } catch {
      notice("连不上工作区,请稍后再试。");
    }
    return null;
  }

  async open() {
    this.state = await this.ask("/page/controls");
    if (!this.state || this.box) return;
    this.box = el(
      "section.panel",
      {
        role: "dialog",
        "aria-labelledby": "panel-title",
        dataset: { testid: "panel" },
        onkeydown: (e) => {
          if (e.key === "Escape") this.close();
        },
      },
      el(
        "header",
        {},
        el("h2", { id: "panel-title" }, "时间与故障"),
        el("button.icon", { type: "button", "aria-label": "关闭", onclick: () => this.close() }, "×"),
      ),
      clock(this),
      faults(this),
      line(this),
      mistakes(this),
      calls(this),
    );
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

  async blame() {
    const told = await this.ask("/page/mistakes");
    if (!told || !this.box) return;
    const list = byId("panel-mistakes").querySelector("ul");
    patch(
      list,
      told.mistakes.toReversed(),
      (m) => m.number,
      (m) => el("li", {}, `${this.time(m.time)} ${m.words}`),
    );
    byId("panel-mistakes").querySelector("summary").textContent = `应用的问题(${told.mistakes.length})`;
  }

  time(at) {
    return new Date(at * 1000).toLocaleTimeString("zh-CN", { timeZone: person(this.me()).tz, hour12: false });
  }

  async list() {
    const told = this.state && (await this.ask(`/page/calls?after=${Math.max(0, this.state.calls - 50)}`));
    if (!told || !this.box) return;
    patch(
      byId("panel-calls"),
      told.calls.toReversed(),
      (c) => c.number,
      (c) =>
        el(
          "tr",
          {},
          el("td", {}, this.time(c.time)),
          el("th", { scope: "row" }, c.method),
          el("td.number", {}, String(c.bytes)),
          el("td", {}, c.ok ? "成功" : `${c.error || "没有应答"}(${c.status})`),
        ),
    );
  }

  show(state) {
    if (!state) return;
    this.state = state;
    this.ahead = state.clock.now - Date.now() / 1000;
    this.tick();
    if (!this.box) return;
    const days = Math.round((state.clock.shifted / DAY) * 10) / 10;
    byId("panel-clock").textContent = days ? `比开始时的时钟${days > 0 ? "快" : "慢"} ${Math.abs(days)} 天` : "时钟没有移动过";
    byId("panel-line").textContent =
      state.line === "http" ? "应用以 HTTP 连接" : `应用的连接 ${state.sockets} 条${state.half_open ? `,半开 ${state.half_open} 条` : ""}`;
    byId("panel-paced").checked = state.paced;
    if (document.activeElement !== byId("panel-lag")) byId("panel-lag").value = state.lag;
    patch(
      byId("panel-faults"),
      state.faults.map((f, i) => ({ ...f, i })),
      (f) => f.i,
      (f) => el("li", {}, `${KINDS[f.kind] || f.kind} · ${f.method === "*" ? "任何调用" : f.method} · ${f.times} 次`),
    );
    if (byId("panel-mistakes").open) this.blame();
    if (byId("panel-calls").closest("details").open) this.list();
  }
}
