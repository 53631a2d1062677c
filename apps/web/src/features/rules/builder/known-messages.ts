import type { SqlVersion, Value } from '@thingdeck/rules-sql'
import { createContext, use } from 'react'

/** What is known of the messages that a rule will get, for completion. */
export interface KnownMessages {
  readonly sqlVersion: SqlVersion
  /** A payload with the members of all that were seen. */
  readonly sample: Value
  /** Topics that were seen, with the filters that they suggest. */
  readonly topicFilters: readonly string[]
  /** Names of SET of the statement. */
  readonly variables: readonly string[]
}

const NOTHING_KNOWN: KnownMessages = {
  sqlVersion: '2016-03-23',
  sample: undefined,
  topicFilters: [],
  variables: [],
}

export const KnownMessagesContext = createContext(NOTHING_KNOWN)

export const useKnownMessages = (): KnownMessages => use(KnownMessagesContext)
