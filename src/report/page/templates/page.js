"use strict";
// The table of statements: filter, sort, pages, accounts; and the marks of the
// charts. Text reaches the page through textContent only, never as HTML.
// The words of rows and accounts are those of view.rs.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const strings = data.strings;
  // The fields of a row, in the order of json.rs.
  const ID = 0, ARTICLE = 1, FROM = 2, TO = 3, DAY = 4, PRECISION = 5, DATED_BY = 6, ACTOR_ID = 7, ACTOR = 8,
    BECAUSE = 10, SPEAKS_FOR = 11, FORM = 12, CUE = 13, CUE_CLASS = 14, SPANS = 15, RUNS = 16, SCORES = 17,
    SUMS = 18, HITS = 19, COPY = 20, CUT = 21, DATE_NOTE = 22;
  // The fields of a hit.
  const H_AXIS = 0, H_KIND = 1, H_TERM = 2, H_WORDS = 3, H_STATUS = 6, H_CONTRIBUTION = 7, H_TARGET = 8, H_ARITHMETIC = 9;
  const word = (row, field) => strings[row[field]];
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const minus = (text) => text.replace("-", "−");
  const round = (value, digits) => Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits) / 10 ** digits || 0;
  const plain = (value) => minus(String(round(value, 3)));
  const signed = (value) => {
    const shown = round(value, 2);
    return shown === 0 ? "0.00" : (shown > 0 ? "+" : "−") + Math.abs(shown).toFixed(2);
  };

  // ---- One row
  const when = (row) => {
    const from = word(row, FROM), to = word(row, TO);
    if (!from) return "no date";
    if (from === to) return from;
    const year = from.slice(0, 4);
    if (word(row, PRECISION) === "year" && from === year + "-01-01" && to === year + "-12-31") return year;
    return from + " to " + to;
  };
  const bytes = (row) => {
    const pieces = [];
    for (let at = 0; at < row[SPANS].length; at += 2) pieces.push(row[SPANS][at] + "–" + row[SPANS][at + 1]);
    return pieces.join(", ");
  };
  const factorOn = (axis, hit) => (hit[H_AXIS] < 0 ? undefined : axis.formula[data.axes[hit[H_AXIS]].id]);
  const mark = (row, run, axis) => {
    if (typeof run === "string") return run;
    if (run.length === 1) return element("mark", { class: "shifter" }, run[0]);
    let seen = false, sum = 0;
    const notes = [];
    for (const index of run.slice(1)) {
      const hit = row[HITS][index], factor = factorOn(axis, hit);
      if (factor === undefined) continue;
      seen = true;
      sum += factor * hit[H_CONTRIBUTION];
      notes.push(word(hit, H_KIND) + " " + word(hit, H_TERM) + ": " + plain(hit[H_CONTRIBUTION]));
    }
    if (!seen) return run[0];
    const kind = sum > 0 ? "positive" : sum < 0 ? "negative" : "nothing";
    return element("mark", { class: kind, title: notes.join("; ") }, run[0]);
  };
  const scoreCell = (row, index) => {
    const axis = data.axes[index], value = row[SCORES][index];
    if (typeof value !== "number") {
      return element("td", { class: "score" }, element("span", { class: "none", title: value || "" }, "no score"));
    }
    const shown = round(value, 2);
    const kind = shown > 0 ? "positive" : shown < 0 ? "negative" : "nothing";
    const pole = shown > 0 ? axis.positive : shown < 0 ? axis.negative : "between the poles";
    const percent = Math.min(100, Math.max(-100, round(value * 100, 0)));
    return element("td", { class: "score" }, element("b", { class: kind }, signed(value)), " ",
      svg("svg", { class: "bar", viewBox: "-102 0 204 36", "aria-hidden": "true" },
        svg("rect", { class: kind, x: Math.min(percent, 0), y: 10, width: Math.abs(percent), height: 16 }),
        svg("path", { d: "M0 2V34M-100 10V26M100 10V26" })),
      " ", element("span", { class: "pole" }, pole));
  };
  const sum = (row, index) => {
    const value = row[SCORES][index];
    if (typeof value !== "number") return "no score: " + (data.reasons[value] || value);
    const [, lead, ...terms] = row[SUMS].find((sum) => sum[0] === index);
    return signed(value) + " = " + strings[lead] + terms.map((term) => strings[term]).join(" + ");
  };
  const account = (row) => {
    const [, place, href, title, published, source] = data.articles[row[ARTICLE]];
    const list = element("dl");
    const line = (label, ...words) => list.append(element("dt", {}, label), element("dd", {}, ...words));
    line("Why this speaker", word(row, BECAUSE));
    if (word(row, SPEAKS_FOR)) line("Speaks for", word(row, SPEAKS_FOR));
    const cue = word(row, CUE) ? "cue “" + word(row, CUE) + "”" : "no cue";
    line("Form", word(row, FORM) + "; " + cue + ", class " + word(row, CUE_CLASS));
    line("Said", !word(row, FROM) ? "no date was found: it stays out of trends"
      : !word(row, DATED_BY) ? when(row) + ", the day it was printed"
      : when(row) + " (" + word(row, PRECISION) + "), from “" + word(row, DATED_BY) + "”");
    if (word(row, DATE_NOTE)) line("Date", word(row, DATE_NOTE));
    if (word(row, COPY)) line("Copy", "repeats " + word(row, COPY) + " " + data.copies);
    data.axes.forEach((axis, index) => { if (row[SCORES][index] !== null) line(axis.name, sum(row, index)); });
    line("Place", href ? element("a", { href }, place) : place, ", bytes " + bytes(row));
    const cite = [];
    if (source) cite.push(source);
    if (title) cite.push("“" + title + "”");
    if (published) cite.push(published);
    cite.push("statement " + row[ID] + ", bytes " + bytes(row));
    line("Reference", cite.join(", "));
    const whole = element("div", { class: "account" }, list);
    if (row[HITS].length) {
      const heads = ["Words", "Entry", "Axis", "Arithmetic", "Status"].map((head) => element("th", { scope: "col" }, head));
      const lines = row[HITS].map((hit) => {
        const of = word(hit, H_TARGET) ? " of “" + word(hit, H_TARGET) + "”" : "";
        const cells = ["“" + word(hit, H_WORDS) + "”" + of, word(hit, H_KIND) + " " + word(hit, H_TERM),
          hit[H_AXIS] < 0 ? "no axis" : data.axes[hit[H_AXIS]].name, word(hit, H_ARITHMETIC), word(hit, H_STATUS)];
        return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
      });
      whole.append(element("table", { class: "hits" }, element("thead", {}, element("tr", {}, ...heads)),
        element("tbody", {}, ...lines)));
    }
    if (row[CUT]) whole.append(element("p", {}, "The statement is longer; the whole text is in statements.csv."));
    return whole;
  };
  const tableRow = (row, axis, unfolded) => {
    const summary = element("summary", {}, ...row[RUNS].map((run) => mark(row, run, data.axes[axis])));
    if (row[CUT]) summary.append("…");
    const details = element("details", {}, summary);
    const fill = () => { if (!details.querySelector(".account")) details.append(account(row)); };
    details.addEventListener("toggle", () => { if (details.open) fill(); });
    if (unfolded) { fill(); details.open = true; }
    const made = element("tr", { id: "s-" + row[ID] }, element("td", { class: "when" }, when(row)),
      element("td", { class: "who" }, word(row, ACTOR) || "(unresolved)"), element("td", { class: "what" }, details),
      scoreCell(row, axis), element("td", { class: "form" }, word(row, FORM)),
      element("td", { class: "source" }, data.articles[row[ARTICLE]][5]));
    if (word(row, FORM) === "author") made.className = "author";
    return made;
  };

  // ---- Filter, sort, pages
  const form = document.getElementById("filters"), body = document.querySelector("#table tbody");
  const count = document.getElementById("count"), pager = document.getElementById("pager");
  const chip = document.getElementById("period");
  const state = { sort: "when", descending: false, page: 0, period: "", found: [], open: "" };
  const fields = form.elements;
  const periodEnds = (period) => {
    const year = period.slice(0, 4), rest = period.slice(5);
    const half = rest.match(/^H([12])$/), quarter = rest.match(/^Q([1-4])$/);
    const months = half ? [half[1] * 6 - 5, half[1] * 6] : quarter ? [quarter[1] * 3 - 2, quarter[1] * 3]
      : rest ? [+rest, +rest] : [1, 12];
    const two = (month) => String(month).padStart(2, "0");
    return [year + "-" + two(months[0]) + "-01", year + "-" + two(months[1]) + "-31"];
  };
  const texts = new Array(data.rows.length);
  const searched = (index) => {
    if (texts[index] === undefined) {
      const row = data.rows[index], article = data.articles[row[ARTICLE]];
      const words = row[RUNS].map((run) => (typeof run === "string" ? run : run[0])).join("");
      const terms = row[HITS].map((hit) => word(hit, H_TERM)).join(" ");
      texts[index] = [words, word(row, ACTOR), row[ID], article[3], article[5], terms].join("\n").toLowerCase();
    }
    return texts[index];
  };
  const matches = () => {
    const axis = +fields.axis.value, actor = fields.actor.value, evidence = fields.evidence.value;
    const words = fields.words.value.trim().toLowerCase();
    let from = fields.from.value, to = fields.to.value ? fields.to.value + "-12-31" : "";
    if (state.period) [from, to] = periodEnds(state.period);
    const found = [];
    for (let index = 0; index < data.rows.length; index++) {
      const row = data.rows[index], author = word(row, FORM) === "author", day = word(row, DAY);
      if (actor === "" ? author : actor === "(author)" ? !author : actor !== "*" && (author || "=" + word(row, ACTOR_ID) !== actor)) continue;
      if ((from && (!day || day < from)) || (to && (!day || day > to))) continue;
      if (fields.form.value && word(row, FORM) !== fields.form.value) continue;
      if (fields.source.value && "=" + data.articles[row[ARTICLE]][5] !== fields.source.value) continue;
      if (evidence) {
        const value = row[SCORES][axis], scored = typeof value === "number", shown = scored ? round(value, 2) : 0;
        if (evidence === "yes" ? !scored : evidence === "no" ? scored : evidence === "positive" ? shown <= 0 : shown >= 0) continue;
      }
      if (words && !searched(index).includes(words)) continue;
      found.push(index);
    }
    return found;
  };
  const keys = {
    when: (row) => word(row, DAY) || "9999", actor: (row) => word(row, ACTOR).toLowerCase() || "\uffff",
    form: (row) => word(row, FORM), source: (row) => data.articles[row[ARTICLE]][5].toLowerCase(),
    score: (row) => { const value = row[SCORES][+fields.axis.value]; return typeof value === "number" ? value : null; },
  };
  const sorted = (found) => {
    const key = new Map(found.map((index) => [index, keys[state.sort](data.rows[index])]));
    const turn = state.descending ? -1 : 1;
    return found.sort((one, two) => {
      const a = key.get(one), b = key.get(two);
      // Without a score: last, whatever the direction.
      if (a === null || b === null) return (a === null) - (b === null) || one - two;
      return a < b ? -turn : a > b ? turn : one - two;
    });
  };
  const size = () => +pager.querySelector("select").value;
  const draw = () => {
    const axis = +fields.axis.value, most = size(), pages = Math.max(1, Math.ceil(state.found.length / most));
    state.page = Math.min(Math.max(state.page, 0), pages - 1);
    const shown = state.found.slice(state.page * most, (state.page + 1) * most);
    body.replaceChildren(...shown.map((index) => tableRow(data.rows[index], axis, data.rows[index][ID] === state.open)));
    const first = state.found.length ? state.page * most + 1 : 0;
    count.textContent = state.found.length + " of " + data.rows.length + " rows"
      + (state.found.length > most ? "; " + first + " to " + (first + shown.length - 1) + " are shown" : "");
    pager.hidden = state.found.length <= 25;
    pager.querySelector("span").textContent = "page " + (state.page + 1) + " of " + pages;
    pager.querySelectorAll("button").forEach((button) => {
      button.disabled = +button.value < 0 ? state.page === 0 : state.page === pages - 1;
    });
    for (const head of document.querySelectorAll("#table th[data-sort]")) {
      if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    chip.hidden = !state.period;
    chip.querySelector("span").textContent = state.period;
    const { positive, negative } = data.axes[axis] || { positive: "", negative: "" };
    fields.evidence.options[2].textContent = "towards " + positive;
    fields.evidence.options[3].textContent = "towards " + negative;
    const legend = document.querySelectorAll(".legend mark");
    legend[0].textContent = "words for " + positive;
    legend[1].textContent = "words for " + negative;
  };
  const update = () => {
    state.page = 0;
    state.found = sorted(matches());
    draw();
  };
  const clear = () => {
    form.reset();
    state.period = "";
    state.open = "";
  };
  const choose = (select, value) => {
    if (![...select.options].some((option) => option.value === value)) select.append(new Option(value.slice(1), value));
    select.value = value;
  };
  const toTable = () => document.getElementById("statements").scrollIntoView();
  // One statement: unfolded, on its page, under the eyes.
  const show = (id) => {
    const index = data.rows.findIndex((row) => row[ID] === id);
    if (index < 0) return false;
    if (!state.found.includes(index)) {
      clear();
      if (word(data.rows[index], FORM) === "author") fields.actor.value = "*";
      state.found = sorted(matches());
    }
    state.open = id;
    state.page = Math.floor(state.found.indexOf(index) / size());
    draw();
    const row = document.getElementById("s-" + id);
    row.classList.add("found");
    row.scrollIntoView({ block: "center" });
    row.querySelector("summary").focus({ preventScroll: true });
    return true;
  };
  const showPeriod = (key) => {
    const parts = key.split("|"), period = parts.pop(), axis = parts.pop(), actor = parts.join("|");
    clear();
    choose(fields.actor, "=" + actor);
    const index = data.axes.findIndex((one) => one.id === axis);
    if (index >= 0) fields.axis.value = index;
    fields.evidence.value = "yes";
    state.period = period;
    update();
    toTable();
  };
  const fromHash = () => {
    let id;
    try { id = decodeURIComponent(location.hash); } catch { return; }
    if (id.startsWith("#s-")) show(id.slice(3));
  };

  form.hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button[type=reset]").addEventListener("click", (event) => {
    event.preventDefault();
    clear();
    update();
  });
  chip.querySelector("button").addEventListener("click", () => { state.period = ""; update(); });
  for (const head of document.querySelectorAll("#table th[data-sort]")) {
    const button = element("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      state.descending = state.sort === head.dataset.sort && !state.descending;
      state.sort = head.dataset.sort;
      update();
    });
  }
  for (const button of pager.querySelectorAll("button")) {
    button.addEventListener("click", () => { state.page += +button.value; draw(); toTable(); });
  }
  pager.querySelector("select").addEventListener("change", draw);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { key, actor, words } = link.dataset, target = link.getAttribute("href") || "";
    if (key !== undefined && (link.classList.contains("period") || link.classList.contains("filter"))) showPeriod(key);
    else if (actor !== undefined) { clear(); choose(fields.actor, "=" + actor); update(); toTable(); }
    else if (words !== undefined) { clear(); fields.words.value = words; update(); toTable(); }
    else if (target.startsWith("#s-")) {
      if (!show(decodeURIComponent(target.slice(3)))) return;
      history.replaceState(null, "", target);
    } else return;
    event.preventDefault();
  });
  window.addEventListener("hashchange", fromHash);

  // ---- Marks of the charts: words beside the mark, arrow keys from mark to mark
  const tip = document.getElementById("tip");
  const hide = () => { tip.hidden = true; };
  const point = (link) => {
    // The browser's own words would stand beside ours.
    const title = link.querySelector("title");
    if (title) {
      link.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    tip.textContent = link.getAttribute("aria-label");
    tip.hidden = false;
    const box = link.querySelector("circle").getBoundingClientRect(), own = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), document.documentElement.clientWidth - own.width - 8);
    const above = box.top - own.height - 8;
    tip.style.left = left + scrollX + "px";
    tip.style.top = (above > 0 ? above : box.bottom + 8) + scrollY + "px";
  };
  for (const chart of document.querySelectorAll(".spots")) {
    // Charts hold thousands of marks: one listener for all of a chart, and their
    // order only when somebody steps from mark to mark.
    const across = (link) => +link.lastElementChild.getAttribute("cx");
    let order = null;
    const first = [...chart.children].reduce((a, b) => (a && across(a) <= across(b) ? a : b), null);
    if (first) first.tabIndex = 0;
    for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
      chart.addEventListener(begin, (event) => { const link = event.target.closest("a"); if (link) point(link); });
      chart.addEventListener(end, hide);
    }
    chart.addEventListener("keydown", (event) => {
      order = order || [...chart.children].map((link, index) => [across(link), index, link])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[2]);
      const at = order.indexOf(event.target.closest("a"));
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : step ? at + step : -1;
      if (at < 0 || !order[next]) return;
      event.preventDefault();
      order[at].tabIndex = -1;
      order[next].tabIndex = 0;
      order[next].focus();
    });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  update();
  fromHash();
})();
