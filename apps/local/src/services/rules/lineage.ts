import type { Publisher } from '../../foundation/traffic.ts'

/** What a message came through before: rules may publish to each other. */
export interface Lineage {
  /** How often it was republished. */
  readonly hops: number
  /** How many messages the one at its beginning has caused, of all ways together. */
  readonly caused: { count: number }
}

/** What a rule that publishes to itself may do so often: AWS stops loops, and does not say when. */
const MAX_HOPS = 10

/** As many messages may come of one: rules on `#` that republish would else make ever more of it. */
const MAX_CAUSED = 1_000

/** Of a message that comes to the engine, which all its rules share. */
export const lineageOf = (publisher: Publisher | undefined): Lineage =>
  publisher instanceof Republisher ? publisher.lineage : { hops: 0, caused: { count: 0 } }

/**
 * Who a republished message is from: whoever published the message that caused it, whose address is not known any more.
 */
export class Republisher implements Publisher {
  readonly protocol = 'MQTT'
  readonly principal: Publisher['principal']
  readonly clientId: Publisher['clientId']
  readonly thingName: Publisher['thingName']
  readonly traceId: string
  readonly receivedAtMs: number
  readonly lineage: Lineage

  constructor({ principal, clientId, thingName, traceId }: Publisher, receivedAtMs: number, lineage: Lineage) {
    this.principal = principal
    this.clientId = clientId
    this.thingName = thingName
    this.traceId = traceId
    this.receivedAtMs = receivedAtMs
    this.lineage = lineage
  }
}

/**
 * The lineage of what is republished because of a message.
 * @returns a sentence where it must not be republished: rules publish to each other
 */
export function nextLineage({ hops, caused }: Lineage): Lineage | string {
  if (hops >= MAX_HOPS) return `The message was republished ${MAX_HOPS} times already: rules publish to each other.`
  if (caused.count >= MAX_CAUSED) {
    return `One message was republished as ${MAX_CAUSED} others already: rules publish to each other.`
  }
  caused.count += 1
  return { hops: hops + 1, caused }
}
