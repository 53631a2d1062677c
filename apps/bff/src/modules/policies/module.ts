import { endpoints } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { InTurn } from '../../in-turn.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createPolicies } from './policies.ts'
import { policyReach } from './policy-reach.ts'
import { PolicyUses } from './policy-uses.ts'

/** What of AWS is asked to tell whom a policy holds for: 10 a second of each operation are an account's. */
const REACH_PER_SECOND = 7

const resource = (id: string, arn?: string) => ({ type: 'policy', id, ...(arn !== undefined && { arn }) })

/** Policies of AWS IoT: their versions, what they are attached to, and whom they hold for. */
export const policies: Module = {
  name: 'policies',
  routes(app, { aws }) {
    const found = createPolicies(aws.iot)
    const uses = new PolicyUses(aws.iot, SYSTEM_CLOCK)
    const pace = new Pace(SYSTEM_CLOCK, REACH_PER_SECOND)
    const inTurn = new InTurn()

    route(app, endpoints.listPolicies, async ({ query }) => found.list(query))
    route(app, endpoints.listPolicyUses, async ({ query }) => ({ uses: [...(await uses.of(query.policyName))] }))
    route(app, endpoints.describePolicy, async ({ params }) => found.describe(params.policyName))
    route(app, endpoints.getPolicyVersion, async ({ params: { policyName, versionId } }) =>
      found.version(policyName, versionId),
    )
    route(app, endpoints.listPolicyTargets, async ({ params, query }) => found.targets(params.policyName, query))
    route(app, endpoints.describePolicyReach, async ({ query }) => policyReach(aws, pace, query.target))

    route(app, endpoints.createPolicy, async (request) => {
      request.noteAudit({ resource: resource(request.body.policyName) })
      const made = await found.create(request.body)
      const { policyArn, policyDocument, tags } = made
      request.noteAudit({
        resource: resource(made.policyName, policyArn),
        changes: changedMembers({}, { policyDocument, tags }),
      })
      return made
    })

    route(app, endpoints.deletePolicy, async (request) => {
      const { policyName } = request.params
      request.noteAudit({ resource: resource(policyName) })
      const { policyArn, policyDocument, tags } = await found.describe(policyName)
      await found.delete(policyName)
      request.noteAudit({
        resource: resource(policyName, policyArn),
        changes: changedMembers({ policyDocument, tags }, {}),
      })
      return undefined
    })

    route(app, endpoints.createPolicyVersion, async (request) => {
      const { policyName } = request.params
      request.noteAudit({ resource: resource(policyName) })
      const { before, made } = await inTurn.do(policyName, async () => {
        const seen = await found.describe(policyName)
        return { before: seen, made: await found.createVersion(seen, request.body) }
      })
      const { policyArn, policyDocument, defaultVersionId } = before
      request.noteAudit({
        resource: resource(policyName, policyArn),
        changes: changedMembers(
          { policyDocument, defaultVersionId },
          {
            policyDocument: request.body.policyDocument,
            defaultVersionId: made.isDefault ? made.versionId : defaultVersionId,
            versionId: made.versionId,
          },
        ),
      })
      return made
    })

    route(app, endpoints.setDefaultPolicyVersion, async (request) => {
      const { policyName } = request.params
      const { versionId, expectedDefaultVersionId } = request.body
      request.noteAudit({ resource: resource(policyName) })
      const { policyDocument } = await found.version(policyName, versionId)
      const before = await inTurn.do(policyName, async () => {
        const seen = await found.describe(policyName)
        await found.setDefault(seen, versionId, expectedDefaultVersionId)
        return seen
      })
      request.noteAudit({
        resource: resource(policyName, before.policyArn),
        changes: changedMembers(
          { defaultVersionId: before.defaultVersionId, policyDocument: before.policyDocument },
          { defaultVersionId: versionId, policyDocument },
        ),
      })
      return undefined
    })

    route(app, endpoints.deletePolicyVersion, async (request) => {
      const { policyName, versionId } = request.params
      request.noteAudit({ resource: resource(policyName) })
      const before = await found.version(policyName, versionId)
      await found.deleteVersion(policyName, versionId)
      request.noteAudit({ changes: changedMembers(before, {}) })
      return undefined
    })

    route(app, endpoints.attachPolicy, async (request) => {
      const { target } = request.body
      request.noteAudit({ resource: resource(request.params.policyName), changes: changedMembers({}, { target }) })
      await found.attach(request.params.policyName, target)
      return undefined
    })

    route(app, endpoints.detachPolicy, async (request) => {
      const { target } = request.query
      request.noteAudit({ resource: resource(request.params.policyName), changes: changedMembers({ target }, {}) })
      await found.detach(request.params.policyName, target)
      return undefined
    })
  },
}
