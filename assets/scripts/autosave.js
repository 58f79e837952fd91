// Saves a long form while somebody types, and keeps a copy on the device while it cannot.
// It never sends a form, never overwrites a newer version, and says its sentences from the form's data-* attributes.
// A form with data-autosave="device" is too weighty to save itself: its copy stays on the device until it is sent.

const WAIT = 1200;
const TRY_AGAIN = 15000;
const PATIENCE = 10000;
const TOKENS = new Set(["csrf_token", "nonce"]);
const LEFT = "autosave: form sent";
const UNSAVED = ".govuk-error-summary, .app-conflict, [data-carried]";
const SENTENCES = { 401: "signedOut", 403: "refused", 404: "refused", 409: "conflict", 413: "tooLong", 422: "tooLong" };

// Storage may be full, or forbidden by the browser: then there is simply no copy.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

const copies = {
  read: (place) => attempt(() => JSON.parse(localStorage.getItem(place))),
  write: (place, copy) => attempt(() => localStorage.setItem(place, JSON.stringify(copy)) ?? true) === true,
  drop: (place) => attempt(() => localStorage.removeItem(place)),
  places: () => attempt(() => Object.keys(localStorage).filter((place) => place.startsWith("kept "))) ?? [],
};

function visible(fields) {
  const filled = fields.filter(([name, value]) => name !== "version" && value !== "");
  return JSON.stringify(filled.map(([name, value]) => [name, value.replace(/\r\n/g, "\n")]));
}

