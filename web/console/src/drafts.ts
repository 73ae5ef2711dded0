/** Where the drafts of a member of staff are kept on this device. */

export function draftsOf(accountId: string): string {
  return `desk-draft:${accountId}:`;
}
