import {
  completionsAt,
  getAt,
  isJsonArray,
  isJsonObject,
  type JsonChoice,
  type JsonCompletions,
  type JsonCursor,
  type JsonObject,
  JsonParseError,
  type JsonPath,
  type JsonValue,
  jsonCursor,
  parseJson,
} from '@thingdeck/json'
import { CONDITION_OPERATOR_NAMES } from '../condition-operator.ts'
import type { PolicyHome } from '../policy-home.ts'
import { DOCUMENT_MEMBERS, operatorWords, STATEMENT_MEMBERS } from '../vocabulary/member-words.ts'
import { actionsOf, POLICY_ACTIONS, type PolicyResourceKind } from '../vocabulary/policy-action.ts'
import { findPolicyKey, POLICY_KEYS } from '../vocabulary/policy-key.ts'
import { resourceSkeletons } from './resource-skeletons.ts'

export type PolicyCompletionKind = 'member' | 'value' | 'action' | 'resource' | 'variable' | 'key' | 'operator'

export type PolicyCompletions = JsonCompletions<PolicyCompletionKind>
type Choice = JsonChoice<PolicyCompletionKind>

/**
 * What could be written at `offset` of a policy document, which need be neither whole nor valid: members, actions,
 * resources with the ARN of `home` for the actions of the statement, variables behind `${`, operators, keys and values
 * of conditions. Undefined where nothing is known to fit.
 */
export function policyCompletions(text: string, offset: number, home?: PolicyHome): PolicyCompletions | undefined {
  const cursor = jsonCursor(text, offset)
  if (!cursor) return undefined
  const place = placeOf(cursor.path)
  const typed = cursor.stringFrom === undefined ? '' : text.slice(cursor.stringFrom, offset)
  if (cursor.what === 'value' && (place.kind === 'resource' || place.kind === 'value')) {
    const open = /\$(?:\{[^}]*)?$/.exec(typed)
    if (open) return variables(text, offset - open[0].length, offset)
  }
  const choices = cursor.what === 'key' ? keysAt(place, cursor) : valuesAt(place, cursor, text, home)
  return completionsAt(text, offset, cursor, choices)
}

/** Where in a document something is written. */
type Place =
  | { readonly kind: 'document' | 'statement' | 'condition' | 'operator' | 'nothing' }
  | { readonly kind: 'version' | 'effect' | 'action' | 'resource'; readonly statement: JsonPath }
  | { readonly kind: 'value'; readonly key: string }

const NOTHING: Place = { kind: 'nothing' }

function placeOf(path: JsonPath): Place {
  const [root, ...below] = path
  if (root === undefined) return { kind: 'document' }
  if (root === 'Version') return { kind: 'version', statement: [] }
  if (root !== 'Statement') return NOTHING
  const isList = typeof below[0] === 'number'
  const statement = isList ? path.slice(0, 2) : path.slice(0, 1)
  const [member, operator, key] = isList ? below.slice(1) : below
  if (member === undefined) return { kind: 'statement' }
  if (member === 'Effect') return { kind: 'effect', statement }
  if (member === 'Action') return { kind: 'action', statement }
  if (member === 'Resource' || member === 'NotResource') return { kind: 'resource', statement }
  if (member !== 'Condition') return NOTHING
  if (operator === undefined) return { kind: 'condition' }
  if (key === undefined) return { kind: 'operator' }
  return typeof key === 'string' ? { kind: 'value', key } : NOTHING
}

function keysAt(place: Place, { path, before }: JsonCursor): readonly Choice[] {
  const known = getAt(before.value, path)
  const isNew = ({ label }: Choice) => !isJsonObject(known) || !known.has(label)
  switch (place.kind) {
    case 'document':
      return members(DOCUMENT_MEMBERS).filter(isNew)
    case 'statement':
      return members(STATEMENT_MEMBERS).filter(isNew)
    case 'condition':
      return OPERATORS.filter(isNew)
    case 'operator':
      return POLICY_KEYS.filter(({ source }) => source !== 'role')
        .map(({ name: label, words }) => ({ kind: 'key', label, words }) as const)
        .filter(isNew)
    default:
      return []
  }
}

function valuesAt(place: Place, cursor: JsonCursor, text: string, home: PolicyHome | undefined): readonly Choice[] {
  switch (place.kind) {
    case 'version':
      return [{ kind: 'value', label: '2012-10-17', words: DOCUMENT_MEMBERS.Version ?? '' }]
    case 'effect':
      return [
        { kind: 'value', label: 'Allow', words: 'Allows what matches, unless a Deny matches too.' },
        { kind: 'value', label: 'Deny', words: 'Denies what matches, whatever else allows it.' },
      ]
    case 'action': {
      const written = textsOf(statementAt(cursor, text, place.statement)?.get('Action'))
      return POLICY_ACTIONS.filter(({ name }) => !written.includes(name)).map(({ name: label, words }) => ({
        kind: 'action',
        label,
        words,
      }))
    }
    case 'resource': {
      const actions = textsOf(statementAt(cursor, text, place.statement)?.get('Action')).flatMap(actionsOf)
      const kinds = new Set(actions.map(({ resource }) => resource))
      return resourceSkeletons(kinds.size === 0 ? ALL_KINDS : kinds, home)
    }
    case 'value':
      return conditionValues(place.key, home)
    default:
      return []
  }
}

const ALL_KINDS: ReadonlySet<PolicyResourceKind | undefined> = new Set(['client', 'topic', 'topicfilter', 'thing'])

/** The statement as it is, also behind the place, where the whole text can be read; else what is before it. */
function statementAt({ before }: JsonCursor, text: string, path: JsonPath): JsonObject | undefined {
  const found = getAt(wholeOf(text) ?? before.value, path)
  return isJsonObject(found) ? found : undefined
}

function wholeOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonParseError) return undefined
    throw error
  }
}

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  (isJsonArray(value) ? value : [value]).filter((each) => typeof each === 'string')

const members = (all: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(all).map(([label, words]) => ({ kind: 'member', label, words }))

const OPERATORS: readonly Choice[] = [
  ...CONDITION_OPERATOR_NAMES,
  ...CONDITION_OPERATOR_NAMES.filter((name) => name.startsWith('String')).flatMap((name) => [
    `ForAnyValue:${name}`,
    `ForAllValues:${name}`,
  ]),
].map((label) => ({ kind: 'operator', label, words: operatorWords(label) ?? '' }))

function conditionValues(name: string, home: PolicyHome | undefined): readonly Choice[] {
  const key = findPolicyKey(name)
  if (key?.kind === 'bool') return ['true', 'false'].map((label) => ({ kind: 'value', label, words: key.words }))
  if (key?.name === 'iot:ConnectAttributes') {
    return [
      {
        kind: 'value',
        label: 'PersistentConnect',
        words: 'The client asks for a session that outlives the connection.',
      },
      { kind: 'value', label: 'LastWill', words: 'The client leaves a will.' },
    ]
  }
  return key?.kind === 'arn' ? resourceSkeletons(new Set(['topic']), home) : []
}

const VARIABLES = POLICY_KEYS.filter(({ kind, source }) => kind !== 'list' && source !== 'role' && source !== 'connect')

function variables(text: string, from: number, offset: number): PolicyCompletions {
  const rest = /^[\w:.[\]-]*\}/.exec(text.slice(offset))?.[0] ?? ''
  return {
    from,
    to: offset + rest.length,
    options: VARIABLES.map(({ name, words }) => {
      const written = `\${${name}}`
      return { kind: 'variable', label: written, insert: written, words }
    }),
  }
}
