import type { IoTClient } from '@aws-sdk/client-iot'
import { type FleetIndexStatus, PACKAGE_SHADOW } from '@thingdeck/contract'
import { formatCondition } from '@thingdeck/fleet-query'
import { isNamed } from './error-name.ts'
import { readFleetIndex } from './fleet-index.ts'
import { whyUnread } from './why-unread.ts'

/** A package version as its ARN names it; `$default` and `$null` are names of versions there, too. */
export interface NamedVersion {
  readonly packageName: string
  readonly versionName: string
}

/** `arn:aws:iot:…:package/fw/version/2.1` → `fw` and `2.1`; undefined for another ARN. */
export function parsePackageVersionArn(arn: string): NamedVersion | undefined {
  const [, packageName, versionName] = /^arn:[^:]*:iot:[^:]*:[^:]*:package\/([^/]+)\/version\/([^/]+)$/.exec(arn) ?? []
  return packageName === undefined || versionName === undefined ? undefined : { packageName, versionName }
}

/** Where the index has the version of a package that a thing runs (AWS IoT developer guide, "Preparing fleet indexing"). */
export const versionField = (packageName: string): string =>
  `shadow.name.${PACKAGE_SHADOW}.reported.${packageName}.version`

/** A query for things that run a version of a package; without one, any. */
export const versionQuery = (packageName: string, versionName?: string): string =>
  formatCondition({ field: versionField(packageName), operator: '=', value: versionName ?? '*' })

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
