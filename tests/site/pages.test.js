// Every page loads alone, is valid, and can be read by everybody.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { launch, open } from "./support/browser.js";
import { pages, publish, serve } from "./support/publish.js";

let site, server, browser;
before(async () => {
  site = publish();
  server = await serve(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** One page of each kind. */
const kinds = [
  "index.html",
  "offerings/azure-openai/index.html",
  "questions/index.html",
  "questions/gpai-code-of-practice/index.html",
  "organizations/index.html",
  "organizations/openai/index.html",
  "platforms/aws-bedrock/index.html",
  "compare/index.html?o=azure-openai&o=openai-api",
  "methodology/index.html",
  "downloads/index.html",
  "404.html",
];

test("every page loads without an error and without anything from elsewhere", async () => {
  const { page, clean, close } = await open(browser, server.base);
  for (const name of pages(site)) {
    await page.goto(server.base + name, { waitUntil: "load" });
    clean();
  }
  await close();
});

test("every page is valid HTML", async () => {
  const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: {
    // Names of offerings may be long, and white space is the templates'.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    // Several values of one question share a name.
    "form-dup-name": ["error", { shared: ["checkbox"] }],
    "no-inline-style": "error",
    // Filters act as they are set; there is nothing to submit.
    "wcag/h32": "off",
  } });
  const found = [];
  for (const name of pages(site)) {
    const report = await validator.validateString(fs.readFileSync(path.join(site, name), "utf8"), name);
    for (const { messages } of report.results) {
      found.push(...messages.map((one) => `${name}:${one.line}: ${one.ruleId}: ${one.message}`));
    }
  }
  assert.deepEqual(found.slice(0, 20), []);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [380, 1280]) {
    test(`no serious fault of accessibility, ${colorScheme}, ${width} px`, async () => {
      const { page, clean, close } = await open(browser, server.base, {
        colorScheme,
        viewport: { width, height: 800 },
        // The checker is its own script, which the pages' policy would refuse.
        bypassCSP: true,
      });
      for (const kind of kinds) {
        await page.goto(server.base + kind, { waitUntil: "networkidle" });
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        const serious = violations.filter((one) => ["serious", "critical"].includes(one.impact));
        const told = serious.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        assert.deepEqual(told, [], kind);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(beyond <= 0, `${kind} is ${beyond} px wider than the screen`);
      }
      clean();
      await close();
    });
  }
}

test("nothing moves while a page loads", async () => {
  const { page, close } = await open(browser, server.base);
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // A slow reader's device paints a page before all of it has arrived.
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  for (const kind of kinds.filter((kind) => !kind.startsWith("compare"))) {
    await page.goto(server.base + kind, { waitUntil: "networkidle" });
    assert.equal(await page.evaluate(() => window.shifts), 0, kind);
  }
  await close();
});

test("the head and the first column of the matrix stay in sight", async () => {
  const { page, close } = await open(browser, server.base, { viewport: { width: 380, height: 800 } });
  await page.goto(`${server.base}index.html`);
  const places = await page.evaluate(() => {
    const box = document.querySelector(".scroll");
    box.scrollTo(400, 600);
    const outer = box.getBoundingClientRect();
    const head = document.querySelector("#matrix thead tr:last-child th:nth-child(6)").getBoundingClientRect();
    const name = document.querySelector("#matrix tbody tr:nth-child(14) th").getBoundingClientRect();
    return { head: head.top - outer.top, name: name.left - outer.left, scrolled: box.scrollTop };
  });
  assert.ok(places.scrolled > 100);
  assert.ok(places.head >= 0 && places.head < 60, `head at ${places.head}`);
  assert.ok(places.name >= 0 && places.name < 3, `first column at ${places.name}`);
  await close();
});
