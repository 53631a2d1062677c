import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { RuleDestination, RuleDestinationUse } from '@thingdeck/contract'

export type DestinationKind = 'HTTP' | 'VPC' | 'InfluxDB'

export const kindOf = ({ httpUrl, vpc }: RuleDestination): DestinationKind =>
  httpUrl ? 'HTTP' : vpc ? 'VPC' : 'InfluxDB'

/** What a person calls it: its URL, its VPC; where AWS says neither, the end of its ARN. */
export const nameOf = ({ httpUrl, vpc, influxDB, arn }: RuleDestination): string =>
  httpUrl?.confirmationUrl ?? vpc?.vpcId ?? influxDB?.endpoint ?? arn.replace(/^.*\//, '')

/** How a state looks, in a word or two; AWS's own word where there is a new one. */
export function stateOf(destination: RuleDestination): readonly [type: StatusIndicatorProps.Type, words: string] {
  switch (destination.status) {
    case 'ENABLED':
      return ['success', 'Enabled']
    case 'DISABLED':
      return ['stopped', 'Disabled']
    case 'IN_PROGRESS':
      return ['pending', destination.httpUrl ? 'Waits to be confirmed' : 'Being set up']
    case 'ERROR':
      return ['error', 'Error']
    case 'DELETING':
      return ['in-progress', 'Being deleted']
    default:
      return ['info', destination.status]
  }
}

/**
 * What somebody should do about the state; undefined where it is as it should be.
 * Source: AWS IoT developer guide, "HTTP action destinations" and "Virtual private cloud (VPC) destinations".
 */
export function cureOf(destination: RuleDestination): string | undefined {
  const { status } = destination
  const kind = kindOf(destination)
  if (status === 'DISABLED') {
    return kind === 'VPC'
      ? 'Messages to it fail until it is enabled. AWS IoT disables a VPC destination that was idle for 7 days, or whose subnets, security groups or role changed.'
      : 'Messages to it fail until it is enabled.'
  }
  if (status === 'IN_PROGRESS' && kind === 'HTTP') {
    return 'AWS IoT sent a token to the URL by POST. Whoever runs the endpoint finds it in its log: confirm with it here, or open the enableUrl. Messages fail until then.'
  }
  if (status === 'IN_PROGRESS') return 'AWS IoT sets it up. Messages fail until it is enabled.'
  if (status !== 'ERROR') return undefined
  return {
    HTTP: 'The token was not confirmed in time, or the endpoint could not be reached. Send a new token.',
    VPC: 'The network interfaces could not be made. Look at the role, the subnets and the security groups, then try again.',
    InfluxDB: 'The database did not answer, or did not take the token of the secret. Mend that, then try again.',
  }[kind]
}

/** How sure it is that an action sends by way of a destination. */
type Certainty = 'uses' | 'may use'

/** An action's URL may hold substitution templates: what stands before the first has to be the URL's beginning. */
function certaintyOf({ destinationArn, confirmationUrl }: RuleDestinationUse, destination: RuleDestination) {
  if (destinationArn !== undefined) return destinationArn === destination.arn ? 'uses' : undefined
  const url = destination.httpUrl?.confirmationUrl
  if (url === undefined || confirmationUrl === undefined) return undefined
  if (confirmationUrl === url) return 'uses'
  const template = confirmationUrl.indexOf('${')
  return template !== -1 && url.startsWith(confirmationUrl.slice(0, template)) ? 'may use' : undefined
}

export interface UsedBy {
  readonly use: RuleDestinationUse
  readonly certainty: Certainty
}

/** The actions that send by way of a destination. */
export const usersOf = (destination: RuleDestination, uses: readonly RuleDestinationUse[]): readonly UsedBy[] =>
  uses.flatMap((use) => {
    const certainty = certaintyOf(use, destination)
    return certainty === undefined ? [] : [{ use, certainty }]
  })
