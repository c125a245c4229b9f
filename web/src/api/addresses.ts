// Which addresses there are and what they take and give, out of the OpenAPI document (schema.d.ts).
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];
export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Operations<V extends Verb> = {
  [P in keyof paths as paths[P][Lowercase<V>] extends { responses: unknown } ? P : never]: paths[P][Lowercase<V>];
};
export type Address<V extends Verb> = keyof Operations<V> & string;
type Operation<V extends Verb, A extends Address<V>> = Operations<V>[A];

// For each of the addresses that A may be.
export type Answer<V extends Verb, A extends Address<V>> = A extends A
  ? Operation<V, A> extends { responses: { 200: { content: { 'application/json': infer Body } } } }
    ? Body
    : null
  : never;
export type Taken<V extends Verb, A extends Address<V>> = A extends A
  ? Operation<V, A> extends { requestBody: { content: { 'application/json': infer Body } } }
    ? Body
    : undefined
  : never;

type QueryNames<V extends Verb, A extends Address<V>> =
  Operation<V, A> extends { parameters: { query?: infer Asked } } ? (Asked extends object ? keyof Asked : never) : never;
export type QueryOf<A extends Address<V>, V extends Verb = 'GET'> = {
  [N in QueryNames<V, A>]?: string | number | boolean | string[] | null | undefined;
};

type Names<A extends string> = A extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
// What stands in the braces of an address.
export type Places<A extends string> = Record<Names<A>, string | number>;

export function filled<A extends string>(address: A, places: Places<A>): string {
  const known: Record<string, string | number> = places;
  return address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(known[name] ?? ''));
}
