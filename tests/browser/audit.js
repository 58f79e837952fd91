// What axe does not see: the structure that people with a keyboard, a screen reader or a small screen rely on.
(isNarrow) => {
  const found = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const brief = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 150);
  const blame = (rule, element, more = "") => found.push(`${rule}: ${more}${element ? brief(element) : ""}`);
  const words = (element) => (element?.textContent ?? "").trim();
  const tokens = (element, name) => (element.getAttribute(name) ?? "").split(/\s+/).filter(Boolean);
  const isDrawn = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const isClipped = (element) => element.closest(".govuk-visually-hidden, .govuk-skip-link") !== null;
  const controls = all("input:not([type=hidden]), select, textarea, button").filter(isDrawn);
  const fields = controls.filter((one) => one.localName !== "button");

  // Headings
  const headings = all("h1, h2, h3, h4, h5, h6").filter(isDrawn);
  const first = headings.filter((one) => one.localName === "h1");
  if (first.length !== 1) blame("one h1", null, `there are ${first.length}`);
  let before = 0;
  for (const heading of headings) {
    const level = Number(heading.localName[1]);
    // The summary of errors stands above the title of the page, as the design system puts it.
    if (heading.closest(".govuk-error-summary")) continue;
    if (level > before + 1) blame("headings do not skip", heading);
    if (!words(heading)) blame("a heading says something", heading);
    before = level;
  }

  // Names of controls
  for (const control of controls) {
    const labels = [...(control.labels ?? [])].map(words).join("");
    const others = tokens(control, "aria-labelledby").map((id) => words(document.getElementById(id))).join("");
    const own = control.localName === "button" ? words(control) : "";
    if (!labels && !others && !own && !control.getAttribute("aria-label")) blame("every control has a name", control);
  }
  for (const fieldset of all("fieldset")) {
    const legend = fieldset.querySelector(":scope > legend");
    if (!words(legend)) blame("every fieldset has a legend", fieldset);
  }
  for (const element of all("[aria-describedby], [aria-labelledby]")) {
    for (const id of [...tokens(element, "aria-describedby"), ...tokens(element, "aria-labelledby")])
      if (!words(document.getElementById(id))) blame("what is referred to says something", element, `#${id} `);
  }

  // Errors
  // The count of characters draws a second line for the eye alone.
  const said = all(".govuk-error-message:not([aria-hidden=true])").filter(isDrawn);
  for (const error of said) {
    const tied = error.id && all(`[aria-describedby~="${CSS.escape(error.id)}"]`);
    const group = error.closest(".govuk-form-group, fieldset");
    if (!tied || !tied.some((one) => group?.contains(one))) blame("an error is tied to its field", error);
  }
  const summary = document.querySelector(".govuk-error-summary");
  const titled = document.title.startsWith("Error:");
  if (said.length && !summary) blame("errors have a summary", null);
  if (titled !== (summary !== null)) blame("the title says Error with a summary, and only then", null, document.title);
  if (summary && !all("a", summary).length) blame("the summary leads somewhere", summary);
  for (const link of summary ? all("a", summary) : []) {
    const to = new URL(link.href);
    if (to.pathname !== location.pathname) continue;
    const target = document.getElementById(decodeURIComponent(to.hash.slice(1)));
    if (!target?.matches("input, select, textarea")) blame("a summary link leads to a field", link);
  }

  // Ids and language
  const ids = all("[id]").map((one) => one.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  if (twice.length) blame("ids are unique", null, [...new Set(twice)].join(" "));
  if (!document.documentElement.lang) blame("the page has a language", null);
  const skip = document.querySelector(".govuk-skip-link");
  const main = skip && document.querySelector(skip.getAttribute("href"));
  if (main?.localName !== "main" || main.tabIndex !== -1) blame("the skip link leads to main", skip);
  const reachable = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  if (reachable[0] !== skip) blame("the skip link comes first", reachable[0]);

  // Targets: 44 px high, or far enough from the others (WCAG 2.2, 2.5.8: inline and spacing), with 44 px for its 24.
  const box = (element) => {
    const shown = element.type === "radio" || element.type === "checkbox" ? [element, ...element.labels] : [element];
    const boxes = shown.flatMap((one) => [...one.getClientRects()]).filter((one) => one.width && one.height);
    const top = Math.min(...boxes.map((one) => one.top));
    const left = Math.min(...boxes.map((one) => one.left));
    return {
      top, left, bottom: Math.max(...boxes.map((one) => one.bottom)), right: Math.max(...boxes.map((one) => one.right)),
    };
  };
  const isInline = (link) => {
    if (link.localName !== "a" || getComputedStyle(link).display !== "inline") return false;
    const block = link.closest("p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, label, blockquote, figcaption, div");
    const others = all("a, form, .govuk-visually-hidden", block).map(words).join("");
    return words(block).replace(/\s/g, "").length > others.replace(/\s/g, "").length;
  };
  const pressed = [...all("a[href], summary, [role=button]"), ...controls].filter((one) => isDrawn(one) && !isClipped(one));
  const targets = [...new Set(pressed)].map((element) => ({ element, ...box(element) }));
  const middle = (one) => ({ x: (one.left + one.right) / 2, y: (one.top + one.bottom) / 2 });
  const apart = (one, other) => {
    const { x, y } = middle(one);
    const dx = Math.max(other.left - x, 0, x - other.right);
    const dy = Math.max(other.top - y, 0, y - other.bottom);
    const mid = middle(other);
    return Math.hypot(dx, dy) >= 22 && Math.hypot(mid.x - x, mid.y - y) >= (other.bottom - other.top < 43.5 ? 44 : 0);
  };
  for (const one of targets) {
    const height = one.bottom - one.top;
    if (height >= 43.5 || isInline(one.element)) continue;
    const isField = one.element.matches("button, input, select, textarea, .govuk-button");
    const close = targets.find((other) => other !== one && !one.element.contains(other.element) && !apart(one, other));
    if (isField || close) blame("targets are 44 px high or far apart", one.element, `${Math.round(height)} px `);
  }

  // Small screens
  const wide = document.documentElement.scrollWidth;
  if (isNarrow && wide > innerWidth) {
    const guilty = all("body *").filter((one) => isDrawn(one) && one.getBoundingClientRect().right > innerWidth + 1);
    blame(`nothing scrolls sideways at ${innerWidth} px`, guilty.at(-1), `${wide} px `);
  }

  // Weight, before any packing
  const [page] = performance.getEntriesByType("navigation");
  const loaded = performance.getEntriesByType("resource").filter((one) => !one.name.includes(".woff2"));
  const html = page?.decodedBodySize ?? 0;
  const whole = loaded.reduce((sum, one) => sum + one.decodedBodySize, html);
  if (html >= 100_000) blame("the page is below 100 KB", null, `${html} bytes`);
  if (whole >= 300_000) blame("all but the fonts is below 300 KB", null, `${whole} bytes`);
  return found;
}
