import type { ProblemBody } from '@thingdeck/contract'

/**
 * A request that the API refused or that never reached it. Decide by `code`: AWS's exception name where AWS refused,
 * one of the API's own codes otherwise, `NETWORK` when there was no way to the server, `TIMEOUT` when no answer came.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly awsRequestId: string | undefined

  constructor(fields: { code: string; message: string; status: number; requestId?: string; awsRequestId?: string }) {
    super(fields.message)
    this.code = fields.code
    this.status = fields.status
    this.requestId = fields.requestId
    this.awsRequestId = fields.awsRequestId
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>

/** Longer than the server gives AWS with all its attempts: who waits is told before they give up. */
const READ_TIMEOUT_MS = 30_000
/** A write may be many: what became of it is better known than guessed. */
const WRITE_TIMEOUT_MS = 120_000

interface RequestOptions {
  readonly query?: Query
  readonly signal?: AbortSignal
}

function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  if (!isProblem(body)) {
    return new ApiError({
      code: `HTTP_${response.status}`,
      message: `The server answered ${response.status} ${response.statusText}`.trim(),
      status: response.status,
    })
  }
  return new ApiError({
    code: body.code,
    message: body.detail,
    status: response.status,
    requestId: body.requestId,
    ...(body.awsRequestId === undefined ? {} : { awsRequestId: body.awsRequestId }),
  })
}

const noAnswer = (timeoutMs: number) =>
  new ApiError({
    code: 'TIMEOUT',
    message: `The console server has not answered for ${timeoutMs / 1000} seconds.`,
    status: 0,
  })

async function send(method: string, path: string, options: RequestOptions, body?: string): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  const timeoutMs = method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS
  const timeout = new AbortController()
  init.signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  if (body !== undefined) {
    init.body = body
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
  }
  let response: Response
  try {
    response = await fetch(withQuery(path, options.query), init)
  } catch (error) {
    if (timeout.signal.aborted && !options.signal?.aborted) throw noAnswer(timeoutMs)
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({ code: 'NETWORK', message: 'The console server could not be reached.', status: 0 })
  } finally {
    clearTimeout(timer)
  }
  if (!response.ok) throw await toApiError(response)
  return response
}

/** The API on the page's own origin. Paths begin with `/`; every failure is an {@link ApiError}. */
export const http = {
  async get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await send('GET', path, options)).json() as Promise<T>
  },
  /** The body with the server's clock (epoch ms, whole seconds), which the page's own may be off from. */
  async getDated<T>(path: string, options: RequestOptions = {}): Promise<{ body: T; dateMs: number | undefined }> {
    const response = await send('GET', path, options)
    const dateMs = Date.parse(response.headers.get('date') ?? '')
    return { body: (await response.json()) as T, dateMs: Number.isNaN(dateMs) ? undefined : dateMs }
  },
  /** The body as text: for documents whose numbers must keep their digits. */
  async getText(path: string, options: RequestOptions = {}): Promise<string> {
    return (await send('GET', path, options)).text()
  },
  async post<T>(path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
    return (await send('POST', path, options, JSON.stringify(body ?? {}))).json() as Promise<T>
  },
  /** Sends `body` as it is, and answers the response's text. */
  async postText(path: string, body: string, options: RequestOptions = {}): Promise<string> {
    return (await send('POST', path, options, body)).text()
  },
  /** Answers the response's text. */
  async deleteText(path: string, options: RequestOptions = {}): Promise<string> {
    return (await send('DELETE', path, options)).text()
  },
}
