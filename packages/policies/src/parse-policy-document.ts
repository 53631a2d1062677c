import { JsonNumber, JsonParseError, type JsonTree, type JsonTreeMember, parseJsonTree } from '@thingdeck/json'
import { type ConditionOperator, parseConditionOperator } from './condition-operator.ts'
import { ConditionValueError, compileConditionValue } from './condition-value.ts'
import { describeType, formatMemberPath, itemsOf, memberPath, type Place, type TextSpan } from './place.ts'
import type { PlacedCondition, PlacedPolicyDocument, PlacedSelection, PlacedStatement } from './placed-policy.ts'
import {
  hasVariables,
  type PolicyDialect,
  type PolicyDocument,
  type PolicyLanguageVersion,
  type PolicyStatement,
  type Principal,
} from './policy-document.ts'
import { MalformedPolicyError, type PolicyProblem, type PolicyProblemCode } from './policy-error.ts'
import { parseTemplate, TemplateError } from './template.ts'

export interface ParsePolicyOptions {
  /**
   * `iot` (default): a policy of AWS IoT. `iam`: a policy of a role or its trust policy, which may also have
   * `NotAction`, `Principal` and the older language version.
   */
  readonly dialect?: PolicyDialect
}

/**
 * Parses a policy document and checks all that can be checked without a request. Its length is another matter: see
 * `policyDocumentSize`.
 * @throws {MalformedPolicyError} for the first thing that AWS refuses with MalformedPolicyException, with its place.
 * @see IAM user guide, "Grammar of the IAM JSON policy language"; AWS IoT guide, "AWS IoT Core policies"
 */
export function parsePolicyDocument(text: string, options: ParsePolicyOptions = {}): PolicyDocument {
  return readPolicyDocument(text, options).document
}

/**
 * The same with the place of each part in the text.
 * @throws {MalformedPolicyError}
 */
export function readPolicyDocument(text: string, options: ParsePolicyOptions = {}): PlacedPolicyDocument {
  return new PolicyReader(text, options.dialect ?? 'iot').document()
}

/** The first thing wrong with a policy document, or `undefined` if there is nothing. */
export function validatePolicyDocument(text: string, options: ParsePolicyOptions = {}): PolicyProblem | undefined {
  try {
    parsePolicyDocument(text, options)
    return undefined
  } catch (error) {
    if (error instanceof MalformedPolicyError) return error
    throw error
  }
}

/** A policy needs six levels. The limit bounds what a hostile text can make this reader do. */
const MAX_DEPTH = 64

const VERSIONS: readonly PolicyLanguageVersion[] = ['2008-10-17', '2012-10-17']
const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const
const MEMBERS = {
  document: ['Version', 'Id', 'Statement'],
  statement: {
    iot: ['Sid', 'Effect', 'Action', 'Resource', 'NotResource', 'Condition'],
    iam: ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Principal'],
  },
}
/** `iot:Publish`, `iot:*`, `*`. */
const ACTION = /^(?:\*|[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?_-]+)$/
const IAM_SID = /^[a-zA-Z0-9]*$/

type Members = ReadonlyMap<string, Place>

class PolicyReader {
  readonly #text: string
  readonly #dialect: PolicyDialect
  #hasVariables = true

  constructor(text: string, dialect: PolicyDialect) {
    this.#text = text
    this.#dialect = dialect
  }

