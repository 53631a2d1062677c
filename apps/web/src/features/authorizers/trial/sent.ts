import { AUTHORIZER_NAME_KEY, AUTHORIZER_SIGNATURE_KEY } from '@thingdeck/policies'
import type { SentPair } from './sent-pairs.ts'
import { readPairs } from './sent-pairs.ts'
import { readUserName } from './user-name.ts'

/** How a client comes. */
export const TRANSPORTS = ['mqtt', 'wss', 'https'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** Credentials as a client sends them, letter by letter. They stay in the page. */
export interface Sent {
  readonly transport: Transport
  /** Of MQTT, also over WebSocket. */
  readonly userName: string
  readonly password: string
  readonly clientId: string
  /** Of HTTPS and WebSocket: what stands behind the question mark. */
  readonly query: string
  /** Of HTTPS and WebSocket: `Name: value`, a line each. */
  readonly headers: string
}

export type Place = 'header' | 'query' | 'MQTT user name'

/** Something that was found, and where. */
export interface Found {
  readonly value: string
  readonly place: Place
}

/** What a client says to custom authentication. */
export interface Presented {
  readonly authorizerName: Found | undefined
  readonly token: Found | undefined
  readonly signature: Found | undefined
  /** What is wrong, or likely not meant. */
  readonly problems: readonly string[]
}

/** Headers by their names, as they are written. */
export function readHeaders(text: string): {
  readonly headers: readonly SentPair[]
  readonly problems: readonly string[]
} {
  const headers: SentPair[] = []
  const problems: string[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf(':')
    if (at < 1) problems.push(`“${line.trim()}” is no header: Name: value is meant.`)
    else headers.push({ key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() })
  }
  return { headers, problems }
}

/**
 * Finds what decides in what is sent: of HTTP a header goes before the query, and both before the user name of MQTT.
 * @param tokenKeyName of the authorizer; undefined: it is not known, or it has none
 * @see AWS IoT Core developer guide, "Connecting to AWS IoT Core by using custom authentication"
 */
export function presentedBy(sent: Sent, tokenKeyName: string | undefined): Presented {
  const { headers, problems: ofHeaders } = sent.transport === 'mqtt' ? NO_HEADERS : readHeaders(sent.headers)
  const query = sent.transport === 'mqtt' ? NO_PAIRS : readPairs(sent.query)
  const userName = sent.transport === 'https' ? NO_PAIRS : readUserName(sent.userName)
  const find = (key: string, isExact: boolean): Found | undefined => {
    const isIt = (pair: SentPair) => (isExact ? pair.key === key : pair.key.toLowerCase() === key.toLowerCase())
    const header = headers.find(({ key: name }) => name.toLowerCase() === key.toLowerCase())
    if (header) return { value: header.value, place: 'header' }
    const inQuery = query.pairs.find(isIt)
    if (inQuery) return { value: inQuery.value, place: 'query' }
    const inUserName = userName.pairs.find(isIt)
    return inUserName && { value: inUserName.value, place: 'MQTT user name' }
  }
  return {
    authorizerName: find(AUTHORIZER_NAME_KEY, false),
    signature: find(AUTHORIZER_SIGNATURE_KEY, false),
    token: tokenKeyName === undefined ? undefined : find(tokenKeyName, true),
    problems: [...ofHeaders, ...query.problems, ...userName.problems],
  }
}

const NO_HEADERS: ReturnType<typeof readHeaders> = { headers: [], problems: [] }
const NO_PAIRS: ReturnType<typeof readPairs> = { pairs: [], problems: [] }
