// The preview shows a change of the data by itself.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { after, before, test } from "node:test";
import { launch, open } from "./support/browser.js";
import { command, repository, scratch } from "./support/publish.js";

let data, preview, base, browser;
before(async () => {
  data = scratch();
  fs.cpSync(path.join(repository, "tests/fixtures/base"), data, { recursive: true });
  const [program, ...first] = command;
  const args = [...first, "serve", "--data", data, "--port", "0", "--today", "2026-07-15"];
  preview = spawn(program, args, { cwd: repository, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of readline.createInterface({ input: preview.stdout })) {
    if (line.startsWith("http://")) {
      base = line;
      break;
    }
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  preview?.kill();
});

test("a page loads again when the data behind it change", async () => {
  const { page, clean, close } = await open(browser, base);
  await page.goto(`${base}offerings/acme-chat/`);
  assert.equal(await page.textContent("h1"), "Acme Chat");
  const state = page.waitForResponse((response) => response.url().endsWith("/preview-state"));
  await state;
  const file = path.join(data, "offerings/acme-chat.toml");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('name = "Acme Chat"', 'name = "Acme Talk"'));
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Acme Talk", undefined, { timeout: 60_000 });
  clean();
  await close();
});
