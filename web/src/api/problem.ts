// What the server refused and why (RFC 9457), or that it could not be reached.

export interface FieldProblem {
  field: string;
  detail: string;
}

export type ProblemKind = 'offline' | 'sign_in' | 'forbidden' | 'not_found' | 'conflict' | 'changed' | 'invalid' | 'busy' | 'internal';

interface Parts {
  status: number;
  code: string;
  detail: string;
  fields?: FieldProblem[];
  reference?: string | null;
  answer?: unknown;
}

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number; // 0: no answer
  readonly code: string; // "invalid", as in /problems/invalid
  readonly detail: string; // a sentence for people, in the asked language
  readonly fields: FieldProblem[];
  readonly reference: string | null; // request id
  readonly answer: unknown; // what came instead of a problem: the report of an import that was refused

  constructor(parts: Parts) {
    super(parts.detail || parts.code);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.detail = parts.detail;
    this.fields = parts.fields ?? [];
    this.reference = parts.reference ?? null;
    this.answer = parts.answer;
    this.kind = kindOf(parts.status);
  }

  // For a form: the first problem of each field.
  byField(): Record<string, string> {
    return Object.fromEntries([...this.fields].reverse().map((one) => [one.field, one.detail]));
  }
}

function kindOf(status: number): ProblemKind {
  switch (status) {
    case 0:
      return 'offline';
    case 401:
      return 'sign_in';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 412:
      return 'changed';
    case 429:
    case 503:
      return 'busy';
    default:
      return status >= 500 ? 'internal' : 'invalid';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function fieldsOf(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((one) => ({ field: textOf(one.field), detail: textOf(one.detail) }));
}

// A proxy may answer with something else than a problem: then the status says what there is to say.
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = response.headers.get('Content-Type')?.includes('json') ? await response.json().catch(() => null) : null;
  const id = response.headers.get('X-Request-Id');
  if (!isRecord(body)) return new Problem({ status: response.status, code: `http_${response.status}`, detail: '', reference: id });
  return new Problem({
    status: response.status,
    code: textOf(body.type).split('/').at(-1) ?? '',
    detail: textOf(body.detail) || textOf(body.title),
    fields: fieldsOf(body.errors),
    reference: textOf(body.instance) || id,
    answer: body,
  });
}

export const offline = () => new Problem({ status: 0, code: 'offline', detail: '' });
