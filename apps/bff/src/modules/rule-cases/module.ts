import { endpoints, type KeptRuleCases } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { KeptCases } from './kept-cases.ts'

/** Test cases of rules, which people share. */
export const ruleCases: Module = {
  name: 'rule-cases',
  routes(app, { stores }) {
    const kept = new KeptCases(stores.ruleCases)

    route(app, endpoints.getRuleCases, async (request) => kept.read(request.params.ruleName))

    route(app, endpoints.putRuleCases, async (request) => {
      const { ruleName } = request.params
      request.noteAudit({ resource: { type: 'rule-cases', id: ruleName } })
      const { before, after } = await kept.put(ruleName, request.body)
      request.noteAudit({ changes: changedMembers(byName(before), byName(after)) })
      return after
    })
  },
}

/** What was expected of each; messages may hold what the trail is not for. */
const byName = ({ cases }: KeptRuleCases) =>
  Object.fromEntries(cases.map(({ name, topic, expected }) => [name, `${topic}: ${expected.outcome}`]))
