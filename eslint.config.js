"use strict";

const js = require("@eslint/js");

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

module.exports = [
  js.configs.recommended,
  {
    // The component that mounts the map document is a module of its own.
    files: ["geo/dashboard/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: { ...safety, "no-undef": "off", eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
  {
    files: ["geo/page/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      // Known by name, so that no-implied-eval sees a string given to them.
      globals: { setInterval: "readonly", setTimeout: "readonly" },
    },
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
