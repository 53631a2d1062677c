import { type Endpoint, endpoints, type ProblemBody, type Session } from '@thingdeck/contract'
import { onTestFinished, vi } from 'vitest'
import { breachesOf } from './contract-breaches.ts'

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
  environmentKind: 'embedded',
}

/**
 * Answers the page's requests for the length of a test: by path, or `METHOD path` for writes. Answers the list of what
 * was asked, to which it goes on adding. What is asked or answered otherwise than the contract has it fails the test.
 * @param api all of the console's, unless it is an example with one of its own
 */
export function fakeApi(routes: Routes, api: readonly Endpoint[] = Object.values(endpoints)): readonly string[] {
  const asked: string[] = []
  const breaches: string[] = []
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://console.example')
    const method = init?.method ?? 'GET'
    asked.push(`${method} ${url.pathname}${url.search}`)
    const answer = routes[method === 'GET' ? url.pathname : `${method} ${url.pathname}`]
    const response = await (answer?.(url, init) ?? problem(404, 'NOT_FOUND', `There is nothing at ${url.pathname}.`))
    breaches.push(...(await breachesOf(api, method, url, init?.body, response.clone())))
    return response
  })
  onTestFinished(() => {
    vi.unstubAllGlobals()
    if (breaches.length > 0) throw new Error(`Not as the contract has it:\n${breaches.join('\n')}`)
  })
  return asked
}
