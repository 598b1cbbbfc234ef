"use strict";

const js = require("@eslint/js");

// Text from a table of places may only reach the page as text: nothing here may parse it as markup
// or as code.
const WRITES_MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "setHTMLUnsafe"];
const asText = "Text reaches the page through textContent only.";
const asCode = "No text is ever run as code.";

const safety = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-restricted-properties": [
    "error",
    ...WRITES_MARKUP.map((property) => ({ property, message: asText })),
    { property: "createContextualFragment", message: asText },
    { property: "parseFromString", message: asText },
    { object: "document", property: "write", message: asText },
    { object: "document", property: "writeln", message: asText },
    { object: "window", property: "eval", message: asCode },
    { object: "globalThis", property: "eval", message: asCode },
  ],
  "no-restricted-syntax": [
    "error",
    {
      selector: `MemberExpression[computed=true] > Literal.property[value=/^(${WRITES_MARKUP.join("|")})$/]`,
      message: asText,
    },
  ],
};

module.exports = [
  js.configs.recommended,
  {
    files: ["geo/page/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...safety,
      strict: ["error", "global"],
      // The files share one global scope: tsc knows every name in it, a single file's lint does not.
      "no-undef": "off",
      "no-unused-vars": ["error", { vars: "local", args: "after-used" }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "max-lines-per-function": ["warn", { max: 40, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["eslint.config.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { module: "writable", require: "readonly" },
    },
  },
];
