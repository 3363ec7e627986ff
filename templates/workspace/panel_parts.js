// The parts of the tester's panel; each turns something by panel.turn({do, …}).
import { wallTime } from "./clocktime.js";
import { el } from "./dom.js";
import { person } from "./front.js";

export const KINDS = {
  ratelimited: "太快(429)",
  server_error: "服务器错误(500),未生效",
  server_error_after: "服务器错误(500),已生效",
  timeout: "超时,未生效",
  timeout_after: "超时,已生效",
  reset: "连接中断,未生效",
  reset_after: "连接中断,已生效",
  slow: "变慢",
  fatal_error: "fatal_error,已生效",
  token_revoked: "令牌被吊销",
};
const SOCKETS = { drop: "断开", half_open: "半开", refresh_requested: "要求重连", warning: "预告断开", link_disabled: "停用连接" };
export const DAY = 86_400;

const press = (words, onclick) => el("button.button.small", { type: "button", onclick }, words);

export function clock(panel) {
  const to = el("input", { type: "datetime-local", "aria-label": "工作区的日期和时间", value: wallTime(panel.now, person(panel.me()).tz) });
  const set = async (what) => {
    await panel.turn({ do: "clock", ...what });
    to.value = wallTime(panel.state.clock.now, person(panel.me()).tz);
  };
  return el(
    "form.part",
    {
      onsubmit: (e) => {
        e.preventDefault();
        if (to.value) set({ to: to.value });
      },
    },
    el("h3", {}, "时间"),
    el("div.row", {}, to, el("button.button.primary", { type: "submit" }, "设定")),
    el(
      "div.actions",
      {},
      press("下一天", () => set({ by: DAY })),
      press("下一周", () => set({ by: 7 * DAY })),
      press("到季末", () => set({ quarter_end: true })),
      press("恢复", () => set({ reset: true })),
    ),
    el("p.hint", { id: "panel-clock" }),
  );
}

export function faults(panel) {
  const select = (label, options) =>
    el(
      "select",
      { "aria-label": label },
      options.map(([value, words]) => el("option", { value }, words)),
    );
  const kind = select(
    "故障",
    panel.state.kinds.map((k) => [k, KINDS[k] || k]),
  );
  const method = select(
    "哪种调用",
    panel.state.methods.map((m) => [m, m === "*" ? "任何调用" : m]),
  );
  const times = el("input", { type: "number", "aria-label": "次数", min: 1, max: 99, value: 1 }),
    seconds = el("input", { type: "number", "aria-label": "秒数", min: 0, max: 60, value: 2 });
  return el(
    "form.part",
    {
      onsubmit: (e) => {
        e.preventDefault();
        panel.turn({ do: "fault", kind: kind.value, method: method.value, times: Number(times.value), seconds: Number(seconds.value) });
      },
    },
    el("h3", {}, "应用的下一次调用会遇到"),
    kind,
    method,
    el("div.row", {}, times, el("span", {}, "次,"), seconds, el("span", {}, "秒"), el("button.button.primary", { type: "submit" }, "添加")),
    el("ul.waiting", { id: "panel-faults", "aria-label": "等待中的故障" }),
    el(
      "div.actions",
      {},
      press("全部清除", () => panel.turn({ do: "clear" })),
    ),
  );
}

export function line(panel) {
  const paced = el("input", { type: "checkbox", id: "panel-paced", onchange: () => panel.turn({ do: "pace", on: paced.checked }) });
  const lag = el("input", {
    type: "number",
    "aria-label": "历史记录滞后的秒数",
    id: "panel-lag",
    min: 0,
    max: 60,
    value: 0,
    onchange: () => panel.turn({ do: "lag", seconds: Number(lag.value) }),
  });
  return el(
    "div.part",
    {},
    el("h3", {}, "连接"),
    el("p.hint", { id: "panel-line" }),
    el(
      "div.actions",
      {},
      Object.entries(SOCKETS).map(([how, words]) => press(words, () => panel.turn({ do: "sockets", how }))),
      press("丢失一次确认", () => panel.turn({ do: "lost_acks", times: 1 })),
    ),
    el("label.choice", {}, paced, el("span", {}, "按 Slack 的速度限制调用")),
    el("div.row", {}, el("span", {}, "历史记录滞后"), lag, el("span", {}, "秒")),
  );
}

export function calls(panel) {
  return el(
    "details.part",
    {
      ontoggle: (e) => {
        if (e.newState === "open") panel.list();
      },
    },
    el("summary", {}, "调用记录"),
    el(
      "div.table",
      { tabindex: "0", role: "region", "aria-label": "调用记录" },
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            ["时间", "调用", "字节", "结果"].map((words) => el("th", { scope: "col" }, words)),
          ),
        ),
        el("tbody", { id: "panel-calls" }),
      ),
    ),
  );
}

export function mistakes(panel) {
  return el(
    "details.part",
    {
      id: "panel-mistakes",
      ontoggle: (e) => {
        if (e.newState === "open") panel.blame();
      },
    },
    el("summary", {}, "应用的问题"),
    el("ul.waiting", { "aria-label": "应用的问题" }),
  );
}
