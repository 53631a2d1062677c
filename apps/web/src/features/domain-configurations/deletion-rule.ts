import type { DomainConfiguration } from '@thingdeck/contract'

/** AWS deletes a domain of its own so long after it was disabled (AWS IoT Core developer guide, "Deleting domain configurations"). */
const KEPT_MS = 7 * 86_400_000

/** Why AWS IoT does not change a configuration; undefined: it does. */
export const whyNotChanged = ({ domainType }: DomainConfiguration): string | undefined =>
  domainType === 'ENDPOINT' ? 'It is AWS’s own endpoint of the account: it cannot be changed.' : undefined

/** Why AWS IoT does not delete it now; undefined: it does. */
export function whyNotDeleted(configuration: DomainConfiguration, nowMs: number): string | undefined {
  const { domainType, status, statusChangedAt } = configuration
  if (domainType === 'ENDPOINT') return 'It is AWS’s own endpoint of the account: it cannot be deleted.'
  if (status === 'ENABLED') return 'AWS IoT deletes what is DISABLED alone: disable it first.'
  if (domainType !== 'AWS_MANAGED' || statusChangedAt === undefined) return undefined
  const atMs = Date.parse(statusChangedAt) + KEPT_MS
  return nowMs < atMs
    ? `AWS IoT deletes a domain of AWS’s seven days after it was disabled: from ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC on.`
    : undefined
}
