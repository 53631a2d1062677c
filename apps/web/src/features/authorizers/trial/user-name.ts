import { splitUserName } from '@thingdeck/policies'
import { putPairs, readPairs, type SentPair, type SentPairs } from './sent-pairs.ts'

/** A user name of MQTT with what it says to a custom authorizer. */
export interface UserName extends SentPairs {
  /** What stands before the question mark: the user's own name, if any. */
  readonly name: string
}

/**
 * Reads `name?key=value&key=value`.
 * @see AWS IoT Core developer guide, "Connecting to AWS IoT Core by using custom authentication"
 */
export function readUserName(text: string): UserName {
  const { name, query, isAmbiguous } = splitUserName(text)
  if (query === undefined) {
    const isForgotten = text.includes('x-amz-customauthorizer-') || text.includes('&')
    const problems = isForgotten
      ? ['Without a question mark before them, AWS IoT reads no parameters: ?key=value.']
      : []
    return { name, pairs: [], problems }
  }
  if (isAmbiguous) {
    return { name, pairs: [], problems: ['There is a second question mark: AWS IoT takes one. Write %3F in values.'] }
  }
  return { name, ...readPairs(query) }
}

/** The same user name with these parameters, in place of those of the same keys. */
export function putIntoUserName(text: string, pairs: readonly SentPair[]): string {
  const at = text.indexOf('?')
  const [name, before] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  const query = putPairs(before, pairs)
  return query === '' ? name : `${name}?${query}`
}
