import { endpoints } from '@thingdeck/contract'
import { arnPartsOf } from '../../aws/functions/function-arn.ts'
import { readFunctionPermission } from '../../aws/functions/function-permission.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { testAuthorizer } from './authorizer-test.ts'
import { createAuthorizers } from './authorizers.ts'
import { AccountDefault } from './default-authorizer.ts'
import { readRuns } from './function-runs.ts'
import { REFUSED_BY_AUTHORIZERS } from './refused-by-authorizers.ts'

const resource = (id: string, arn?: string) => ({ type: 'authorizer', id, ...(arn !== undefined && { arn }) })

/** So many refusals are told of. */
const MOST_REFUSALS = 50

/** Custom authorizers: by which clients without a certificate of AWS IoT's are let in. */
export const authorizers: Module = {
  name: 'authorizers',
  routes(app, { aws: { iot, iotOnce, iotLogs, lambda, logs } }) {
    const kept = createAuthorizers(iot)
    const accountDefault = new AccountDefault(iot)

    route(app, endpoints.listAuthorizers, async ({ query }) => kept.list(query))
    route(app, endpoints.describeAuthorizer, async ({ params }) => kept.describe(params.authorizerName))

    route(app, endpoints.createAuthorizer, async (request) => {
      request.noteAudit({ resource: resource(request.body.authorizerName) })
      const made = await kept.create(request.body)
      request.noteAudit({
        resource: resource(made.authorizerName, made.authorizerArn),
        changes: changedMembers({}, made),
      })
      return made
    })

    route(app, endpoints.updateAuthorizer, async (request) => {
      const { authorizerName } = request.params
      request.noteAudit({ resource: resource(authorizerName) })
      const before = await kept.describe(authorizerName)
      const after = await kept.update(authorizerName, request.body)
      request.noteAudit({
        resource: resource(authorizerName, after.authorizerArn),
        changes: changedMembers(before, after),
      })
      return after
    })

    route(app, endpoints.deleteAuthorizer, async (request) => {
      const { authorizerName } = request.params
      request.noteAudit({ resource: resource(authorizerName) })
      const before = await kept.describe(authorizerName)
      await kept.delete(authorizerName)
      request.noteAudit({
        resource: resource(authorizerName, before.authorizerArn),
        changes: changedMembers(before, {}),
      })
      return undefined
    })

    route(app, endpoints.describeDefaultAuthorizer, async () => accountDefault.describe())

    route(app, endpoints.setDefaultAuthorizer, async (request) => {
      const { authorizerName, expectedDefault } = request.body
      request.noteAudit({ resource: resource(authorizerName) })
      await accountDefault.set(authorizerName, expectedDefault)
      const before = expectedDefault === undefined ? {} : { defaultAuthorizer: expectedDefault }
      request.noteAudit({ changes: changedMembers(before, { defaultAuthorizer: authorizerName }) })
      return { authorizerName }
    })

    route(app, endpoints.clearDefaultAuthorizer, async (request) => {
      const { authorizerName } = await accountDefault.describe()
      if (authorizerName !== undefined) {
        request.noteAudit({
          resource: resource(authorizerName),
          changes: changedMembers({ defaultAuthorizer: authorizerName }, {}),
        })
      }
      await accountDefault.clear()
      return undefined
    })

    route(app, endpoints.describeAuthorizerPermission, async ({ params }) => {
      const { authorizerArn, authorizerFunctionArn } = await kept.describe(params.authorizerName)
      return readFunctionPermission(lambda, authorizerFunctionArn, authorizerArn)
    })

    route(app, endpoints.listAuthorizerCalls, async ({ params, query }) => {
      const { authorizerFunctionArn } = await kept.describe(params.authorizerName)
      const range = { fromMs: Date.parse(query.from), toMs: Date.parse(query.to) }
      const [refused, runs] = await Promise.all([
        iotLogs.read({ criteria: REFUSED_BY_AUTHORIZERS, ...range, limit: MOST_REFUSALS }),
        readRuns(logs, arnPartsOf(authorizerFunctionArn).functionName, range),
      ])
      const { outcome, message, entries } = refused
      return { refusals: { outcome, entries, ...(message !== undefined && { message }) }, runs }
    })

    route(app, endpoints.testInvokeAuthorizer, async (request) => {
      // What was sent is somebody's credentials: the trail has that it was done, and to what.
      request.noteAudit({ resource: resource(request.params.authorizerName) })
      return testAuthorizer(iotOnce, SYSTEM_CLOCK, request.params.authorizerName, request.body)
    })
  },
}
