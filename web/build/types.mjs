// Types of both APIs from their OpenAPI documents: a change of an API breaks the build and not its users.
import { readFile } from "node:fs/promises";

import openapi, { astToString } from "openapi-typescript";

import { SITE } from "./paths.mjs";
import { writeChanged } from "./write.mjs";

for (const name of ["public", "internal"]) {
  const file = new URL(`openapi/${name}.json`, SITE);
  const document = await readFile(file, "utf8").catch(() => {
    throw new Error(`layers/site/openapi/${name}.json is missing: run "make openapi" first.`);
  });
  const types = astToString(await openapi(document, { immutable: true, defaultNonNullable: false }));
  await writeChanged(new URL(`../shared/api/${name}.d.ts`, import.meta.url), types);
}
