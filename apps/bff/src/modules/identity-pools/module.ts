import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createIdentityPools } from './identity-pools.ts'

/** Cognito's identity pools, and the identities whom IoT policies are attached to. */
export const identityPools: Module = {
  name: 'identity-pools',
  routes(app, { aws: { cognito, iot } }) {
    const pools = createIdentityPools(cognito, iot)
    route(app, endpoints.listIdentityPools, async ({ query }) => pools.list(query))
    route(app, endpoints.describeIdentityPool, async ({ params }) => pools.describe(params.identityPoolId))
    route(app, endpoints.listIdentities, async ({ params, query }) => pools.identities(params.identityPoolId, query))
    route(app, endpoints.describeIdentity, async ({ params }) => pools.identity(params.identityId))
  },
}
