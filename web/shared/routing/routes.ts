/** Paths below the page's base, such as `tickets/:number`, and what they lead to. */

export interface Match<Name extends string> {
  readonly name: Name;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first route whose pattern fits the path, or null. */
export function matchRoute<Name extends string>(routes: Readonly<Record<Name, string>>, path: string): Match<Name> | null {
  for (const name of Object.keys(routes) as Name[]) {
    const parameters = fit(routes[name].split("/"), path.split("/"));
    if (parameters) return { name, parameters };
  }
  return null;
}

function fit(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (expected.startsWith(":") && part) parameters[expected.slice(1)] = part;
    else if (expected !== part) return null;
  }
  return parameters;
}
