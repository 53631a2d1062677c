import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError, holdBody, signingNameOf } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import type { ControlPlaneAuthorization } from './access/control-plane-authorization.ts'
import type { SignedCallers } from './access/signed-callers.ts'
import type { HttpRoute } from './doors/http-front.ts'
import { signedParts } from './doors/signed-parts.ts'
import type { Caller } from './foundation/caller.ts'
import type { Clock } from './foundation/clock.ts'
import type { ForwardedApi, ForwardedNeed, ForwardedRequest } from './foundation/forwarded-api.ts'
import type { Peer } from './foundation/peer.ts'
import { sourceOf } from './foundation/source-of.ts'
import { httpPublisher } from './foundation/traffic.ts'

export interface ForwardingParts {
  readonly apis: readonly ForwardedApi[]
  readonly callers: SignedCallers
  readonly controlPlane: ControlPlaneAuthorization
  readonly clock: Clock
  readonly log: Logger
}

/** The route of the APIs that other servers answer behind this one, told apart by what requests are signed for. */
export function forwardingRoute(parts: ForwardingParts): HttpRoute {
  const byName = new Map(parts.apis.map((api) => [api.signingName, api]))
  const apiOf = (request: IncomingMessage) => byName.get(signingNameIn(request) ?? '')
  return {
    matches: (request) => apiOf(request) !== undefined,
    handle: async (request, response) => {
      const api = apiOf(request)
      if (api) await forward(parts, api, request, response)
    },
  }
}

async function forward(
  { callers, controlPlane, clock, log }: ForwardingParts,
  api: ForwardedApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID()
  try {
    await holdBody(request, api.maxBodyBytes, async (bytes) => {
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const parts = signedParts(request)
      const caller = callers.authenticate({ ...parts, body }, { signingNames: [api.signingName] }, { unsigned: false })
      const forwarded: ForwardedRequest = { method: parts.method, url: parts.url, headers: request.headers, body }
      const needs = api.needsOf(forwarded)
      const peer = peerOf(request, caller, needs)
      const publisher = httpPublisher(peer, clock(), requestId)
      for (const need of needs) controlPlane.check(peer, publisher, need)
      await api.forward(forwarded, response)
    })
  } catch (error) {
    if (response.headersSent) throw error
    const known = error instanceof AwsError
    if (!known) log.error({ err: error, requestId }, 'a request failed')
    const told = known ? error : new AwsError('InternalFailure', 'The request processing has failed')
    const { status, headers, body } = api.errorAnswer(told, requestId)
    // The rest is not read; HTTP/2 has no such header.
    if (!request.complete && request.httpVersionMajor === 1) response.setHeader('connection', 'close')
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }
}

/** @throws {AwsError} AccessDeniedException for whoever has nothing to do with destinations */
function peerOf({ socket }: IncomingMessage, caller: Caller, needs: readonly ForwardedNeed[]): Peer {
  if (caller.kind === 'anonymous' || caller.kind === 'other-account') {
    const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn
    const action = needs[0]?.action ?? '*'
    throw new AwsError('AccessDeniedException', `User: ${who} is not authorized to perform: ${action}`)
  }
  return { principal: caller, ...sourceOf(socket) }
}

/** What a request is signed for, as the AWS APIs read it. */
function signingNameIn({ headers, url = '' }: IncomingMessage): string | undefined {
  const isPresigned = url.includes('X-Amz-Credential=')
  const query = isPresigned ? [...new URLSearchParams(url.slice(url.indexOf('?') + 1))] : []
  return signingNameOf(headers.authorization, query)
}
