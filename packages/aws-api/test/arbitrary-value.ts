import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import type { Constraint, Constraints, ServiceTraits } from '../src/index.ts'
import { arbitraryTextWithin } from './arbitrary-text.ts'

/** Where a value will stand; text in a path or a header cannot be just any text. */
type Place = 'body' | 'label' | 'query' | 'header' | 'payload' | 'status'

/** Well-formed text: no lone surrogates, which UTF-8 cannot carry. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })
/** The client loses what stands under `__proto__`; hostile.test.ts sends it without a client. */
const mapKey = anyText.filter((key) => key !== '__proto__')
const labelText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const headerText = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/)
const anyNumber = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), // JSON has no negative zero
)
const milliseconds = fc.integer({ min: 0, max: 4_102_444_800_000 }) // to the year 2100
/** Not 204 and 205, which have no body. */
const statusCode = fc.constantFrom(200, 201, 202)

/**
 * Random values of the shapes of the SDK's model. Reads the SDK's schemas on its own, so that a shape misread by the
 * server shows.
 */
export class Arbitraries {
  readonly #constraints: Constraints
  readonly #sdk: object
  readonly #isQuery: boolean

  /**
   * @param constraints that the values are to satisfy; without any they are as wild as the shape allows
   * @param protocol awsQuery has no way to say that a list, a map or a structure is there and empty
   */
  constructor(sdk: object, constraints: Constraints, protocol: ServiceTraits['protocol']) {
    this.#sdk = sdk
    this.#constraints = constraints
    this.#isQuery = protocol === 'awsQuery'
  }

  of(schema: NormalizedSchema, place: Place = 'body', constraint: Constraint = {}): fc.Arbitrary<unknown> {
    if (schema.isUnitSchema()) return fc.constant({})
    if (schema.isStructSchema()) return this.#structure(schema)
    const { min, max } = constraint
    if (schema.isListSchema()) {
      const minLength = min || (place === 'body' && !this.#isQuery ? 0 : 1)
      const item = this.#within(schema.getValueSchema(), place, constraint.member)
      return fc.array(item, { minLength, maxLength: Math.min(minLength + 3, max ?? Number.POSITIVE_INFINITY) })
    }
    if (schema.isMapSchema()) {
      const key = constraint.key ? this.#text(constraint.key, mapKey) : mapKey
      const value = this.#within(schema.getValueSchema(), place, constraint.value)
      const minKeys = min ?? (this.#isQuery ? 1 : 0)
      return fc.dictionary(key, value, { minKeys, maxKeys: minKeys + 1, noNullPrototype: true })
    }
    if (schema.isStringSchema()) {
      if (schema.getMergedTraits().mediaType === 'application/json') return fc.json({ maxDepth: 2 })
      return this.#text(constraint, place === 'header' ? headerText : place === 'label' ? labelText : anyText)
    }
    if (schema.isBooleanSchema()) return fc.boolean()
    if (schema.isNumericSchema()) {
      if (min === undefined && max === undefined) return place === 'status' ? statusCode : anyNumber
      return fc.integer({ min: Math.ceil(min ?? -1000), max: max ?? 1_000_000 })
    }
    if (schema.isBlobSchema()) {
      const minLength = min ?? (place === 'payload' ? 1 : 0)
      return fc.uint8Array({ minLength, maxLength: minLength + 20 }).map((bytes) => new Uint8Array(bytes))
    }
    if (schema.isTimestampSchema()) {
      return milliseconds.map((ms) => new Date(place === 'header' ? ms - (ms % 1000) : ms))
    }
    throw new TypeError(`No values of ${schema.getName(true)}`)
  }

  /** Of a member, an item or an entry. */
  #within(schema: NormalizedSchema, place: Place, constraint: Constraint = {}): fc.Arbitrary<unknown> {
    const arbitrary = this.of(schema, place, constraint)
    if (!this.#isQuery || !schema.isStructSchema()) return arbitrary
    return arbitrary.filter((value) => Object.keys(Object(value)).length > 0)
  }

  #text(constraint: Constraint, otherwise: fc.Arbitrary<string>): fc.Arbitrary<string> {
    const { enumName } = constraint
    const values = enumName === undefined ? constraint.enum : Object.values<string>(Reflect.get(this.#sdk, enumName))
    if (values) return fc.constantFrom(...values)
    const { min, max, pattern } = constraint
    if (min === undefined && max === undefined && pattern === undefined) return otherwise
    return arbitraryTextWithin(otherwise === labelText ? { ...constraint, min: min ?? 1 } : constraint)
  }

  #structure(schema: NormalizedSchema): fc.Arbitrary<unknown> {
    const all = [...schema.structIterator()].filter(([, member]) => !this.#isQuery || !isEmpty(member))
    const members = all.map(([name, member]) => {
      const constraint = this.#constraintOf(schema, name)
      const place = placeOf(member.getMergedTraits())
      return { name, member, constraint, arbitrary: this.#within(member, place, constraint) }
    })
    if (schema.isUnionSchema())
      return fc.oneof(...members.map(({ name, arbitrary }) => fc.record({ [name]: arbitrary })))
    const source: unknown = schema.getSchema()
    const requiredCount = Array.isArray(source) ? Number(source[6] ?? 0) : 0
    const required = members.filter(({ member, constraint }, index) => {
      const { httpLabel, idempotencyToken, httpResponseCode } = member.getMergedTraits()
      // clients make up an idempotency token and a status that are absent
      return index < requiredCount || constraint.required || httpLabel || idempotencyToken || httpResponseCode
    })
    return fc.record(Object.fromEntries(members.map(({ name, arbitrary }) => [name, arbitrary])), {
      requiredKeys: required.map(({ name }) => name),
      noNullPrototype: true,
    })
  }

  #constraintOf(schema: NormalizedSchema, member: string): Constraint {
    return this.#constraints[`${schema.getName()}.${member}`] ?? this.#constraints[member] ?? {}
  }
}

function isEmpty(schema: NormalizedSchema): boolean {
  return schema.isStructSchema() && schema.structIterator().next().done === true
}

function placeOf(traits: ReturnType<NormalizedSchema['getMergedTraits']>): Place {
  if (traits.httpLabel) return 'label'
  if (traits.httpQuery || traits.httpQueryParams) return 'query'
  if (traits.httpHeader || traits.httpPrefixHeaders !== undefined) return 'header'
  if (traits.httpResponseCode) return 'status'
  return traits.httpPayload ? 'payload' : 'body'
}
