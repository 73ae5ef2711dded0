const SIGNS: Readonly<Record<string, string>> = { "?": "?", "؟": "?", "/": "/" };

/** What a key is called in the list of shortcuts: by its letter, or by its place where the layout has no Latin letters. */
export function keyName(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const sign = SIGNS[event.key];
  if (sign) return sign;
  if (event.shiftKey) return event.code === "Slash" ? "?" : null;
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return "/";
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? null;
}
