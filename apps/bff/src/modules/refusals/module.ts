import { endpoints, type RefusalFacts, type RefusalList } from '@thingdeck/contract'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { describeRefusal } from './describe-refusal.ts'
import { listRefusals } from './list-refusals.ts'

/** Everybody who looks at the same within so long gets the same. */
const KEPT_MS = 10_000
/**
 * A page asks for the facts of each row that it shows. AWS takes ten ListPrincipalThings, DescribeCertificate and
 * GetEffectivePolicies a second (AWS IoT Core quotas): some are left to others.
 */
const FACTS_PER_SECOND = 6
const MOST_FACTS_KEPT = 500

/** Why something was refused: what the log has of it, and what is so now. */
export const refusals: Module = {
  name: 'refusals',
  routes(app, { aws }) {
    const clock = SYSTEM_CLOCK
    const lists = new KeptReads<RefusalList>(clock, KEPT_MS)
    const facts = new KeptReads<RefusalFacts>(clock, KEPT_MS, MOST_FACTS_KEPT)
    const pace = new Pace(clock, FACTS_PER_SECOND)
    route(app, endpoints.listRefusals, async ({ query, signal }) => {
      const { from, to, ...who } = query
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
      if (fromMs > toMs) throw new Problem('BAD_REQUEST', 'from is later than to.')
      const asked = { fromMs, toMs, ...who }
      return lists.read(JSON.stringify(asked), (mine) => listRefusals(aws, asked, clock, mine), signal)
    })
    route(app, endpoints.describeRefusal, async ({ query: { isRetained, ...query }, signal }) => {
      const asked = { ...query, isRetained: isRetained === '1' }
      const read = async (mine: AbortSignal) => {
        await pace.turn(mine)
        return describeRefusal(aws, asked)
      }
      return facts.read(JSON.stringify(asked), read, signal)
    })
  },
}
