import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// Text from a table of places may only reach the page as text: nothing here may parse it as markup
// or run it as code. Leaflet parses the strings given to its pop-ups, tooltips and icons.
const asText = "Text reaches the page through textContent only.";
const asElement = "Leaflet parses a string as markup: give it an element, and say so beside it.";
const asCode = "No text is ever run as code.";
const MARKUP = ["innerHTML", "outerHTML", "srcdoc"];
const PARSERS = ["insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "parseFromString"];
const LEAFLET_PARSERS = ["bindPopup", "bindTooltip", "setContent"];

const safety = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-restricted-properties": [
    "error",
    ...[...MARKUP, ...PARSERS].map((property) => ({ property, message: asText })),
    ...LEAFLET_PARSERS.map((property) => ({ property, message: asElement })),
    { object: "document", property: "write", message: asText },
    { object: "document", property: "writeln", message: asText },
    { object: "window", property: "eval", message: asCode },
    { object: "globalThis", property: "eval", message: asCode },
  ],
  "no-restricted-syntax": [
    "error",
    { selector: `ObjectExpression > Property[key.name=/^(${MARKUP.join("|")})$/]`, message: asText },
    { selector: "ObjectExpression > Property[key.name='html']", message: asElement },
    {
      selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value=/^(on|srcdoc$)/i]",
      message: asCode,
    },
  ],
};

// Which folder of the page may import which: those to its right.
const FOLDERS = ["dashboard", "app", "timeline", "card", "map", "basemap", "journey", "lib"];
const SIDE_BY_SIDE = { dashboard: ["app"], timeline: ["card"] };
const zones = FOLDERS.map((folder, i) => ({
  target: `./page/${folder}`,
  from: [...FOLDERS.slice(0, i), ...(SIDE_BY_SIDE[folder] ?? [])].map((other) => `./page/${other}`),
  message: `page/${folder} is imported by that folder, so it cannot import it.`,
})).filter(({ from }) => from.length);

export default tseslint.config(
  js.configs.recommended,
  {
    files: ["page/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "import-x": importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      "import-x/resolver-next": [createTypeScriptImportResolver()],
    },
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...safety,
      eqeqeq: "error",
      "max-lines-per-function": ["error", { max: 45, skipBlankLines: true, skipComments: true }],
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      // An index that is in range by how it was made is told apart by the `!`.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Numbers are written into styles, keys and words all the time.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // `() => map.remove()` says as much as braces around it.
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
  {
    files: ["page/test/*.ts"],
    rules: {
      // Node's runner waits for its own tests.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: "test", package: "node:test" }] },
      ],
    },
  },
  {
    files: ["page/**/*.d.ts", "page/**/*.ts"],
    rules: {
      // `declare global` knows no other word.
      "no-var": ["off"],
    },
  },
  {
    files: ["**/*.mjs", "eslint.config.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
);
