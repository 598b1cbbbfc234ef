import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { ESLint } from "eslint";

/** What the linter says of files in a folder of the page. */
async function lint(folder: string, files: Record<string, string>): Promise<string[]> {
  const place = mkdtempSync(join("page", folder, "made-"));
  try {
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(place, name), text);
      return join(place, name);
    });
    const results = await new ESLint().lintFiles(paths);
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? ""));
  } finally {
    rmSync(place, { recursive: true });
  }
}

test("a circle of imports fails the linter", async () => {
  const circle = {
    "a.ts": 'import { b } from "./b";\nexport const a = (): number => b() + 1;\n',
    "b.ts": 'import { a } from "./a";\nexport const b = (): number => a() + 1;\n',
  };
  assert.deepEqual(await lint("lib", circle), ["import-x/no-cycle", "import-x/no-cycle"]);
});

test("an import up the page's folders fails the linter", async () => {
  const upward = {
    "a.ts": 'import { TimeScale } from "../../timeline/scale";\nexport const a = TimeScale;\n',
  };
  assert.deepEqual(await lint("lib", upward), ["import-x/no-restricted-paths"]);
});

test("text that is parsed as markup fails the linter", async () => {
  const unsafe = { "a.ts": "export const a = (own: Element, text: string) => (own.innerHTML = text);\n" };
  assert.ok((await lint("lib", unsafe)).includes("no-restricted-properties"));
});
