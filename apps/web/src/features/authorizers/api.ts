import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORIZERS } from '../../shared/authorizers/authorizer-queries.ts'
import { readPublicKey } from './signing-key.ts'

export const authorizerPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...AUTHORIZERS, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listAuthorizers, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const permissionQuery = (authorizerName: string) =>
  queryOptions({
    queryKey: [...AUTHORIZERS, 'permission', authorizerName],
    queryFn: ({ signal }) => api(endpoints.describeAuthorizerPermission, { params: { authorizerName }, signal }),
    staleTime: 0, // it is mended elsewhere, by a command
  })

/** Its last calls up to `toMs`. */
export const callsQuery = (authorizerName: string, fromMs: number, toMs: number) => {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
  return queryOptions({
    queryKey: [...AUTHORIZERS, 'calls', authorizerName, from, to],
    queryFn: ({ signal }) =>
      api(endpoints.listAuthorizerCalls, { params: { authorizerName }, query: { from, to }, signal }),
    staleTime: 30_000, // ms
  })
}

/** What a public key is, read in the browser. */
export const publicKeyQuery = (pem: string) =>
  queryOptions({
    queryKey: [...AUTHORIZERS, 'public key', pem],
    queryFn: () => readPublicKey(pem),
    staleTime: Number.POSITIVE_INFINITY, // a text never changes
    retry: false, // nor does what is wrong with it
    networkMode: 'always',
  })
