import { endpoints } from '@thingdeck/contract'
import { once } from '../../once.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'

/**
 * Calls that functions of a rule's SQL would make, really made for a rehearsal. Secrets are not among them: by the role
 * of the console they would come to people who may not read them.
 */
export const ruleCalls: Module = {
  name: 'rule-calls',
  routes(app, { aws }) {
    // The client of DynamoDB is loaded once somebody rehearses a rule that reads a table.
    const calls = once(async () => {
      const { itemClient, ...rest } = await import('./rule-calls.ts')
      return { ...rest, dynamodb: itemClient(aws) }
    })

    route(app, endpoints.callRuleFunction, async (request) => {
      const { functionArn } = request.body
      const resource = { type: 'function', id: functionArn, arn: functionArn }
      request.noteAudit({ resource })
      const answer = await (await calls()).callFunction(aws.lambda, request.body)
      // The payload may be what a device sent: the trail has how it ended, and neither what was asked nor what was answered.
      request.noteAudit({ resource, changes: changedMembers({}, { outcome: answer.outcome }) })
      return answer
    })

    route(app, endpoints.readRuleItem, async (request) => {
      const { tableName, key } = request.body
      const resource = { type: 'table', id: tableName }
      request.noteAudit({ resource })
      const { readItem, dynamodb } = await calls()
      const answer = await readItem(dynamodb, request.body)
      const keyNames = key.map(({ name }) => name)
      request.noteAudit({ resource, changes: changedMembers({}, { keyNames, outcome: answer.outcome }) })
      return answer
    })
  },
}
