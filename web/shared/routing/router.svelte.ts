/** Where the page is, relative to its base: the address bar and the back button stay true. */

const BASE = new URL(document.baseURI);

interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

class Router {
  #place = $state.raw<Place>(here());

  constructor() {
    window.addEventListener("popstate", () => (this.#place = here()));
    document.addEventListener("click", (event) => this.#follow(event));
  }

  /** Without the base, without slashes around it: empty for the app's first page. */
  get path(): string {
    return this.#place.path;
  }

  get query(): URLSearchParams {
    return this.#place.query;
  }

  /** Path and query, as a link to this very place. */
  get whole(): string {
    const query = this.query.toString();
    return query ? `${this.path}?${query}` : this.path;
  }

  go(to: string, { replace = false }: { replace?: boolean } = {}): void {
    const url = new URL(to, BASE);
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    const isNewPath = pathOf(url) !== this.path;
    this.#place = here();
    if (isNewPath) window.scrollTo(0, 0);
  }

  /** A plain click on a link into the app changes the page without loading it. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download") || !isOwn(link.href)) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const router = new Router();

function here(): Place {
  return { path: pathOf(new URL(location.href)), query: new URLSearchParams(location.search) };
}

function pathOf(url: URL): string {
  return url.pathname.slice(BASE.pathname.length).replace(/^\/+|\/+$/g, "");
}

function isOwn(address: string): boolean {
  const url = new URL(address, BASE);
  return url.origin === BASE.origin && url.pathname.startsWith(BASE.pathname) && !isApi(url);
}

/** The API stands below the same base. */
function isApi(url: URL): boolean {
  return /^(?:api|v1)\//.test(url.pathname.slice(BASE.pathname.length));
}
