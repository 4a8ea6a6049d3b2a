// Messages as elements. Text only ever becomes text nodes: nothing a person or
// the bot writes is parsed as HTML here.

export function el(name, attrs = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attrs)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined));
  return node;
}

export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const p = document.createElementNS(svg.namespaceURI, "path");
  p.setAttribute("d", path);
  svg.append(p);
  return svg;
}

const icons = {
  file: "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 2v5h5z",
  pin: "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  person: "M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zm0 2c-5 0-9 2.5-9 6v2h18v-2c0-3.5-4-6-9-6z",
  link: "M7 17L17 7M9 7h8v8",
  dots: "M6 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm6 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm6 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
};

// richText fills a node with text and its entities. Offsets are UTF-16 units,
// which is what JavaScript strings count too.
export function richText(node, text, entities, phone, from = 0, to = text.length) {
  let at = from;
  for (let i = 0; i < entities.length; ) {
    const e = entities[i];
    const end = Math.min(e.offset + e.length, to);
    if (e.offset < at || e.offset >= end) { i++; continue; }
    node.append(text.slice(at, e.offset));
    let n = i + 1;
    while (n < entities.length && entities[n].offset < end) n++;
    const inner = entityNode(e, text.slice(e.offset, end), phone);
    richText(inner, text, entities.slice(i + 1, n), phone, e.offset, end);
    node.append(inner);
    at = blocks.has(e.type) && text[end] === "\n" && end < to ? end + 1 : end; // a block breaks the line itself
    i = n;
  }
  node.append(text.slice(at, to));
  return node;
}

const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);
const plainTags = { bold: "b", italic: "i", underline: "u", strikethrough: "s" };

function entityNode(e, text, phone) {
  if (plainTags[e.type]) return el(plainTags[e.type]);
  switch (e.type) {
    case "code":
    case "pre":
      return tappable(el(e.type, { title: "Chạm để sao chép" }), () => phone.copy(text));
    case "spoiler":
      return reveal(el("span", { class: "spoiler", "aria-label": "Nội dung ẩn, chạm để xem" }));
    case "blockquote":
      return el("blockquote");
    case "expandable_blockquote": {
      const quote = el("blockquote", { class: "expandable" });
      return tappable(quote, () => quote.classList.toggle("open"));
    }
    case "text_link":
      return link(e.url, phone);
    case "url":
      return link(text.includes("://") ? text : "https://" + text, phone);
    case "bot_command":
      return tappable(el("span", { class: "link" }), () => phone.act("send", { text }));
    default:
      return el("span");
  }
}

function tappable(node, act) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.addEventListener("click", act);
  node.addEventListener("keydown", (ev) => { if (ev.key === "Enter") { ev.preventDefault(); act(); } });
  return node;
}

function reveal(node) {
  return tappable(node, () => { node.classList.add("open"); node.removeAttribute("aria-label"); });
}

function link(url, phone) {
  if (!/^(https?|tel|mailto|tg):/i.test(url)) return el("span");
  const a = el("a", { href: url, rel: "noopener noreferrer", target: /^(tel|mailto):/i.test(url) ? undefined : "_blank" });
  a.addEventListener("click", (ev) => { if (phone.openOwn(url)) ev.preventDefault(); });
  return a;
}

const clock = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", hour12: false });
const dayName = new Intl.DateTimeFormat("vi", { day: "numeric", month: "long", year: "numeric" });

export function dayOf(date) {
  const d = new Date(date);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(d).setHours(0, 0, 0, 0)) / 864e5);
  return days === 0 ? "Hôm nay" : days === 1 ? "Hôm qua" : dayName.format(d);
}

export function size(bytes) {
  if (bytes < 1024) return bytes + " B";
  if (bytes < 1 << 20) return (bytes / 1024).toFixed(0) + " KB";
  return (bytes / (1 << 20)).toFixed(1).replace(".", ",") + " MB";
}

export const source = (f) => "/sim/file/" + encodeURIComponent(f.file_id);

function pictured(m) { return m.photo || m.video || m.animation; }

// media is what a message shows above its text, null without a file.
function media(m, phone) {
  if (m.photo) {
    return el("a", { class: "media photo", href: source(m.photo), target: "_blank", rel: "noopener", "data-id": m.id },
      sized(el("img", { src: source(m.photo), alt: "Ảnh", loading: "lazy" }), m.photo));
  }
  if (m.video || m.animation || m.video_note) {
    const f = m.video || m.animation || m.video_note;
    return el("div", { class: "media" + (m.video_note ? " round" : ""), "data-id": m.id },
      sized(el("video", { src: source(f), controls: !m.animation, loop: !!m.animation, preload: "metadata", "aria-label": "Video" }), f));
  }
  if (m.voice || m.audio) {
    const f = m.voice || m.audio;
    return el("div", { class: "sound", "data-id": m.id },
      el("audio", { src: source(f), controls: true, preload: "metadata", "aria-label": m.voice ? "Tin nhắn thoại" : "Âm thanh" }),
      m.audio && f.file_name ? el("small", {}, f.file_name) : null);
  }
  if (m.sticker) return el("div", { class: "sticker", "data-id": m.id, role: "img", "aria-label": "Nhãn dán" }, "🙂");
  if (m.document) return document_(m);
  return null;
}

