export { default } from "../build/svelte.config.mjs";
