// One phone: it shows the chat of one person and acts as that person.
import { bubble, dayOf, el, size } from "./render.js";

export async function get(path) { return answer(await fetch(path)); }

export async function post(path, body) {
  return answer(await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}

async function answer(res) {
  const data = await res.json().catch(() => ({}));
  if (!res.ok) throw new Error(data.error || "Máy chủ mô phỏng trả lời " + res.status + ".");
  return data;
}

const sideNames = { resident: "Người dân", staff: "Cán bộ" };
const pageSize = 200;
const buttonPatience = 10_000; // ms a pressed button shows that it waits
const toastTime = 4_000; // ms

export class Phone {
  constructor(root, side, wanted, remember) {
    root.append(document.getElementById("phone").content.cloneNode(true));
    Object.assign(this, { root, side, wanted, remember, id: 0, people: [], limit: pageSize, rows: new Map(), byID: new Map() });
    Object.assign(this, { drafts: new Map(), unread: new Map(), waiting: new Map(), keyboardSig: "", mode: null, newest: 0 });
    this.$ = (query) => root.querySelector(query);
    this.input = this.$(".compose textarea");
    this.log = this.$(".log");
    this.$(".who-title").textContent = sideNames[side];
    this.listen();
  }

  listen() {
    this.$(".picker").addEventListener("change", (ev) => this.show(Number(ev.target.value)));
    this.listenCompose();
    this.listenMenus();
    this.$(".start").addEventListener("click", () => this.act("start", {}));
    this.$(".unblock").addEventListener("click", () => this.act("unblock", {}));
    this.$(".jump").addEventListener("click", () => this.toEnd(true));
    this.log.addEventListener("scroll", () => this.scrolled());
    this.$(".older").addEventListener("click", () => { this.limit += pageSize; this.refresh(); });
    // pictures change the height after they load
    this.log.addEventListener("load", () => { if (this.atEnd) this.toEnd(); }, true);
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.log);
    this.atEnd = true;
  }

  listenCompose() {
    this.$(".compose").addEventListener("submit", (ev) => { ev.preventDefault(); this.send(); });
    this.input.addEventListener("keydown", (ev) => this.key(ev));
    this.input.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.input.addEventListener("paste", (ev) => {
      if (ev.clipboardData.files.length) { ev.preventDefault(); this.preview("media", [...ev.clipboardData.files]); }
    });
    this.$(".context-close").addEventListener("click", () => this.setMode(null));
    this.$(".keyboard-toggle").addEventListener("click", () => this.toggleKeyboard(this.$(".keyboard").hidden));
    for (const as of ["media", "document", "voice"]) {
      const picker = this.$(".file-" + as);
      picker.addEventListener("change", () => { this.preview(as, [...picker.files]); picker.value = ""; });
    }
  }

  listenMenus() {
    const toggles = { ".more": ".more-menu", ".attach": ".attach-menu", ".commands-toggle": ".commands" };
    for (const [button, menu] of Object.entries(toggles)) {
      this.$(button).addEventListener("click", (ev) => {
        ev.stopPropagation();
        const open = this.$(menu).hidden;
        this.closeMenus();
        if (open && menu === ".commands") this.listCommands("");
        this.$(menu).hidden = !open;
        this.$(button).setAttribute("aria-expanded", open);
        if (open) this.$(menu).querySelector("button:not([hidden])")?.focus();
      });
      this.$(menu).addEventListener("keydown", (ev) => this.walkMenu(ev, this.$(button)));
    }
    document.addEventListener("click", () => this.closeMenus());
    for (const menu of [".more-menu", ".attach-menu"]) {
      this.$(menu).addEventListener("click", (ev) => this.choose(ev.target.closest("button")?.dataset.do));
    }
  }

  walkMenu(ev, opener) {
    const list = [...ev.currentTarget.querySelectorAll("button:not([hidden])")];
    const at = list.indexOf(document.activeElement);
    if (ev.key === "ArrowDown") list[(at + 1) % list.length]?.focus();
    else if (ev.key === "ArrowUp") list[(at + list.length - 1) % list.length]?.focus();
    else if (ev.key === "Escape") { this.closeMenus(); opener.focus(); }
    else return;
    ev.preventDefault();
  }

  closeMenus() {
    for (const menu of this.root.querySelectorAll(".menu")) menu.hidden = true;
    for (const b of this.root.querySelectorAll("[aria-expanded]")) b.setAttribute("aria-expanded", "false");
  }

  choose(what) {
    if (["media", "document", "voice"].includes(what)) this.$(".file-" + what).click();
    else if (what === "location") this.askPlace();
    else if (what === "link") this.askLink();
    else if (what) this.act(what, {});
  }

  // People and events.

  setPeople(bot, people) {
    this.bot = bot;
    this.people = people;
    this.$(".bot-name").textContent = bot.name;
    this.$(".avatar").textContent = [...bot.name.trim()][0]?.toUpperCase() || "B";
    this.$(".about").textContent = bot.about || "Bấm BẮT ĐẦU để nói chuyện với bot.";
    const known = (id) => people.some((u) => u.id === id);
    const id = known(this.id) ? this.id : known(this.wanted) ? this.wanted : people[0]?.id || 0;
    this.fillPicker(id);
    if (id !== this.id) this.show(id);
  }

  fillPicker(id) {
    const picker = this.$(".picker");
    picker.replaceChildren(...this.people.map((u) => {
      const name = u.label || [u.first_name, u.last_name].filter(Boolean).join(" ");
      const n = this.unread.get(u.id);
      return el("option", { value: u.id }, n ? `${name} (${n} tin mới)` : name);
    }));
    if (!this.people.length) picker.append(el("option", { value: 0 }, "Chưa có ai"));
    picker.value = id;
    const others = [...this.unread].some(([user, n]) => n && user !== id);
    this.$(".who").classList.toggle("news", others);
  }

  show(id) {
    if (this.id) this.drafts.set(this.id, this.input.value);
    Object.assign(this, { id, limit: pageSize, newest: 0, keyboardSig: "", atEnd: true });
    this.unread.delete(id);
    this.rows.clear();
    this.$(".messages").replaceChildren();
    this.$(".toasts").replaceChildren();
    this.$(".sheet").hidden = true;
    this.setMode(null);
    this.input.value = this.drafts.get(id) || "";
    this.grow();
    this.fillPicker(id);
    this.remember();
    this.refresh();
  }

  hear(e) {
    if (e.chat !== this.id) {
      if (e.fresh && this.people.some((u) => u.id === e.chat)) {
        this.unread.set(e.chat, (this.unread.get(e.chat) || 0) + 1);
        this.fillPicker(this.id);
      }
      return;
    }
    if (e.kind === "typing") this.setTyping(e.millis);
    else if (e.kind === "answer") this.answered(e);
    else this.refresh();
  }

  // refresh loads the screen. Calls while one is under way become one more.
  async refresh() {
    if (!this.id) return;
    if (this.loading) { this.again = true; return; }
    this.loading = true;
    do {
      this.again = false;
      const id = this.id;
      const state = await get(`/sim/chat?user=${id}&limit=${this.limit}`).catch(() => null);
      if (!state) break;
      if (id === this.id) this.render(state);
      else this.again = true;
    } while (this.again);
    this.loading = false;
  }

  render(state) {
    this.state = state;
    this.renderMessages(state.messages);
    this.renderBottom(state);
    this.setTyping(state.typing);
    this.$(".older").hidden = !state.more;
    this.$(".about").hidden = state.messages.length > 0;
    for (const [what, hidden] of [["block", state.blocked], ["unblock", !state.blocked]]) {
      this.$(`.more-menu [data-do=${what}]`).hidden = hidden;
    }
  }

  // renderMessages redraws only what changed, so a playing video plays on.
  renderMessages(messages) {
    this.byID = new Map(messages.map((m) => [m.id, m]));
    const before = this.newest;
    const rows = new Map();
    for (const { key, sig, draw } of this.plan(messages)) {
      const old = this.rows.get(key);
      rows.set(key, old && old.sig === sig ? old : { sig, node: draw() });
    }
    const box = this.$(".messages");
    for (const [key, row] of this.rows) if (rows.get(key) !== row) row.node.remove();
    let at = box.firstChild;
    for (const row of rows.values()) {
      if (row.node === at) at = at.nextSibling;
      else box.insertBefore(row.node, at);
    }
    this.rows = rows;
    this.newest = Math.max(0, ...messages.map((m) => m.id));
    const fresh = messages.filter((m) => m.id > before);
    if (this.atEnd || fresh.some((m) => !m.from_bot)) this.toEnd();
    else this.count(fresh.length);
  }

  // plan lists the rows of the log: day marks, messages, albums.
  plan(messages) {
    const out = [];
    let day = "";
    for (let i = 0; i < messages.length; ) {
      const m = messages[i];
      const today = dayOf(m.date);
      if (today !== day) {
        day = today;
        out.push({ key: "day " + day, sig: day, draw: () => el("div", { class: "day" }, el("span", {}, today)) });
      }
      let n = i + 1;
      while (m.album && n < messages.length && messages[n].album === m.album) n++;
      const list = messages.slice(i, n);
      const tail = n === messages.length || messages[n].from_bot !== m.from_bot;
      out.push({ key: "m" + m.id, sig: JSON.stringify(list) + tail, draw: () => this.draw(list, tail) });
      i = n;
    }
    return out;
  }

  draw(list, tail) {
    const row = bubble(list, this);
    row.classList.toggle("tail", tail);
    return row;
  }

  quote(id) {
    const m = this.byID.get(id);
    const jump = () => this.$(`.bubble[data-id="${id}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
    return el("button", { type: "button", class: "quote", onclick: jump },
      el("b", {}, m ? (m.from_bot ? this.bot.name : "Bạn") : "Tin nhắn"), el("span", {}, m ? summary(m) : "đã xóa"));
  }

  renderBottom(state) {
    const open = state.started && !state.blocked;
    this.$(".compose").hidden = !open;
    this.$(".start").hidden = state.started || state.blocked;
    this.$(".unblock").hidden = !state.blocked;
    this.$(".commands-toggle").hidden = !state.commands?.length;
    const k = open ? state.keyboard : null;
    this.input.placeholder = k?.input_field_placeholder || "Tin nhắn";
    this.$(".keyboard-toggle").hidden = !k;
    const sig = JSON.stringify(k);
    if (sig === this.keyboardSig) return;
    this.keyboardSig = sig;
    this.renderKeyboard(k);
  }

  renderKeyboard(k) {
    const box = this.$(".keyboard");
    box.classList.toggle("resize", !!k?.resize_keyboard);
    box.replaceChildren(...(k?.keyboard || []).map((row) => el("div", { class: "row" }, ...row.map((b) =>
      el("button", { type: "button", onclick: () => this.tap(k, b) }, b.text)))));
    this.toggleKeyboard(!!k);
  }

  toggleKeyboard(on) {
    this.$(".keyboard").hidden = !on;
    this.$(".keyboard-toggle").setAttribute("aria-pressed", on);
    if (this.atEnd) this.toEnd();
  }

  tap(k, b) {
    this.act("keyboard", { label: b.text });
    if (k.one_time_keyboard) this.toggleKeyboard(false);
  }

  setTyping(millis) {
    clearTimeout(this.typingTimer);
    const status = this.$(".status");
    status.textContent = millis > 0 ? "đang nhập…" : "bot";
    status.classList.toggle("typing", millis > 0);
    if (millis > 0) this.typingTimer = setTimeout(() => this.setTyping(0), millis);
  }

  // Scrolling.

  scrolled() {
    this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    this.$(".jump").hidden = this.atEnd;
    if (this.atEnd) this.missed = 0;
    this.$(".jump .count").textContent = this.missed || "";
  }

  count(n) {
    this.missed = (this.missed || 0) + n;
    this.$(".jump").hidden = false;
    this.$(".jump .count").textContent = this.missed || "";
  }

  toEnd(smooth) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    if (!smooth) { this.atEnd = true; this.missed = 0; this.$(".jump").hidden = true; }
  }

  // Writing.

  key(ev) {
    if (ev.isComposing) return; // Vietnamese input methods finish a word with Enter
    if (ev.key === "Enter" && !ev.shiftKey) { ev.preventDefault(); this.send(); }
    else if (ev.key === "Escape") { this.closeMenus(); this.setMode(null); }
    else if (ev.key === "ArrowDown" && !this.$(".commands").hidden) { ev.preventDefault(); this.$(".commands button")?.focus(); }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = Math.min(this.input.scrollHeight, 130) + "px";
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const mode = this.mode;
    const done = mode?.edit
      ? await this.act("edit", { message: mode.edit, text })
      : await this.act("send", { text, reply_to: mode?.reply || 0 });
    if (!done) return;
    this.input.value = "";
    this.setMode(null);
    this.grow();
    this.closeMenus();
  }

  // setMode shows above the input what the next text is for: {edit} or {reply}.
  setMode(mode) {
    if (this.mode?.edit && !mode) { this.input.value = ""; this.grow(); }
    this.mode = mode;
    this.$(".context").hidden = !mode;
    if (!mode) return;
    const m = this.byID.get(mode.edit || mode.reply);
    this.$(".context-text").replaceChildren(el("b", {}, mode.edit ? "Chỉnh sửa" : "Trả lời"), el("span", {}, summary(m)));
    if (mode.edit) { this.input.value = m.text; this.grow(); }
    this.input.focus();
  }

  suggest() {
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.input.value);
    if (typed) this.listCommands(typed[1].toLowerCase());
    this.$(".commands").hidden = !typed || !this.$(".commands").childElementCount;
  }

  listCommands(prefix) {
    const list = (this.state?.commands || []).filter((c) => c.command.startsWith(prefix));
    this.$(".commands").replaceChildren(...list.map((c) => el("button", {
      type: "button", role: "menuitem", onclick: () => { this.input.value = ""; this.grow(); this.act("send", { text: "/" + c.command }); this.input.focus(); },
    }, el("b", {}, "/" + c.command), el("span", {}, c.description))));
  }

  // act asks the server to do something as this person; false = refused.
  async act(name, body) {
    try {
      await post("/sim/" + name, { user: this.id, ...body });
      return true;
    } catch (err) {
      this.toast(err.message);
      return false;
    }
  }

  async press(message, data, button) {
    const key = message + " " + data;
    button.classList.add("waiting");
    const stop = () => { button.classList.remove("waiting"); this.waiting.delete(key); };
    this.waiting.set(key, stop);
    setTimeout(stop, buttonPatience);
    if (!(await this.act("press", { message, data }))) stop();
  }

  answered(e) {
    this.waiting.get(e.message + " " + (e.data || ""))?.();
    if (!e.toast) return;
    if (e.toast.url) this.open(e.toast.url);
    if (!e.toast.text) return;
    if (e.toast.alert) this.ask({ title: this.bot.name, text: e.toast.text, only: "OK" });
    else this.toast(e.toast.text);
  }

  toast(text) {
    const node = el("div", { class: "toast", "data-testid": "toast" }, text);
    this.$(".toasts").append(node);
    setTimeout(() => node.remove(), toastTime);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast("Đã sao chép");
    } catch {
      this.toast("Trình duyệt không cho sao chép");
    }
  }

  // startPayload reads links that open this bot, null for all others.
  startPayload(url) {
    let u;
    try { u = new URL(url); } catch { return null; }
    const name = u.protocol === "tg:" ? u.searchParams.get("domain") : /^(www\.)?(t|telegram)\.me$/.test(u.host) ? u.pathname.replaceAll("/", "") : "";
    if (name?.toLowerCase() !== this.bot.username.toLowerCase()) return null;
    return u.searchParams.get("start") || "";
  }

  openOwn(url) {
    const payload = this.startPayload(url);
    if (payload === null) return false;
    this.act("start", { payload });
    return true;
  }

  open(url) {
    if (this.openOwn(url)) return;
    if (/^(tel|mailto|tg):/i.test(url)) location.href = url;
    else window.open(url, "_blank", "noopener,noreferrer");
  }

  // Sheets: questions inside this phone only, the other one stays usable.

  ask({ title, text, fields = [], only, ok = "Gửi", body, done }) {
    const sheet = this.$(".sheet");
    const card = sheet.querySelector(".card");
    const opener = document.activeElement;
    const close = () => { sheet.hidden = true; sheet.onkeydown = null; if (opener?.isConnected) opener.focus({ preventScroll: true }); };
    card.replaceChildren(
      el("h2", {}, title), text ? el("p", {}, text) : "", body || "",
      ...fields.map((f) => el("label", {}, f.label, el(f.tag || "input", { name: f.name, rows: f.tag ? 2 : undefined, placeholder: f.hint, autocomplete: "off" }))),
      el("div", { class: "buttons" },
        only ? "" : el("button", { type: "button", class: "cancel", onclick: close }, "Thôi"),
        el("button", { type: "submit", class: "ok" }, only || ok)),
    );
    for (const f of fields) card.elements[f.name].value = f.value ?? "";
    card.onsubmit = (ev) => { ev.preventDefault(); close(); done?.(Object.fromEntries(fields.map((f) => [f.name, card.elements[f.name].value]))); };
    sheet.onkeydown = (ev) => { if (ev.key === "Escape") close(); else if (ev.key === "Tab") trap(ev, card); };
    sheet.setAttribute("aria-label", title);
    sheet.hidden = false;
    card.querySelector("input, textarea, .ok").focus({ preventScroll: true });
  }

  askPlace() {
    this.ask({
      title: "Gửi vị trí",
      fields: [{ name: "latitude", label: "Vĩ độ", value: "21.02851" }, { name: "longitude", label: "Kinh độ", value: "105.80482" }],
      done: (v) => this.act("location", { latitude: Number(v.latitude.replace(",", ".")), longitude: Number(v.longitude.replace(",", ".")) }),
    });
  }

  askLink() {
    this.ask({
      title: "Mở bằng liên kết", ok: "Mở",
      fields: [{ name: "link", label: "Liên kết hoặc mã sau ?start=", hint: `t.me/${this.bot.username}?start=…` }],
      done: ({ link }) => {
        const text = link.trim();
        const url = text.includes("://") ? text : "https://" + text;
        this.act("start", { payload: this.startPayload(url) ?? text });
      },
    });
  }

  preview(as, files) {
    if (!files.length || !this.id) return;
    const user = this.id;
    const body = el("div", { class: "files" }, ...files.map((f) => thumb(as, f)));
    this.ask({
      title: files.length > 1 ? `Gửi ${files.length} tệp` : "Gửi tệp", body,
      fields: [{ name: "caption", label: "Chú thích", tag: "textarea" }],
      done: ({ caption }) => this.sendFiles(user, as, files, caption),
    });
  }

  async sendFiles(user, as, files, caption) {
    const form = new FormData();
    form.append("user", user);
    form.append("as", as);
    form.append("caption", caption);
    for (const f of files) form.append("file", f, f.name);
    try {
      await answer(await fetch("/sim/files", { method: "POST", body: form }));
    } catch (err) {
      this.toast(err.message);
    }
  }

  messageMenu(list) {
    const m = list.find((x) => x.text) || list[0];
    const close = () => { this.$(".sheet").hidden = true; };
    const item = (label, act) => el("button", { type: "button", onclick: () => { close(); act(); } }, label);
    const items = [item("Trả lời", () => this.setMode({ reply: m.id }))];
    if (!m.from_bot && m.text) items.push(item("Chỉnh sửa", () => this.setMode({ edit: m.id })));
    if (m.text && !m.protected) items.push(item("Sao chép", () => this.copy(m.text)));
    this.ask({ title: "Tin nhắn", body: el("div", { class: "choices" }, ...items), only: "Đóng" });
  }
}

function trap(ev, box) {
  const list = [...box.querySelectorAll("button, input, textarea")];
  const edge = ev.shiftKey ? list[0] : list[list.length - 1];
  if (document.activeElement !== edge) return;
  ev.preventDefault();
  (ev.shiftKey ? list[list.length - 1] : list[0]).focus();
}

function thumb(as, f) {
  if (as === "media" && f.type.startsWith("image/")) {
    const img = el("img", { alt: f.name });
    img.src = URL.createObjectURL(f);
    img.onload = () => URL.revokeObjectURL(img.src);
    return img;
  }
  return el("span", { class: "file" }, `${f.name} · ${size(f.size)}`);
}

function summary(m) {
  if (!m) return "";
  if (m.text) return m.text.slice(0, 80);
  const names = { photo: "Ảnh", video: "Video", voice: "Tin nhắn thoại", audio: "Âm thanh", document: "Tệp", location: "Vị trí", contact: "Danh bạ", sticker: "Nhãn dán" };
  for (const [key, name] of Object.entries(names)) if (m[key]) return name;
  return "Tin nhắn";
}
