import { isArray, isObject, membersOf, stringifyValue, type Value } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import type { MatchedMessage } from './execution.ts'

/**
 * The elements of an array as JSON texts: what an action with `batchMode` takes apart.
 * @returns undefined where it is no array: then it is sent as one
 * @throws {ActionFailure} where there are more than the service takes
 */
export function elementsOf({ result }: MatchedMessage, resource: string, most: number): readonly string[] | undefined {
  if (!isArray(result)) return undefined
  if (result.length > most) {
    throw new ActionFailure(resource, `A batch has at most ${most} elements, not ${result.length}.`)
  }
  return result.map(stringifyValue)
}

/** The members of an object. @throws {ActionFailure} where it is none */
export function membersOfResult({ result }: MatchedMessage, resource: string): readonly (readonly [string, Value])[] {
  if (!isObject(result))
    throw new ActionFailure(resource, 'The result of SELECT is no JSON object, which it has to be.')
  return [...membersOf(result)]
}
