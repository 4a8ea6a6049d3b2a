// The page: two phones, one stream of events.
import { Phone, get, post } from "./phone.js";

const asked = new URLSearchParams(location.search);
const phones = ["resident", "staff"].map(
  (side) => new Phone(document.getElementById("phone-" + side), side, Number(asked.get(side)) || 0, remember),
);

// remember puts the chosen people into the address, so a reload keeps them.
function remember() {
  const query = new URLSearchParams(location.search);
  for (const p of phones) if (p.id) query.set(p.side, p.id);
  history.replaceState(null, "", "?" + query);
}

async function loadAll() {
  const { bot, users } = await get("/sim/users");
  document.title = bot.name + " · Telegram mô phỏng";
  for (const p of phones) {
    p.setPeople(bot, users.filter((u) => (u.side === "staff" ? "staff" : "resident") === p.side));
    p.refresh();
  }
}

function hear(e) {
  if (e.kind === "reset" || e.kind === "users") return loadAll();
  if (e.kind === "commands") return phones.forEach((p) => p.refresh());
  for (const p of phones) p.hear(e);
}

const offline = document.querySelector(".offline");
const stream = new EventSource("/sim/events");
stream.onopen = () => { offline.hidden = true; loadAll(); };
stream.onerror = () => { offline.hidden = false; };
stream.onmessage = (m) => hear(JSON.parse(m.data));

// Tools: faults and limits.
const tools = document.querySelector(".tools");
const form = tools.querySelector("form");

async function loadStatus() {
  if (!tools.open) return;
  const s = await get("/sim/status").catch(() => null);
  if (!s) return;
  const parts = [`${s.pending} cập nhật bot chưa nhận`];
  if (s.faults) parts.push(`${s.faults} sự cố đang chờ`);
  tools.querySelector(".pending").textContent = "· " + parts.join(" · ");
  form.elements.limits.checked = s.limits;
}

form.addEventListener("submit", async (ev) => {
  ev.preventDefault();
  const { kind, method, count } = form.elements;
  await post("/sim/fault", { kind: kind.value, method: method.value.trim(), count: Number(count.value), retry_after: 3, delay_ms: 3000 });
  loadStatus();
});
form.querySelector(".clear").addEventListener("click", () => post("/sim/nofaults", {}).then(loadStatus));
form.elements.limits.addEventListener("change", (ev) => post("/sim/limits", { on: ev.target.checked }));
tools.addEventListener("toggle", loadStatus);
setInterval(loadStatus, 2000);
