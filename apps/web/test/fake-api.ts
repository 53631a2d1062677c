import type { ProblemBody, Session } from '@thingdeck/contract'
import { onTestFinished, vi } from 'vitest'

type Answer = (url: URL, init: RequestInit | undefined) => Response | Promise<Response>

export type Routes = Readonly<Record<string, Answer>>

export const json = (body: unknown, status = 200) => Response.json(body, { status })

export function problem(status: number, code: string, detail: string): Response {
  const body: ProblemBody = { type: 'about:blank', title: code, status, detail, code, requestId: 'request-1' }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } })
}

export const SESSION: Session = {
  person: { id: 'ada', name: 'Ada', role: 'operator' },
  account: '123456789012',
  region: 'us-east-1',
  environment: 'embedded',
}

/**
 * Answers the page's requests for the length of a test: by path, or `METHOD path` for writes. Answers the list of what
 * was asked, to which it goes on adding.
 */
export function fakeApi(routes: Routes): readonly string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://console.example')
    const method = init?.method ?? 'GET'
    asked.push(`${method} ${url.pathname}${url.search}`)
    const answer = routes[method === 'GET' ? url.pathname : `${method} ${url.pathname}`]
    return answer ? answer(url, init) : problem(404, 'NOT_FOUND', `There is nothing at ${url.pathname}.`)
  })
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  return asked
}