function fill(form, fields) {
  const given = new Map();
  fields.forEach(([name, value]) => given.set(name, [...(given.get(name) ?? []), value]));
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    const values = given.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values.shift() ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function untouched(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked === field.defaultChecked;
  if (field.type === "select-one") {
    return field.selectedIndex === Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  }
  return !("defaultValue" in field) || field.value.replace(/\r\n/g, "\n") === field.defaultValue.replace(/\r\n/g, "\n");
}

function written(moment) {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return moment.toLocaleString(language, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.last = this.line?.dataset.last ?? "";
    this.stopped = form.dataset.autosave === "device";
    this.moveTo(location.pathname + location.search);
    this.turn = 0;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.timer && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.timer && this.save());
    // A page that says why it was not saved: what it shows is nowhere else, so it is kept at once.
    if (form.closest("main")?.querySelector(UNSAVED)) this.kept = this.keep();
    else this.offer();
  }

  moveTo(path) {
    const before = this.place;
    this.place = `kept ${this.form.dataset.owner} ${path}`;
    if (before && before !== this.place && copies.read(before)?.to === this.to()) copies.drop(before);
  }

  to() {
    return this.form.getAttribute("action") ?? location.pathname;
  }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => !TOKENS.has(name));
  }

  say(sentence, failed) {
    if (!this.line || !sentence) return;
    const told = failed && this.last ? `${sentence} ${this.last}` : sentence;
    if (this.line.textContent !== told) this.line.textContent = told;
    this.line.dataset.state = failed ? "failed" : "saved";
  }

  keep() {
    const copy = { at: new Date().toISOString(), to: this.to(), fields: this.fields() };
    return copies.write(this.place, copy);
  }

  changed() {
    this.turn += 1;
    this.kept = this.keep();
    if (this.form.dataset.autosave === "device") this.fail("kept");
    if (!this.stopped) this.wait(WAIT);
  }

  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.stopped) return;
    if (this.busy) {
      this.wait(WAIT);
      return;
    }
    this.busy = true;
    try {
      // An answer that got lost: the same text again is no new version, so this one is asked for first.
      if (this.unanswered) await this.post(this.unanswered, -1);
      if (!this.stopped) await this.post(this.now(), this.turn);
    } catch {
      this.fail("kept");
      this.wait(TRY_AGAIN);
    }
    this.busy = false;
    if (this.leaving !== undefined) this.form.requestSubmit(this.leaving);
  }

  now() {
    return new FormData(this.form);
  }

  async post(body, turn) {
    this.unanswered = body;
    const answer = await fetch(this.form.action, {
      method: "POST", body, headers: { "X-Autosave": "1" }, signal: AbortSignal.timeout(PATIENCE),
    });
    this.unanswered = null;
    if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) this.accept(await answer.json(), turn);
    else await this.refuse(answer);
  }

  accept({ saved, last, version, to }, turn) {
    this.remember("version", version);
    this.last = last;
    if (to) this.form.setAttribute("action", to);
    if (to && this.form.dataset.autosave === "new") {
      history.replaceState(null, "", to);
      this.moveTo(to);
    }
    if (turn !== this.turn) {
      if (this.turn) this.kept = this.keep();
      return;
    }
    copies.drop(this.place);
    this.say(saved, false);
  }

  async refuse(answer) {
    this.stopped = answer.status === 409;
    if (answer.status >= 500) this.wait(1000 * Number(answer.headers.get("Retry-After")) || TRY_AGAIN);
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    this.fail(SENTENCES[answer.status] ?? "away", told.conflict);
  }

  fail(name, told) {
    this.say(this.kept ? (told ?? this.form.dataset[name]) : this.form.dataset.notKept, true);
  }

  remember(name, value) {
    let field = this.form.querySelector(`input[name="${name}"]`);
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      this.form.append(field);
    }
    field.value = value;
  }

  // Somebody presses the button: the copy stays until a page confirms, and a save under way ends first.
  leave(event) {
    if (this.busy) {
      event.preventDefault();
      this.leaving = event.submitter;
      return;
    }
    if (this.turn || this.kept) this.kept = this.keep();
    // Without a network the next page would be the browser's own, and the text out of sight.
    if (!navigator.onLine) {
      event.preventDefault();
      this.leaving = undefined;
      this.fail("kept");
      return;
    }
    clearTimeout(this.timer);
    this.stopped = true;
    const left = { to: this.to(), from: location.pathname };
    attempt(() => sessionStorage.setItem(LEFT, JSON.stringify(left)));
  }

  offer() {
    // The browser brings back what was typed when somebody goes back; the server has not seen it.
    if (![...this.form.elements].every(untouched)) {
      this.changed();
      return;
    }
    const copy = copies.read(this.place);
    if (!copy || visible(copy.fields) === visible(this.fields())) {
      copies.drop(this.place);
      return;
    }
    const notice = document.createElement("div");
    notice.className = "govuk-inset-text";
    const time = written(new Date(copy.at));
    const sentence = document.createElement("p");
    sentence.textContent = this.form.dataset.offer.replace("{time}", time);
    const buttons = Object.assign(document.createElement("div"), { className: "govuk-button-group" });
    buttons.append(
      button(this.form.dataset.use, () => this.use(copy, notice)),
      button(this.form.dataset.throwAway, () => copies.drop(this.place) ?? notice.remove()),
    );
    notice.append(sentence, buttons);
    this.form.before(notice);
  }

  // The copy rests on the version it was written on: if that is old by now, the save says so.
  use(copy, notice) {
    const version = copy.fields.find(([name]) => name === "version");
    if (version) this.remember("version", version[1]);
    if (copy.to) this.form.setAttribute("action", copy.to);
    notice.remove();
    fill(this.form, copy.fields);
  }
}

// The page that follows the button says whether it was saved. Only a page that was reached from the form itself counts:
// any other may be about something else. A page in between, such as a sign-in, passes it on.
function forgetWhatWasConfirmed() {
  const left = attempt(() => JSON.parse(sessionStorage.getItem(LEFT)));
  const before = attempt(() => new URL(document.referrer).pathname);
  if (!left || before !== left.from) return;
  if (document.querySelector(UNSAVED)) {
    attempt(() => sessionStorage.setItem(LEFT, JSON.stringify({ ...left, from: location.pathname })));
    return;
  }
  if (!document.querySelector(".app-flash")) return;
  copies.places().filter((place) => copies.read(place)?.to === left.to).forEach(copies.drop);
  attempt(() => sessionStorage.removeItem(LEFT));
}

export function startAutosave() {
  forgetWhatWasConfirmed();
  document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
}
