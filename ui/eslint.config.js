import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Amounts are exact decimal strings: they are shown, never calculated with. */
const noMoneyArithmetic = [
  {
    selector: "BinaryExpression[operator=/^([-*\\/%]|\\*\\*)$/] > MemberExpression[property.name='amount']",
    message: "Money is never calculated with in TypeScript.",
  },
  {
    selector: "CallExpression[callee.name=/^(Number|parseFloat|parseInt|BigInt)$/] MemberExpression[property.name='amount']",
    message: "Money is an exact decimal string: format it, do not parse it.",
  },
  {
    selector: "CallExpression[callee.object.name='Number'] MemberExpression[property.name='amount']",
    message: "Money is an exact decimal string: format it, do not parse it.",
  },
  {
    selector: "UnaryExpression[operator=/^[-+]$/] > MemberExpression[property.name='amount']",
    message: "Money is an exact decimal string: format it, do not parse it.",
  },
];

/** Figures come with their texts: nothing here rounds, adds or scales one. */
const noOwnFormatting = [
  { selector: "MemberExpression[object.name='Intl'][property.name='NumberFormat']", message: "Figures come from the core with their texts; sizes and times are written in core/format." },
  { selector: "CallExpression[callee.property.name=/^(toFixed|toPrecision|toLocaleString)$/]", message: "Figures come from the core with their texts." },
];
const noArithmetic = [
  { selector: "BinaryExpression[operator=/^([-*\\/%]|\\*\\*)$/]", message: "Nothing is calculated where figures are written." },
  { selector: "CallExpression[callee.name=/^(Number|parseFloat|parseInt|BigInt)$/]", message: "Nothing is calculated where figures are written." },
  { selector: "MemberExpression[object.name='Math']", message: "Nothing is calculated where figures are written." },
];

const tauri = { group: ["@tauri-apps/*"], message: "Only src/core talks to the desktop shell." };
const noBindings = { group: ["**/core/bindings/*"], message: "Import wire types from @/core/types." };

export default defineConfig(
  { ignores: ["dist", "dist-gallery", "src/core/bindings"] },
  ...tseslint.configs.recommended,
  reactHooks.configs.flat["recommended-latest"],
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-syntax": ["error", ...noMoneyArithmetic, ...noOwnFormatting],
      "no-restricted-imports": ["error", { patterns: [tauri, noBindings] }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "react-hooks/incompatible-library": "off",
      "no-console": "error",
      "max-lines": ["error", 600],
      eqeqeq: "error",
    },
  },
  {
    files: ["src/core/format.tsx"],
    rules: { "no-restricted-syntax": ["error", ...noMoneyArithmetic, ...noArithmetic] },
  },
  // What stands in for the core in tests and the gallery makes texts up.
  { files: ["src/core/dev/**", "src/test/**"], rules: { "no-restricted-syntax": ["error", ...noMoneyArithmetic] } },
  {
    files: ["src/core/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@/app/*", "@/features/*", "@/components/*", "@/charts/*"], message: "core stands below everything." }] },
      ],
    },
  },
  {
    files: ["src/components/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [tauri, noBindings, { group: ["@/app/*", "@/features/*", "@/charts/*"], message: "components stand below features." }] },
      ],
    },
  },
  {
    files: ["src/charts/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [tauri, noBindings, { group: ["@/app/*", "@/features/*"], message: "charts stand below features." }] },
      ],
    },
  },
  {
    files: ["src/features/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            tauri,
            noBindings,
            { group: ["@/app/*", "@/features/*"], message: "A feature imports its own files relatively and no other feature." },
            { group: ["../../*"], message: "Leave the feature's folder through @/core, @/components or @/charts only." },
          ],
        },
      ],
    },
  },
);
