const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\w*\//, "Edge"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** A browser by what it calls itself, in a few words: `Chrome · Android`; anything else as it is. */
export function deviceName(userAgent: string): string {
  const found = [first(BROWSERS, userAgent), first(SYSTEMS, userAgent)].filter(Boolean);
  return found.length ? found.join(" · ") : userAgent;
}

function first(known: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return known.find(([pattern]) => pattern.test(text))?.[1];
}
