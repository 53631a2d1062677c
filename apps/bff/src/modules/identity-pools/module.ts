import { endpoints } from '@thingdeck/contract'
import { partitionOf } from '@thingdeck/policies'
import { checkTagsAsSeen } from '../../aws/tags-as-seen.ts'
import { InTurn } from '../../in-turn.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { tagNote } from '../../plugins/audit/tag-note.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createIdentityPools } from './identity-pools.ts'
import { settingsPartOf } from './pool-settings.ts'
import { trustingRoles } from './trusting-roles.ts'

/** Cognito's identity pools with their roles, and the identities whom IoT policies are attached to. */
export const identityPools: Module = {
  name: 'identity-pools',
  routes(app, { aws: { cognito, iam, iot }, config: { region, account, signIn } }) {
    const arnOf = (id: string) => `arn:${partitionOf(region)}:cognito-identity:${region}:${account}:identitypool/${id}`
    const ofConsole = signIn.kind === 'issuer' ? signIn.cognitoIdentityPoolId : undefined
    const pools = createIdentityPools({ cognito, iot, arnOf, ofConsole })
    const resource = (id: string) => ({ type: 'identity-pool', id, arn: arnOf(id) })

    const inTurn = new InTurn()

    route(app, endpoints.listIdentityPools, async ({ query }) => pools.list(query))
    route(app, endpoints.describeIdentityPool, async ({ params }) => pools.describe(params.identityPoolId))

    route(app, endpoints.createIdentityPool, async (request) => {
      // Its id is Cognito's to give.
      request.noteAudit({ resource: { type: 'identity-pool', id: request.body.name } })
      const made = await pools.create(request.body)
      request.noteAudit({
        resource: resource(made.identityPoolId),
        changes: changedMembers({}, { ...settingsPartOf(made), tags: made.tags }),
      })
      return made
    })

    route(app, endpoints.updateIdentityPool, async (request) => {
      const { identityPoolId } = request.params
      request.noteAudit({ resource: resource(identityPoolId) })
      return inTurn.do(identityPoolId, async () => {
        const before = await pools.describe(identityPoolId)
        const after = await pools.update(before, request.body)
        request.noteAudit({ changes: changedMembers(settingsPartOf(before), settingsPartOf(after)) })
        return after
      })
    })

    route(app, endpoints.setIdentityPoolRoles, async (request) => {
      const { identityPoolId } = request.params
      request.noteAudit({ resource: resource(identityPoolId) })
      return inTurn.do(identityPoolId, async () => {
        const before = await pools.describe(identityPoolId)
        const after = await pools.setRoles(before, request.body)
        request.noteAudit({ changes: changedMembers(before.roles ?? {}, after.roles ?? {}) })
        return after
      })
    })

    route(app, endpoints.changeIdentityPoolTags, async (request) => {
      const { identityPoolId } = request.params
      const { set, remove } = request.body
      request.noteAudit({ resource: resource(identityPoolId) })
      return inTurn.do(identityPoolId, async () => {
        const { tags } = await pools.describe(identityPoolId)
        request.noteAudit(tagNote(tags, set, remove))
        checkTagsAsSeen(tags, request.body)
        await pools.changeTags(identityPoolId, request.body)
        return undefined
      })
    })

    route(app, endpoints.deleteIdentityPool, async (request) => {
      const { identityPoolId } = request.params
      request.noteAudit({ resource: resource(identityPoolId) })
      const before = await pools.describe(identityPoolId)
      await pools.delete(before)
      request.noteAudit({ changes: changedMembers({ ...settingsPartOf(before), ...before.roles }, {}) })
      return undefined
    })

    route(app, endpoints.listPoolRoles, async ({ params }) => trustingRoles(iam, params.identityPoolId))
    route(app, endpoints.listIdentities, async ({ params, query }) => pools.identities(params.identityPoolId, query))
    route(app, endpoints.describeIdentity, async ({ params }) => pools.identity(params.identityId))
  },
}