function sized(node, f) {
  if (f.width && f.height) { node.width = f.width; node.height = f.height; }
  return node;
}

function document_(m) {
  const f = m.document;
  const name = f.file_name || "Tệp";
  return el("a", { class: "document", href: source(f) + "?download=1", download: name, "data-id": m.id },
    el("span", { class: "disc" }, icon(icons.file)),
    el("span", { class: "lines" }, el("b", {}, name), el("small", {}, size(f.file_size))));
}

function place(l) {
  const at = `${l.latitude.toFixed(5)}, ${l.longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${l.latitude}&mlon=${l.longitude}#map=17/${l.latitude}/${l.longitude}`;
  return el("a", { class: "place", href: map, target: "_blank", rel: "noopener noreferrer", "aria-label": "Vị trí " + at },
    el("span", { class: "map" }, icon(icons.pin)), el("small", {}, at));
}

function contact(c) {
  return el("a", { class: "document", href: "tel:" + c.phone_number },
    el("span", { class: "disc" }, icon(icons.person)),
    el("span", { class: "lines" }, el("b", {}, c.first_name), el("small", {}, c.phone_number)));
}

// bubble draws one message, or the messages of one album.
export function bubble(list, phone) {
  const m = list[0];
  const last = list[list.length - 1];
  const box = el("article", {
    class: "bubble " + (m.from_bot ? "bot" : "own") + (list.some((x) => x.protected) ? " protected" : ""),
    "data-testid": "bubble", "data-id": m.id, "aria-label": m.from_bot ? "Bot" : "Bạn",
  });
  if (m.reply_to) box.append(phone.quote(m.reply_to));
  const shown = list.map((x) => media(x, phone)).filter(Boolean);
  if (list.every(pictured)) box.append(el("div", { class: "grid n" + Math.min(list.length, 4) }, ...shown));
  else box.append(...shown);
  if (m.location) box.append(place(m.location));
  if (m.contact) box.append(contact(m.contact));
  for (const x of list) {
    if (x.text) box.append(richText(el("div", { class: "text" }), x.text, x.entities || [], phone));
  }
  if (list.every(pictured) && !list.some((x) => x.text)) box.classList.add("bare");
  box.append(meta(list, last), menuButton(list, phone));
  const row = el("div", { class: "line " + (m.from_bot ? "bot" : "own") }, box);
  if (last.inline) row.append(inline(last, phone));
  return row;
}

function meta(list, last) {
  return el("span", { class: "meta" },
    list.some((x) => x.protected) ? el("span", { class: "lock", title: "Nội dung được bảo vệ, không chuyển tiếp được", "aria-label": "Nội dung được bảo vệ" }, "🔒") : null,
    list.some((x) => x.edit_date) ? el("span", { class: "edited" }, "đã chỉnh sửa") : null,
    el("time", { datetime: last.date }, clock.format(new Date(last.date))),
    last.from_bot ? null : el("span", { class: "ticks", "aria-hidden": "true" }, "✓"));
}

function menuButton(list, phone) {
  return el("button", { type: "button", class: "icon bubble-menu", "aria-label": "Thao tác với tin nhắn", "aria-haspopup": "menu", onclick: () => phone.messageMenu(list) },
    icon(icons.dots));
}

function inline(m, phone) {
  const box = el("div", { class: "inline", "data-testid": "inline", "data-message": m.id });
  for (const row of m.inline) {
    box.append(el("div", { class: "row" }, ...row.map((b) => inlineButton(m, b, phone))));
  }
  return box;
}

function inlineButton(m, b, phone) {
  const button = el("button", { type: "button", "data-message": m.id, "data-data": b.data }, el("span", {}, b.text));
  if (b.url || b.web_app) {
    const mark = icon(icons.link);
    mark.classList.add("corner");
    button.append(mark);
    button.title = b.url || b.web_app;
  }
  button.addEventListener("click", () => {
    if (b.data) phone.press(m.id, b.data, button);
    else if (b.copy) phone.copy(b.copy);
    else phone.open(b.url || b.web_app);
  });
  return button;
}
