// The page's line to the workspace: what a person does goes there, what stands in front of them comes back live.
import { notice } from "./notice.js";

let leaving = false;
addEventListener("beforeunload", () => {
  leaving = true;
});

const LOST = "连不上工作区,请稍后再试。";

export class Line {
  // me(): the person; told(snapshot): what is in front of them now; busy(): something began or ended; offline(is)
  constructor({ me, told, busy, offline }) {
    Object.assign(this, { me, told, busy, offline, pending: 0, socket: null });
  }

  // The answer: {ok: true, …} or {ok: false}, told as a notice.
  act(name, fields, node) {
    const body = JSON.stringify({ as: this.me(), act: name, ...fields });
    // What is sent goes out even where the page is left at once; browsers take 64 KiB that way.
    const keepalive = body.length < 16_000;
    return this.post("/page/do", { headers: { "Content-Type": "application/json" }, body, keepalive }, node);
  }

  // Several, as one message.
  drop(fields, files) {
    const body = new FormData();
    for (const file of files) body.append("file", file, file.name);
    return this.post(`/page/drop?${new URLSearchParams({ as: this.me(), ...fields })}`, { body });
  }

  file(path, fields, file) {
    const query = new URLSearchParams({ as: this.me(), name: file.name, ...fields });
    return this.post(`${path}?${query}`, { headers: { "Content-Type": "application/octet-stream" }, body: file });
  }

  async post(path, request, node) {
    this.wait(1, node);
    try {
      const response = await fetch(path, { method: "POST", ...request });
      const answer = response.ok ? await response.json() : { ok: false, notice: `工作区拒绝了这个操作(${response.status})` };
      if (!answer.ok) notice(answer.notice);
      return answer;
    } catch {
      if (leaving && request.keepalive) return { ok: true }; // it goes out, and nobody is here any more to hear of it
      notice(LOST);
      return { ok: false };
    } finally {
      this.wait(-1, node);
    }
  }

  wait(more, node) {
    this.pending += more;
    if (node && more > 0) node.setAttribute("aria-busy", "true");
    else if (node) node.removeAttribute("aria-busy");
    this.busy();
  }

  connect() {
    if (this.socket) {
      this.socket.onclose = null;
      this.socket.close();
    }
    this.socket = new WebSocket(`ws://${location.host}/page/live?as=${encodeURIComponent(this.me())}`);
    this.socket.onmessage = (e) => {
      this.offline(false);
      this.told(JSON.parse(e.data));
    };
    this.socket.onclose = () => {
      this.offline(true);
      setTimeout(() => this.connect(), 1000);
    };
  }
}
