import type { IoTClient } from '@aws-sdk/client-iot'
import { type FleetIndexStatus, PACKAGE_SHADOW, packageVersionField } from '@thingdeck/contract'
import { formatCondition } from '@thingdeck/fleet-query'
import { isNamed } from './error-name.ts'
import { readFleetIndex } from './fleet-index.ts'
import { whyUnread } from './why-unread.ts'

/** A query for things that run a version of a package; without one, any. */
export const versionQuery = (packageName: string, versionName?: string): string =>
  formatCondition({ field: packageVersionField(packageName), operator: '=', value: versionName ?? '*' })

/** Whether it can be asked which things run what, and why not. */
export type Counted =
  | { readonly outcome: 'counted' }
  | { readonly outcome: 'not-indexed' | 'building' }
  | { readonly outcome: 'not-allowed' | 'not-served'; readonly message: string }

/** Whether the fleet index has the shadow in which things say what they run. Errors are AWS's own. */
export async function packageIndex(iot: IoTClient): Promise<Counted> {
  return orUncounted(async () => countedBy(await readFleetIndex(iot)))
}

function countedBy({ status, namedShadows = [] }: FleetIndexStatus): Counted {
  if (status === 'OFF' || !namedShadows.includes(PACKAGE_SHADOW)) return { outcome: 'not-indexed' }
  return { outcome: status === 'BUILDING' ? 'building' : 'counted' }
}

/** What was counted, or why it was not. @throws whatever has another reason */
export async function orUncounted<Answer extends Counted>(
  ask: () => Promise<Answer>,
): Promise<Answer | Exclude<Counted, { outcome: 'counted' }>> {
  try {
    return await ask()
  } catch (error) {
    const why = whyUnread(error)
    if (why) return why
    if (isNamed(error, 'IndexNotReadyException')) return { outcome: 'building' }
    throw error
  }
}
