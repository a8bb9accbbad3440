/** One request to the API, and what it means when the server refuses. */
import type { Problem, ProblemCode } from '#contract/problems.ts'

/** Longer than any answer takes; a request without an end would leave a button grey for ever. */
const REQUEST_TIMEOUT_MS = 20_000
/** A file over a poor line; the server waits as long. */
const UPLOAD_TIMEOUT_MS = 120_000

/** The server refused, or could not be reached (`unreachable`). */
export class RequestProblem extends Error {
  readonly code: ProblemCode | 'unreachable'
  readonly problems: Problem['problems']

  constructor(code: ProblemCode | 'unreachable', message: string, problems?: Problem['problems']) {
    super(message)
    this.name = 'RequestProblem'
    this.code = code
    this.problems = problems
  }
}

export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const isForm = body instanceof FormData
  const response = await fetch(`/api${path}`, {
    method,
    signal: AbortSignal.timeout(isForm ? UPLOAD_TIMEOUT_MS : REQUEST_TIMEOUT_MS),
    headers: {
      // Another site's form cannot set this header: the guard beside the cookie's SameSite.
      ...(method !== 'GET' && { 'x-javob': '1' }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new RequestProblem('unreachable', String(error))
  })
  if (!response.ok) throw await problemOf(response)
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function problemOf(response: Response): Promise<RequestProblem> {
  if (!response.headers.get('content-type')?.includes('json')) {
    // A proxy answered in place of the server.
    return new RequestProblem('unreachable', `${response.status}`)
  }
  const problem = (await response.json()) as Partial<Problem>
  return new RequestProblem(
    problem.code ?? 'somethingWentWrong',
    problem.detail ?? `${response.status}`,
    problem.problems,
  )
}

/** For addresses with questions in them; what is undefined or empty is left out. */
export function query(values: Record<string, string | number | undefined>): string {
  const asked = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  )
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`
}
