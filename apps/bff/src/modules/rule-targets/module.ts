import { endpoints, type RuleTargets } from '@thingdeck/contract'
import { KeptReads } from '../../aws/kept-reads.ts'
import { orUnread } from '../../aws/why-unread.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { once } from '../../once.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'

/** A form with several actions asks for the same. */
const KEPT_MS = 10_000

type Found = Pick<RuleTargets, 'targets' | 'isAll'>

/** Queues, tables, buckets and the like, for whoever writes a rule. */
export const ruleTargets: Module = {
  name: 'rule-targets',
  routes(app, { aws }) {
    const kept = new KeptReads<Found>(SYSTEM_CLOCK, KEPT_MS)
    // The clients of six services are loaded once somebody writes a rule.
    const lists = once(async () => {
      const { listTargets, targetClients } = await import('./list-targets.ts')
      return { listTargets, clients: targetClients(aws) }
    })

    route(app, endpoints.listRuleTargets, async ({ query: { kind }, signal }): Promise<RuleTargets> => {
      const { listTargets, clients } = await lists()
      const read = () => kept.read(kind, () => listTargets(kind, aws, clients), signal)
      return orUnread(async () => ({ outcome: 'read', ...(await read()) }), { targets: [], isAll: false })
    })
  },
}
