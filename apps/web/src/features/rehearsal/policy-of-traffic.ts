import { type PolicyFromTraffic, type PolicyFromTrafficOptions, policyFromTraffic } from '@thingdeck/policies'
import type { LoggedRequest } from './logged-requests.ts'
import type { ThingRequest } from './recording/recorded-requests.ts'
import { clientKeyOf, type FactsOfClients } from './rehearse.ts'

export interface PolicyOfTrafficOptions extends PolicyFromTrafficOptions {
  /** Whether what was refused each time is allowed as well. */
  readonly withRefused: boolean
}

/** The smallest policy for what the log shows; undefined where it shows nothing. */
export function policyOfTraffic(
  requests: readonly LoggedRequest[],
  facts: FactsOfClients,
  { withRefused, ...options }: PolicyOfTrafficOptions,
): PolicyFromTraffic | undefined {
  const seen = requests
    .filter(({ count, refused }) => withRefused || refused < count)
    .map(({ action, subject, clientId, count, refused, ...asked }) => {
      const known = facts.get(clientKeyOf({ ...asked, clientId }))
      const thing = known === 'gone' ? undefined : known?.thing
      return { action, subject, clientId, thing, count: withRefused ? count : count - refused }
    })
  return seen.length === 0 ? undefined : policyFromTraffic(seen, options)
}

/** The smallest policy for what recorded messages are said to be; undefined where they are nobody's. */
export const policyOfRecording = (
  requests: readonly ThingRequest[],
  options: PolicyFromTrafficOptions,
): PolicyFromTraffic | undefined =>
  requests.length === 0
    ? undefined
    : policyFromTraffic(
        requests.map(({ thingName, ...asked }) => {
          return { ...asked, clientId: thingName, thing: { thingName, attributes: {} } }
        }),
        options,
      )
