// Validators and code generators must take every published schema, and the documents must fit.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const published = mkdtempSync(join(tmpdir(), "published-"));
after(() => rmSync(published, { recursive: true }));
execFileSync("cargo", ["xtask", "export", "json", "--quiet", "--out", published], { cwd: root });

const run = promisify(execFile);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
/** Returns the schemas in a folder, which are those of these kinds. */
const schemasIn = (folder, kinds) => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
  assert.deepEqual(names.map((name) => name.replace(".schema.json", "")).sort(), kinds);
  return names.map((name) => join(folder, name));
};
const kinds = ["dimensions", "import-profile", "offering", "organization", "platform", "registry", "visits"];
const documents = ["data", "dimension", "index", "offering", "organization", "platform", "visits"];
const ofData = schemasIn(join(root, "schema"), kinds);
const ofDocuments = schemasIn(join(published, "schema"), documents);
const ofEditors = schemasIn(join(root, "schema/editor"), kinds);

// A fact has one of several types, which strict mode takes for a slip unless it is allowed.
const strict = { strict: true, allowUnionTypes: true };

/** Returns what compiles schemas of draft 2020-12. */
const validator = () => addFormats(new Ajv2020.default(strict));

test("ajv in strict mode takes the schemas of data files and of published documents", () => {
  for (const path of [...ofData, ...ofDocuments]) {
    assert.doesNotThrow(() => validator().compile(read(path)), path);
  }
});

test("ajv takes the schemas for editors, whose own keywords are three", () => {
  for (const path of ofEditors) {
    // A declared fact also has the form of any fact, and strict types would want a list where a fact is anything.
    const ajv = addFormats(new Ajv.default({ ...strict, strictTypes: false, allowMatchingProperties: true }));
    ajv.addVocabulary(["x-taplo", "x-tombi-table-keys-order", "x-tombi-toml-version"]);
    assert.doesNotThrow(() => ajv.compile(read(path)), path);
  }
});

test("published documents fit their schemas", () => {
  const fits = (schema, documents) => {
    const validate = validator().compile(read(join(published, `schema/${schema}.schema.json`)));
    for (const path of documents) assert.ok(validate(read(path)), `${path}: ${JSON.stringify(validate.errors)}`);
    return documents.length;
  };
  for (const name of ["data", "index", "visits"]) fits(name, [join(published, `${name}.json`)]);
  for (const kind of ["dimension", "offering", "organization", "platform"]) {
    const folder = join(published, `${kind}s`);
    assert.ok(fits(kind, readdirSync(folder).map((name) => join(folder, name))) > 5, folder);
  }
});

test("quicktype makes types of every schema, and those of data.json read it", async () => {
  const typescript = async (path) => {
    const program = join(root, "tests/node_modules/.bin/quicktype");
    const form = ["--src-lang", "schema", "--lang", "typescript", "--top-level", "Root"];
    const { stdout } = await run(program, [...form, path], { maxBuffer: 1 << 26 });
    assert.match(stdout, /export interface Root /, path);
    return stdout;
  };
  await Promise.all([...ofData, ...ofDocuments].map(typescript));
  const made = await typescript(join(published, "schema/data.schema.json"));
  const { outputText } = ts.transpileModule(made, { compilerOptions: { module: "esnext", target: "es2022" } });
  const { Convert } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const text = readFileSync(join(published, "data.json"), "utf8");
  assert.ok(Convert.toRoot(text).offerings.length > 30);
});
