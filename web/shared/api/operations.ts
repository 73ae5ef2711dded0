/** What the generated types say of an operation: its parameters, its body and its answer. */

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** The paths of an API that have this method. */
export type PathWith<Paths, M extends Method> = {
  [Path in keyof Paths]: Paths[Path] extends Record<M, object> ? Path : never;
}[keyof Paths] &
  string;

export type Operation<Paths, Path extends keyof Paths, M extends Method> =
  Paths[Path] extends Record<M, infer Found> ? Found : never;

type Parameters<O> = O extends { parameters: infer P } ? P : never;

type Part<Name extends string, P> = P extends { readonly [N in Name]: infer Value }
  ? { [N in Name]: Value }
  : P extends { readonly [N in Name]?: infer Value }
    ? [Value] extends [undefined]
      ? object
      : { [N in Name]?: Value }
    : object;

type BodyPart<O> = O extends { requestBody: { content: { "application/json": infer Body } } }
  ? { body: Body }
  : O extends { requestBody?: { content: { "application/json": infer Body } } }
    ? { body?: Body }
    : object;

/** What a call must bring, and what it may. */
export type Options<O> = Part<"path", Parameters<O>> &
  Part<"query", Parameters<O>> &
  Part<"header", Parameters<O>> &
  BodyPart<O> & { signal?: AbortSignal; anonymous?: boolean };

/** The options as the last arguments of a call: left out where nothing is required. */
export type Rest<O> = object extends Options<O> ? [options?: Options<O>] : [options: Options<O>];

type Json<Response> = Response extends { content: { "application/json": infer Body } } ? Body : undefined;

type Success = 200 | 201 | 202 | 204;

/** What a call that succeeds answers. */
export type Answer<O> = O extends { responses: infer Responses }
  ? { [Status in keyof Responses & Success]: Json<Responses[Status]> }[keyof Responses & Success]
  : never;
