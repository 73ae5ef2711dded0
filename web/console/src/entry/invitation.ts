const IN_HASH = /^#\/?invitations\/([\w-]+)$/;
const IN_PATH = /^invitations\/([\w-]+)$/;

/** The token of an invitation's link, if the page was opened by one. Behind `#` it reaches no server's log. */
export function invitationToken(path: string): string | null {
  return IN_HASH.exec(location.hash)?.[1] ?? IN_PATH.exec(path)?.[1] ?? null;
}

/** The link to hand to somebody who is invited. */
export function invitationLink(token: string): string {
  return new URL(`#/invitations/${token}`, document.baseURI).href;
}