  document(): PlacedPolicyDocument {
    const root = { node: this.#tree(), path: '' }
    const members = this.#members(root, MEMBERS.document)
    const version = this.#version(members, root)
    this.#hasVariables = hasVariables(version)
    const id = members.get('Id')
    const statement = this.#required(members, 'Statement', root)
    const placed = this.#list(statement).map((place) => this.#statement(place))
    const statements = placed.map((each) => each.statement)
    this.#refuseRepeatedSids(statements, statement)
    const document: PolicyDocument = { version, ...(id ? { id: this.#string(id) } : {}), statements }
    return { document, list: statement, statements: placed }
  }

  /** A second `Condition` that silently replaced the first would widen a policy, so each key is there once. */
  #tree(): JsonTree {
    try {
      return parseJsonTree(this.#text, { maxDepth: MAX_DEPTH, uniqueKeys: true })
    } catch (error) {
      if (!(error instanceof JsonParseError)) throw error
      const code = error.code === 'DUPLICATE_KEY' ? 'DUPLICATE_MEMBER' : 'JSON'
      const message = `Expected ${error.expected}, found ${error.found}`
      const range = { from: error.offset, to: Math.min(error.offset + 1, this.#text.length) }
      throw new MalformedPolicyError(code, message, formatMemberPath(error.path), this.#text, range)
    }
  }

  #version(members: Members, root: Place): PolicyLanguageVersion {
    const place = members.get('Version')
    if (!place) {
      if (this.#dialect === 'iam') return '2008-10-17'
      throw this.#error('VERSION', 'Version is missing: an IoT policy needs "2012-10-17"', root)
    }
    const text = this.#string(place)
    const version = VERSIONS.find((each) => each === text)
    if (!version || (this.#dialect === 'iot' && version !== '2012-10-17')) {
      throw this.#error('VERSION', `Version must be "2012-10-17", not ${JSON.stringify(text)}`, place)
    }
    return version
  }

  #statement(place: Place): PlacedStatement {
    const members = this.#members(place, MEMBERS.statement[this.#dialect])
    const sid = members.get('Sid')
    const principals = members.get('Principal')
    const action = this.#selection(members, 'Action', place)
    for (const pattern of action.places) this.#checkAction(pattern)
    const resource = this.#resource(members, place, principals !== undefined)
    const effect = this.#required(members, 'Effect', place)
    const condition = members.get('Condition')
    const about = {
      ...(sid ? { sid: this.#sid(sid) } : {}),
      effect: this.#effect(effect),
      action: action.selection,
      resource: resource.selection,
      ...(principals ? { principals: this.#principals(principals) } : {}),
    }
    const conditions = condition ? this.#conditions(condition) : []
    const statement: PolicyStatement = { ...about, conditions: conditions.map((each) => each.condition) }
    return { statement, place, effect, action, resource, conditionElement: condition, conditions }
  }

  #sid(place: Place): string {
    const sid = this.#string(place)
    if (this.#dialect === 'iam' && !IAM_SID.test(sid)) {
      throw this.#error('SID', 'A Sid has only letters and digits', place)
    }
    return sid
  }

  #refuseRepeatedSids(statements: readonly PolicyStatement[], place: Place): void {
    if (this.#dialect !== 'iam') return
    const seen = new Set<string>()
    for (const { sid } of statements) {
      if (sid === undefined) continue
      if (seen.has(sid)) throw this.#error('SID', `Sid ${JSON.stringify(sid)} is there twice`, place)
      seen.add(sid)
    }
  }

  #effect(place: Place): 'Allow' | 'Deny' {
    const effect = this.#string(place)
    if (effect === 'Allow' || effect === 'Deny') return effect
    throw this.#error('EFFECT', `Effect must be "Allow" or "Deny", not ${JSON.stringify(effect)}`, place)
  }

  /** `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two. */
  #selection(members: Members, name: 'Action' | 'Resource', statement: Place): PlacedSelection {
    const code = name === 'Action' ? 'ACTION' : 'RESOURCE'
    const plain = members.get(name)
    const negated = members.get(`Not${name}`)
    if (plain && negated) throw this.#error(code, `${name} and Not${name} exclude each other`, negated)
    const element = plain ?? negated
    if (!element) throw this.#error('MISSING_MEMBER', `A statement needs ${name}`, statement)
    const places = this.#list(element)
    const selection = { negated: plain === undefined, patterns: places.map((each) => this.#string(each)) }
    return { selection, element, places }
  }

  #checkAction(place: Place): void {
    const action = this.#string(place)
    if (ACTION.test(action)) return
    throw this.#error('ACTION', `An action is "service:Name" or "*", not ${JSON.stringify(action)}`, place)
  }

  #resource(members: Members, statement: Place, isTrustPolicy: boolean): PlacedSelection {
    // A role's trust policy is about the role that it belongs to, and names no resource.
    if (isTrustPolicy && !members.has('Resource') && !members.has('NotResource')) {
      return { selection: { negated: false, patterns: ['*'] }, element: undefined, places: [] }
    }
    const found = this.#selection(members, 'Resource', statement)
    for (const place of found.places) {
      const resource = this.#string(place)
      if (resource !== '*' && !resource.startsWith('arn:')) {
        throw this.#error('RESOURCE', `A resource is an ARN or "*", not ${JSON.stringify(resource)}`, place)
      }
      this.#template(place, () => parseTemplate(resource, { wildcards: true, variables: this.#hasVariables }))
    }
    return found
  }

  #principals(place: Place): Principal[] {
    if (typeof place.node.value === 'string') {
      if (place.node.value === '*') return [{ type: '*', value: '*' }]
      throw this.#error('PRINCIPAL', 'A Principal is "*" or an object', place)
    }
    return [...this.#members(place, PRINCIPAL_TYPES)].flatMap(([name, values]) => {
      const type = PRINCIPAL_TYPES.find((each) => each === name) ?? 'AWS'
      return this.#list(values).map((value) => ({ type, value: this.#string(value) }))
    })
  }

  #conditions(place: Place): PlacedCondition[] {
    return [...this.#members(place)].flatMap(([operatorText, keys]) => {
      const operator = parseConditionOperator(operatorText)
      if (!operator) {
        const message = `There is no condition operator ${JSON.stringify(operatorText)}`
        throw this.#error('CONDITION_OPERATOR', message, keys, keys.key)
      }
      return [...this.#members(keys)].map(([key, values]) => {
        if (key === '') throw this.#error('CONDITION_VALUE', 'A condition key cannot be empty', values)
        const places = itemsOf(values) ?? [values]
        const condition = { operator, key, values: this.#conditionValues(operator, places) }
        return { condition, operator: keys, element: values, places }
      })
    })
  }

  #conditionValues(operator: ConditionOperator, places: readonly Place[]): string[] {
    return places.map((each) => {
      const text = this.#scalar(each)
      this.#template(each, () => compileConditionValue(operator, text, this.#hasVariables))
      return text
    })
  }

  /** Runs a check of a value, and gives its refusal a place. */
  #template(place: Place, check: () => void): void {
    try {
      check()
    } catch (error) {
      if (error instanceof TemplateError) throw this.#error('VARIABLE', error.message, place)
      if (error instanceof ConditionValueError) throw this.#error('CONDITION_VALUE', error.message, place)
      throw error
    }
  }

  /** The members of an object, if it has none but the known ones. */
  #members({ node, path }: Place, known?: readonly string[]): Members {
    if (!node.members) throw this.#typeError('an object', { node, path })
    return new Map(
      node.members.map((member) => {
        const key = { from: member.from, to: member.keyTo }
        const place = { node: member.value, path: memberPath(path, member.key), key }
        if (known && !known.includes(member.key)) throw this.#unknownMember(member, place.path, known)
        return [member.key, place]
      }),
    )
  }

  #unknownMember(member: JsonTreeMember, path: string, known: readonly string[]): MalformedPolicyError {
    const reason =
      this.#dialect === 'iot' && ['Principal', 'NotPrincipal', 'NotAction'].includes(member.key)
        ? `An IoT policy cannot have ${member.key}`
        : `${JSON.stringify(member.key)} is not a member here; known are ${known.join(', ')}`
    const key = { from: member.from, to: member.keyTo }
    return this.#error('UNKNOWN_MEMBER', reason, { node: member.value, path }, key)
  }

  #required(members: Members, name: string, parent: Place): Place {
    const place = members.get(name)
    if (!place) throw this.#error('MISSING_MEMBER', `${name} is missing`, parent)
    return place
  }

  /** One value, or a list of at least one. */
  #list(place: Place): Place[] {
    const items = itemsOf(place)
    if (items?.length === 0) throw this.#error('TYPE', 'The list is empty', place)
    return items ?? [place]
  }

  #string(place: Place): string {
    const { value } = place.node
    if (typeof value !== 'string') throw this.#typeError('a string', place)
    return value
  }

  #scalar(place: Place): string {
    const { value } = place.node
    if (typeof value === 'string') return value
    if (value instanceof JsonNumber || typeof value === 'boolean') return String(value)
    throw this.#typeError('a string, number or boolean', place)
  }

  #typeError(wanted: string, place: Place): MalformedPolicyError {
    return this.#error('TYPE', `Expected ${wanted}, found ${describeType(place)}`, place)
  }

  #error(code: PolicyProblemCode, message: string, { path, node }: Place, range: TextSpan = node) {
    return new MalformedPolicyError(code, message, path, this.#text, range)
  }
}
