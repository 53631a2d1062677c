import {
  endpoints,
  HIDDEN_RULE_SECRET,
  hasHiddenAnswer,
  type KeptRuleCases,
  type Role,
  withoutCaseSecrets,
} from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import { mayAct } from '../../roles.ts'
import type { Module } from '../module.ts'
import { KeptCases } from './kept-cases.ts'

/** Test cases of rules, which people share. */
export const ruleCases: Module = {
  name: 'rule-cases',
  routes(app, { stores }) {
    const kept = new KeptCases(stores.ruleCases)

    route(app, endpoints.getRuleCases, async (request) => {
      const found = await kept.read(request.params.ruleName)
      return mayAct(personOf(request).role, SECRETS_NEED) ? found : withoutCaseSecrets(found)
    })

    route(app, endpoints.putRuleCases, async (request) => {
      const { ruleName } = request.params
      request.noteAudit({ resource: { type: 'rule-cases', id: ruleName } })
      const hidden = request.body.cases.find(hasHiddenAnswer)
      if (hidden) {
        throw new Problem(
          'BAD_REQUEST',
          `${HIDDEN_RULE_SECRET} only stands for what get_secret() answers in the test case ${hidden.name}: give the answer itself.`,
        )
      }
      const { before, after } = await kept.put(ruleName, request.body)
      request.noteAudit({ changes: changedMembers(byName(before), byName(after)) })
      return after
    })
  },
}

/** What get_secret() is to answer is for those who may keep it: it may be the real one. */
const SECRETS_NEED: Role = 'operator'

/** What was expected of each; messages may hold what the trail is not for. */
const byName = ({ cases }: KeptRuleCases) =>
  Object.fromEntries(cases.map(({ name, topic, expected }) => [name, `${topic}: ${expected.outcome}`]))
