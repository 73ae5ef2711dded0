/** What a link that was handed on is good for. */
export interface Handed {
  readonly kind: "invitation" | "passwordReset";
  readonly token: string;
}

const PLACES = { invitation: "invitations", passwordReset: "password-resets" } as const;
const KINDS = Object.keys(PLACES) as Handed["kind"][];

/** What the page was opened with, if it was by such a link. Behind `#` the token reaches no server's log. */
export function handedLink(path: string): Handed | null {
  for (const kind of KINDS) {
    const token = new RegExp(`^(?:#/?)?${PLACES[kind]}/([\\w-]+)$`).exec(location.hash || path)?.[1];
    if (token) return { kind, token };
  }
  return null;
}

/** The link to hand to somebody. */
export function linkOf({ kind, token }: Handed): string {
  return new URL(`#/${PLACES[kind]}/${token}`, document.baseURI).href;
}
