import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { httpRoute } from './service-routes.ts'

const ALIAS = { method: 'GET', path: '/role-aliases/{alias}/credentials' } as const

test.each([
  [ALIAS, 'GET', '/role-aliases/uploads/credentials', { alias: 'uploads' }],
  [ALIAS, 'GET', '/role-aliases/a%20b/credentials?x=1', { alias: 'a b' }],
  [ALIAS, 'GET', '/role-aliases/%zz/credentials', undefined], // cannot be decoded
  [ALIAS, 'GET', '/role-aliases/a/b/credentials', undefined],
  [ALIAS, 'GET', '/role-aliases//credentials', undefined],
  [ALIAS, 'POST', '/role-aliases/uploads/credentials', undefined],
  [{ path: '/oidc/*' }, 'POST', '/oidc', {}],
  [{ path: '/oidc/*' }, 'GET', '/oidc/auth/x?y=/z', {}],
  [{ path: '/oidc/*' }, 'GET', '/oidcs', undefined],
  [{ path: '/a.b' }, 'GET', '/axb', undefined],
])('%j, %s %s: %j', async (route, method, url, parameters) => {
  const seen: unknown[] = []
  const served = httpRoute({ ...route, handle: (_request, _response, visit) => void seen.push(visit) }, () => undefined)
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url })
  expect(served.matches(request)).toBe(parameters !== undefined)
  if (parameters === undefined) return
  await served.handle(request, new ServerResponse(request))
  expect(seen).toEqual([{ peer: undefined, parameters }])
})
