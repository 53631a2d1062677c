import { endpoints } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { SharedReads } from '../../aws/shared-reads.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { authorizationFacts } from './authorization-facts.ts'
import { iamPrincipal } from './iam-principal.ts'
import { principalTarget } from './principal-target.ts'
import { testAuthorization } from './test-authorization.ts'

/** Of policies, AWS IoT answers ten reads a second of an account, TestAuthorization among them (AWS IoT quotas). */
const READS_PER_SECOND = 8

/** What decides about a principal, for whoever decides; and what AWS IoT itself decides. */
export const authorization: Module = {
  name: 'authorization',
  routes(app, { aws }) {
    const reads = new Pace(SYSTEM_CLOCK, READS_PER_SECOND)
    const trials = new Pace(SYSTEM_CLOCK, READS_PER_SECOND)
    const shared = new SharedReads<Awaited<ReturnType<typeof authorizationFacts>>>()
    route(app, endpoints.getAuthorizationFacts, async ({ query: { principalId, clientId } }) =>
      shared.read(JSON.stringify([principalId, clientId]), () => authorizationFacts(aws, reads, principalId, clientId)),
    )
    const principals = new SharedReads<Awaited<ReturnType<typeof iamPrincipal>>>()
    route(app, endpoints.getIamPrincipal, async ({ query: { kind, name } }) =>
      principals.read(JSON.stringify([kind, name]), () => iamPrincipal(aws.iam, kind, name)),
    )
    route(app, endpoints.testAuthorization, async ({ body: { principalId, ...asked } }) => ({
      answers: await testAuthorization(aws.iot, trials, {
        ...asked,
        principal: principalTarget(aws.arns, principalId),
      }),
    }))
  },
}
