import { HIDDEN_RULE_SECRET } from '@thingdeck/contract'
import { compileTemplate, SqlError } from '@thingdeck/rules-sql'
import { isObject } from '../../../shared/json-object-in.ts'
import {
  type ActionDescription,
  type ActionField,
  type ActionSettings,
  valueAt,
} from '../actions/action-description.ts'
import type { KnownMessages } from './known-messages.ts'

/** What AWS would refuse about an action, or what could never work, by the path of the member: `headers[0].key`. */
export type ActionProblems = ReadonlyMap<string, string>

type Known = Pick<KnownMessages, 'sqlVersion' | 'variables'>

export interface ActionPlace {
  /** The account that the rule is of: its roles have to be. */
  readonly accountId: string
  readonly isErrorAction: boolean
}

export function actionProblems(
  { fields, check, name }: ActionDescription,
  settings: ActionSettings,
  known: Known,
  { accountId, isErrorAction }: ActionPlace,
): ActionProblems {
  const problems = new Map<string, string>()
  collect(fields, settings, '', { ...known, accountId, hasElements: name === 'influxDB' && !isErrorAction }, problems)
  for (const [path, words] of check?.(settings) ?? []) if (!problems.has(path)) problems.set(path, words)
  if (isErrorAction && name === 'http' && (settings.enableBatching === true || settings.batchConfig !== undefined)) {
    problems.set('enableBatching', 'AWS does not batch error actions.')
  }
  return problems
}

interface Circumstances extends Known {
  readonly accountId: string
  /** Whether `@{…}` names members of the result. */
  readonly hasElements: boolean
}

function collect(
  fields: readonly ActionField[],
  settings: unknown,
  prefix: string,
  known: Circumstances,
  problems: Map<string, string>,
): void {
  for (const field of fields) {
    const value = valueAt(settings, field.path)
    const path = prefix + field.path
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    if (isEmpty) {
      if (field.isRequired) problems.set(path, 'This cannot be empty.')
      continue
    }
    const wrong = whyNot(field, value, known)
    if (wrong !== undefined) problems.set(path, wrong)
    if (field.kind.is === 'list' && Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        collect(field.kind.fields, item, `${path}[${index}].`, known, problems)
      }
    }
  }
}

function whyNot({ kind }: ActionField, value: unknown, known: Circumstances): string | undefined {
  switch (kind.is) {
    case 'text': {
      if (typeof value !== 'string') return 'This has to be a text.'
      if (value === HIDDEN_RULE_SECRET) return 'Secrets are not kept in drafts: write it again.'
      if (kind.maxLength !== undefined && value.length > kind.maxLength) {
        return `At most ${kind.maxLength} characters; this has ${value.length}.`
      }
      const isTemplate = value.includes('${')
      if (!isTemplate && kind.minLength !== undefined && value.length < kind.minLength) {
        return `At least ${kind.minLength} characters; this has ${value.length}.`
      }
      if (isTemplate && !kind.hasTemplates) return 'AWS resolves no ${…} here, and would take it as it stands.'
      if (isTemplate) return whyNotTemplate(value, known)
      return kind.pattern && !kind.pattern.test(value) ? kind.patternWords : whyNoElement(value, known)
    }
    case 'role': {
      const [, account] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/.exec(String(value)) ?? []
      if (account === undefined) return 'The ARN of a role: arn:aws:iam::ACCOUNT:role/NAME.'
      return account === known.accountId ? undefined : `The role has to be of the account ${known.accountId}.`
    }
    case 'destination':
      return /^arn:aws[a-z-]*:iot:[^:]+:\d{12}:ruledestination\/(?:vpc|influxdb)\/.+$/.test(String(value))
        ? undefined
        : `The ARN of a destination: arn:aws:iot:REGION:ACCOUNT:ruledestination/${kind.of}/ID.`
    case 'number':
      return typeof value === 'number' && Number.isInteger(value) && value >= kind.least && value <= kind.most
        ? undefined
        : `A whole number from ${kind.least} to ${kind.most}.`
    case 'map': {
      if (!isObject(value)) return 'Names with values.'
      const entries = Object.entries(value)
      if (entries.length > kind.most) return `At most ${kind.most}.`
      for (const [name, text] of entries) {
        if (name === '') return `Each ${kind.one} needs a name.`
        if (text === HIDDEN_RULE_SECRET) return `Secrets are not kept in drafts: write ${name} again.`
        const wrong = typeof text === 'string' && text.includes('${') ? whyNotTemplate(text, known) : undefined
        if (wrong !== undefined) return `${name}: ${wrong}`
      }
      return undefined
    }
    case 'list':
      return Array.isArray(value) && value.length > kind.most ? `At most ${kind.most} ${kind.many}.` : undefined
    default:
      return undefined
  }
}

const whyNoElement = (text: string, { hasElements }: Circumstances): string | undefined =>
  text.includes('@{') && !hasElements ? '@{…} is only for InfluxDB, and not in an error action.' : undefined

function whyNotTemplate(text: string, known: Circumstances): string | undefined {
  try {
    compileTemplate(text, { sqlVersion: known.sqlVersion, variables: known.variables })
  } catch (error) {
    if (error instanceof SqlError) return `${error.message.replace(/ \(line \d+, column (\d+)\)$/, ' (character $1)')}.`
    throw error
  }
  return whyNoElement(text, known)
}
