import { fileURLToPath } from "node:url";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type UserConfigFnObject } from "vite";

import { SITE } from "./paths.mjs";

/** Browsers that are still on old phones: cascade layers are the youngest thing the apps need. */
const TARGET = ["chrome99", "firefox97", "safari15.4"];

/** The Vite settings of one of the two apps; they differ by folder alone. `API` is where its dev server finds the API. */
export function app(name: "panel" | "console"): UserConfigFnObject {
  const root = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const api = process.env["API"];
  return defineConfig(() => ({
    root,
    // Relative assets: the console stands behind a stage and a prefix, which only the server knows.
    base: "./",
    publicDir: fileURLToPath(new URL("../shared/public", import.meta.url)),
    plugins: [svelte({ configFile: fileURLToPath(new URL("svelte.config.mjs", import.meta.url)) })],
    build: {
      outDir: fileURLToPath(new URL(`${name}/`, SITE)),
      emptyOutDir: true,
      target: TARGET,
      cssTarget: TARGET,
      // The content security policy has no `data:` for fonts and scripts, and one file is cached for a year.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    server: api ? { proxy: { "/api": api, "/internal/v1": api } } : {},
  }));
}
