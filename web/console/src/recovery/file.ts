import { t } from "../texts";

/** The codes as a text file that says what it is. */
export function codesFile(codes: readonly string[], email: string): Blob {
  const { title, lead } = t().recovery;
  return new Blob([[`${t().name}: ${title}`, email, lead, "", ...codes, ""].join("\r\n")], { type: "text/plain;charset=utf-8" });
}
