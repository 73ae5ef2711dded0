/** Where a customer's drafts are kept on this device. */

export function draftsOf(accountId: string): string {
  return `draft:${accountId}:`;
}
