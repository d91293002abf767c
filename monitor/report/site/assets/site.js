// Copy buttons and the finder. Everything also works without this file; nothing here makes HTML out of text.
"use strict";
(() => {
  const root = document.body.dataset.root;
  const el = (id) => document.getElementById(id);

  // --- Copy -------------------------------------------------------------------------------------
  // What an edit takes away stands in the page for the eye only.
  function wanted(source) {
    const kept = source.cloneNode(true);
    for (const gone of kept.querySelectorAll("del, .sr")) gone.remove();
    return kept.textContent;
  }
  async function copy(text, source) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // A page opened as a file may have no clipboard: select the text and let the browser copy it.
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy");
    }
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = el(button.dataset.copy);
      const done = await copy(wanted(source), source);
      button.textContent = done ? "Copied" : "Selected, press Ctrl+C";
      setTimeout(() => (button.textContent = "Copy"), 2500);
    });
  }

  // --- Finder -----------------------------------------------------------------------------------
  const form = el("filters");
  if (!form) return;
  const PAGE = 50;
  const FIELDS = ["q", "severity", "status", "outcome", "sort"];
  let meta = null;
  let rows = null;
  let loading = null;
  let shown = PAGE;

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}data/${name}.js`;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(name)));
      document.head.append(script);
    });
  }
  const shards = [];
  window.citationMonitor = {
    meta: (value) => (meta = value),
    rows: (number, value) => (shards[number] = value),
  };
  function loadAll() {
    loading ??= load("meta")
      .then(() => Promise.all(Array.from({ length: meta.shards }, (_, n) => load(`rows-${n}`))))
      .then(() => (rows = shards.flat()));
    return loading;
  }

  const option = (select, value, text) => select.append(new Option(text, value));
  function fillOptions() {
    if (el("severity").options.length > 1) return;
    meta.severities.forEach(([value, text]) => option(el("severity"), value, text));
    meta.statuses.forEach(([value, text]) => option(el("status"), value, text));
    meta.outcomes.forEach(([value, text]) => option(el("outcome"), value, text));
  }

  // A row: title, address, document number, page of the document, line, anchor, severity, status, outcome, date, label.
  const urgency = (a, b) => a[5] - b[5] || a[9] - b[9] || a[3] - b[3];
  const orders = {
    "": urgency,
    document: (a, b) => a[9] - b[9] || a[3] - b[3],
    oldest: (a, b) => (a[8] || "9").localeCompare(b[8] || "9") || urgency(a, b),
    title: (a, b) => a[0].localeCompare(b[0]) || urgency(a, b),
  };

  function matching(wanted) {
    const needles = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    const at = (list, value) => list.findIndex((entry) => entry[0] === value);
    const severity = at(meta.severities, wanted.severity);
    const status = at(meta.statuses, wanted.status);
    const outcome = at(meta.outcomes, wanted.outcome);
    const found = rows.filter((row) => {
      if (wanted.severity && row[5] !== severity) return false;
      if (wanted.status && row[6] !== status) return false;
      if (wanted.outcome && row[7] !== outcome) return false;
      if (!needles.length) return true;
      row.text ??= `${row[0]} ${row[1] ?? ""} ${meta.documents[row[9]][0]}:${row[3]}`.toLowerCase();
      return needles.every((needle) => row.text.includes(needle));
    });
    return found.sort(orders[wanted.sort] ?? urgency);
  }

  function node(name, cls, text) {
    const made = document.createElement(name);
    if (cls) made.className = cls;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function rowNode(row) {
    const [path, pages] = meta.documents[row[9]];
    const tone = meta.severities[row[5]][0];
    const item = node("li", `row ${tone}`);
    const name = node("span", "row-name");
    const link = node("a", "", row[0]);
    link.href = `${root}${pages[row[2] - 1]}#${row[4]}`;
    name.append(link);
    const date = row[8] ? ` · accessed ${row[8]}` : "";
    const more = node("span", "row-more", `${path}:${row[3]} · ${meta.outcomes[row[7]][1]}${date}${row[1] ? " · " + row[1] : ""}`);
    item.append(node("span", `pill ${tone}`, meta.statuses[row[6]][1]), " ", name, " ", more);
    return item;
  }

  function read() {
    return Object.fromEntries(FIELDS.map((name) => [name, el(name).value]));
  }
  function show() {
    if (!rows) return;
    const wanted = read();
    const results = el("results");
    if (!FIELDS.some((name) => wanted[name])) {
      results.replaceChildren();
      el("result-count").textContent = `${rows.length.toLocaleString("en")} citations can be searched.`;
      el("more").hidden = true;
      return;
    }
    const found = matching(wanted);
    results.replaceChildren(...found.slice(0, shown).map(rowNode));
    const number = found.length.toLocaleString("en");
    el("result-count").textContent = found.length > shown ? `${number} citations, the first ${shown} shown.` : `${number} ${found.length === 1 ? "citation" : "citations"}.`;
    el("more").hidden = found.length <= shown;
  }

  async function start() {
    try {
      await loadAll();
    } catch {
      el("result-count").textContent = "The search data beside this page could not be read.";
      return;
    }
    fillOptions();
  }
  function toHash() {
    const kept = Object.entries(read()).filter(([, value]) => value);
    const hash = new URLSearchParams(kept).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }
  async function fromAddress() {
    const text = location.hash.includes("=") ? location.hash.slice(1) : location.search.slice(1);
    const asked = new URLSearchParams(text);
    const any = FIELDS.some((name) => asked.get(name));
    if (!any) return;
    await start();
    for (const name of FIELDS) {
      if (el(name).tagName === "SELECT" && !Array.from(el(name).options).some((o) => o.value === asked.get(name))) el(name).value = "";
      else el(name).value = asked.get(name) ?? "";
    }
    shown = PAGE;
    show();
    el("finder").open = true;
    el("find").scrollIntoView();
  }
  let timer = 0;
  async function changed() {
    await start();
    shown = PAGE;
    show();
    toHash();
  }
  el("find").hidden = false;
  // Beside the work where there is room; on a phone the work comes first.
  el("finder").open = matchMedia("(min-width: 62rem)").matches;
  if (el("chips")) el("chips").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 120);
  });
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("focusin", start, { once: true });
  el("more").addEventListener("click", () => {
    shown += 4 * PAGE;
    show();
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
