import { isPassing, Problem, Unreachable } from "./errors";
import type { Answer, Method, Operation, Options, PathWith, Rest } from "./operations";

const TIMEOUT = 20_000;
const READING_TRIES = 3;
const FIRST_PAUSE = 400;

/** What the client asks of its app. */
export interface Surroundings {
  language(): string;
  /** The session has ended: resolves to whether the same person is signed in again, so that the call is repeated. */
  signInAgain(): Promise<boolean>;
  /** Whether the last call reached the API. */
  reached(isReached: boolean): void;
}

interface AnyOptions {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
  /** The call belongs to signing in: a missing session is an answer to it, and not the end of one. */
  anonymous?: boolean;
}

/** An API by its generated types: paths, parameters and answers are checked when the app is built. */
export class Api<Paths extends object> {
  constructor(
    private readonly base: URL,
    private readonly surroundings: Surroundings,
  ) {}

  /** Reads; tries again by itself when no answer comes. */
  async get<P extends PathWith<Paths, "get">>(path: P, ...rest: Rest<Operation<Paths, P, "get">>) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.call<P, "get">("get", path, rest[0]);
      } catch (error) {
        if (attempt === READING_TRIES || !isPassing(error)) throw error;
        await pause(FIRST_PAUSE * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  post<P extends PathWith<Paths, "post">>(path: P, ...rest: Rest<Operation<Paths, P, "post">>) {
    return this.call<P, "post">("post", path, rest[0]);
  }

  put<P extends PathWith<Paths, "put">>(path: P, ...rest: Rest<Operation<Paths, P, "put">>) {
    return this.call<P, "put">("put", path, rest[0]);
  }

  patch<P extends PathWith<Paths, "patch">>(path: P, ...rest: Rest<Operation<Paths, P, "patch">>) {
    return this.call<P, "patch">("patch", path, rest[0]);
  }

  delete<P extends PathWith<Paths, "delete">>(path: P, ...rest: Rest<Operation<Paths, P, "delete">>) {
    return this.call<P, "delete">("delete", path, rest[0]);
  }

  /** The address of an operation, for a link or a picture. */
  address<P extends PathWith<Paths, "get">>(path: P, ...rest: Rest<Operation<Paths, P, "get">>): string {
    return this.url(path, (rest[0] ?? {}) as AnyOptions).href;
  }

  private async call<P extends keyof Paths & string, M extends Method>(
    method: M,
    path: P,
    given?: Options<Operation<Paths, P, M>>,
  ): Promise<Answer<Operation<Paths, P, M>>> {
    const options = (given ?? {}) as AnyOptions;
    try {
      return (await this.send(method, path, options)) as Answer<Operation<Paths, P, M>>;
    } catch (error) {
      const hasEnded = error instanceof Problem && error.kind === "unauthenticated" && !options.anonymous;
      if (!hasEnded || !(await this.surroundings.signInAgain())) throw error;
      return this.call(method, path, given);
    }
  }

  private async send(method: Method, path: string, options: AnyOptions): Promise<unknown> {
    const response = await this.fetch(method, path, options);
    this.surroundings.reached(true);
    // A redirect leads to a file, which a link fetches: nothing is to be read here.
    if (response.status === 204 || response.type === "opaqueredirect") return undefined;
    const body: unknown = await response.json().catch(() => ({}));
    if (!response.ok) throw new Problem(response.status, body as Problem["body"]);
    return body;
  }

  private async fetch(method: Method, path: string, options: AnyOptions): Promise<Response> {
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), TIMEOUT);
    options.signal?.addEventListener("abort", () => clock.abort(), { once: true });
    try {
      return await fetch(this.url(path, options), {
        method: method.toUpperCase(),
        headers: this.headers(options),
        body: options.body === undefined ? null : JSON.stringify(options.body),
        credentials: "same-origin",
        redirect: "manual",
        signal: clock.signal,
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      this.surroundings.reached(false);
      throw new Unreachable(String(error), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  private headers(options: AnyOptions): Record<string, string> {
    return {
      Accept: "application/json",
      "Accept-Language": this.surroundings.language(),
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(options.header as Record<string, string>),
    };
  }

  private url(path: string, { path: values = {}, query = {} }: AnyOptions): URL {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
    const url = new URL(filled.slice(1), this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    }
    return url;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
