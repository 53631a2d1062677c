import { CHECK_ACTIONS, type Check, parseCheck } from '../../../shared/authorization/check.ts'
import { isObject } from '../../../shared/json-object-in.ts'

/** As many cases as a file may have: a page decides them at once. */
const MOST_CASES = 5_000

type ContextValues = Readonly<Record<string, string | readonly string[]>>

/** One question with all that decides about it, and what is to come of it. */
export interface PolicyCase {
  /** In words; left out, the check says it. */
  readonly what?: string
  /** Texts of policy documents; undefined: the policies that the page says. */
  readonly policies: readonly string[] | undefined
  readonly clientId: string
  /** That the principal is attached to, and whose connection it is. */
  readonly thing?: CaseThing
  /** Of the certificate, or any other key of a condition: a list is a key with several values. */
  readonly values: ContextValues
  readonly sourceIp?: string
  readonly over: 'mqtt' | 'https'
  readonly isPersistent: boolean
  readonly will?: { readonly topic: string; readonly retain: boolean }
  readonly check: Check
  readonly expect: 'ALLOWED' | 'DENIED'
}

export interface CaseThing {
  readonly thingName: string
  readonly thingTypeName?: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What is wrong with a file, and where. */
export class CaseFileError extends Error {
  override name = 'CaseFileError'
}

/**
 * Reads a file of cases. Members that are not known are refused: a case that says something that does not count would
 * be decided as another one.
 *
 *     {"cases": [{"what": "its own topic", "policies": [{…}], "clientId": "pump-7", "thing": {"name": "pump-7"},
 *       "check": "iot:Publish dt/pump-7/telemetry", "expect": "ALLOWED"}]}
 *
 * @throws {CaseFileError} with the place, `cases[3].expect`
 */
export function parseCaseFile(text: string): readonly PolicyCase[] {
  const file = jsonIn(text)
  if (!isObject(file)) throw new CaseFileError('A file of cases is a JSON object: {"cases": [ … ]}.')
  noOthers(file, ['cases'], '')
  const { cases } = file
  if (!Array.isArray(cases)) throw new CaseFileError('cases: a list of cases is missing.')
  if (cases.length === 0) throw new CaseFileError('cases: the list is empty.')
  if (cases.length > MOST_CASES) {
    throw new CaseFileError(`cases: at most ${MOST_CASES}; these are ${cases.length}.`)
  }
  return cases.map((each: unknown, index) => caseIn(each, `cases[${index}]`))
}

const MEMBERS = [
  'what',
  'policies',
  'clientId',
  'thing',
  'values',
  'sourceIp',
  'over',
  'persistent',
  'will',
  'check',
  'expect',
] as const

function caseIn(value: unknown, at: string): PolicyCase {
  const member = objectIn(value, at)
  noOthers(member, MEMBERS, at)
  const thing = member.thing === undefined ? undefined : thingIn(member.thing, `${at}.thing`)
  const what = optionalText(member.what, `${at}.what`)
  const sourceIp = optionalText(member.sourceIp, `${at}.sourceIp`)
  return {
    ...(what !== undefined && { what }),
    policies: member.policies === undefined ? undefined : policiesIn(member.policies, `${at}.policies`),
    clientId: optionalText(member.clientId, `${at}.clientId`) ?? thing?.thingName ?? '',
    ...(thing && { thing }),
    values: member.values === undefined ? {} : valuesIn(member.values, `${at}.values`),
    ...(sourceIp !== undefined && { sourceIp }),
    over: oneOf(member.over ?? 'mqtt', ['mqtt', 'https'], `${at}.over`),
    isPersistent: flag(member.persistent, `${at}.persistent`),
    ...(member.will !== undefined && { will: willIn(member.will, `${at}.will`) }),
    check: checkIn(member.check, `${at}.check`),
    expect: oneOf(member.expect, ['ALLOWED', 'DENIED'], `${at}.expect`),
  }
}

function thingIn(value: unknown, at: string): CaseThing {
  const member = objectIn(value, at)
  noOthers(member, ['name', 'type', 'attributes'], at)
  const thingTypeName = optionalText(member.type, `${at}.type`)
  return {
    thingName: textIn(member.name, `${at}.name`),
    ...(thingTypeName !== undefined && { thingTypeName }),
    attributes: member.attributes === undefined ? {} : textsIn(member.attributes, `${at}.attributes`),
  }
}

function policiesIn(value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value)) throw new CaseFileError(`${at}: a list of policy documents, or of their texts.`)
  return value.map((each: unknown, index) => {
    if (typeof each === 'string') return each
    return JSON.stringify(objectIn(each, `${at}[${index}]`), undefined, 2)
  })
}

function willIn(value: unknown, at: string): NonNullable<PolicyCase['will']> {
  const member = objectIn(value, at)
  noOthers(member, ['topic', 'retain'], at)
  return { topic: textIn(member.topic, `${at}.topic`), retain: flag(member.retain, `${at}.retain`) }
}

function checkIn(value: unknown, at: string): Check {
  const text = textIn(value, at)
  const check = parseCheck(text)
  if (check) return check
  const actions = CHECK_ACTIONS.map(({ action }) => action).join(', ')
  throw new CaseFileError(
    `${at}: “${text}” is no check: an action and what it is about, as in iot:Publish dt/pump-7. Actions are ${actions}.`,
  )
}

function valuesIn(value: unknown, at: string): ContextValues {
  for (const [key, each] of Object.entries(objectIn(value, at))) {
    const isText = typeof each === 'string' || (Array.isArray(each) && each.every((one) => typeof one === 'string'))
    if (!isText) throw new CaseFileError(`${at}.${key}: a text, or a list of texts.`)
  }
  return value as ContextValues // each member was looked at
}

function textsIn(value: unknown, at: string): Readonly<Record<string, string>> {
  for (const [key, each] of Object.entries(objectIn(value, at))) textIn(each, `${at}.${key}`)
  return value as Readonly<Record<string, string>> // each member was looked at
}

function objectIn(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new CaseFileError(`${at}: a JSON object.`)
  return value
}

function textIn(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new CaseFileError(`${at}: a text that is not empty.`)
  return value
}

const optionalText = (value: unknown, at: string): string | undefined =>
  value === undefined ? undefined : textIn(value, at)

function flag(value: unknown, at: string): boolean {
  if (value === undefined) return false
  if (typeof value !== 'boolean') throw new CaseFileError(`${at}: true or false.`)
  return value
}

function oneOf<T extends string>(value: unknown, known: readonly T[], at: string): T {
  const found = known.find((each) => each === value)
  if (found === undefined) throw new CaseFileError(`${at}: one of ${known.join(', ')}.`)
  return found
}

function noOthers(member: Readonly<Record<string, unknown>>, known: readonly string[], at: string): void {
  const other = Object.keys(member).find((key) => !known.includes(key))
  if (other === undefined) return
  throw new CaseFileError(
    `${at === '' ? other : `${at}.${other}`}: there is no such member. Known are ${known.join(', ')}.`,
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CaseFileError(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
