/** Where to go after signing in: a link may ask for any address, but only the app's own are gone to. */
export function ownAddress(next: string | null): string {
  const { href } = new URL(next ?? "", document.baseURI);
  return href.startsWith(document.baseURI) ? href : "";
}
