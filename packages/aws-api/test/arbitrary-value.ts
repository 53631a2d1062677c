import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'

/** Where a value will stand; text in a path or a header cannot be just any text. */
type Place = 'body' | 'label' | 'query' | 'header' | 'payload' | 'status'

/** Well-formed text: no lone surrogates, which UTF-8 cannot carry. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })
/** The client loses what stands under `__proto__`; api.test.ts sends it without a client. */
const mapKey = anyText.filter((key) => key !== '__proto__')
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
 * Random values of a shape of the SDK's model. Reads the SDK's schemas on its own, so that a shape misread by the
 * server shows.
 */
export function arbitraryOf(schema: NormalizedSchema, place: Place = 'body', depth = 0): fc.Arbitrary<unknown> {
  if (schema.isUnitSchema()) return fc.constant({})
  if (schema.isStructSchema()) return arbitraryStructure(schema, depth)
  if (schema.isListSchema()) {
    const minLength = place === 'body' ? 0 : 1
    return fc.array(arbitraryOf(schema.getValueSchema(), place, depth + 1), { minLength, maxLength: 3 })
  }
  if (schema.isMapSchema()) {
    const value = arbitraryOf(schema.getValueSchema(), place, depth + 1)
    return fc.dictionary(mapKey, value, { maxKeys: 3, noNullPrototype: true })
  }
  if (schema.isStringSchema()) return arbitraryText(schema, place)
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isNumericSchema()) return place === 'status' ? statusCode : anyNumber
  if (schema.isBlobSchema()) {
    return fc
      .uint8Array({ minLength: place === 'payload' ? 1 : 0, maxLength: 20 })
      .map((bytes) => new Uint8Array(bytes))
  }
  if (schema.isTimestampSchema()) {
    return milliseconds.map((ms) => new Date(place === 'header' ? ms - (ms % 1000) : ms))
  }
  throw new TypeError(`No values of ${schema.getName(true)}`)
}

function arbitraryText(schema: NormalizedSchema, place: Place): fc.Arbitrary<string> {
  if (schema.getMergedTraits().mediaType === 'application/json') return fc.json({ maxDepth: 2 })
  if (place === 'header') return headerText
  return place === 'label' ? fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) : anyText
}

function arbitraryStructure(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members = [...schema.structIterator()]
  const arbitraries = Object.fromEntries(members.map(([name, member]) => [name, arbitraryMember(member, depth)]))
  if (schema.isUnionSchema()) {
    return fc.oneof(...members.map(([name]) => fc.record({ [name]: arbitraries[name] ?? fc.constant(undefined) })))
  }
  const source: unknown = schema.getSchema()
  const requiredCount = Array.isArray(source) ? Number(source[6] ?? 0) : 0
  const required = members
    .filter(([, member], index) => {
      const { httpLabel, idempotencyToken, httpResponseCode } = member.getMergedTraits()
      // clients make up an idempotency token and a status that are absent
      return index < requiredCount || httpLabel || idempotencyToken || httpResponseCode
    })
    .map(([name]) => name)
  if (depth > 6)
    return fc.record(Object.fromEntries(required.map((name) => [name, arbitraries[name] ?? fc.constant(0)])))
  return fc.record(arbitraries, { requiredKeys: required, noNullPrototype: true })
}

function arbitraryMember(member: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const traits = member.getMergedTraits()
  return arbitraryOf(member, placeOf(traits), depth + 1)
}

function placeOf(traits: ReturnType<NormalizedSchema['getMergedTraits']>): Place {
  if (traits.httpLabel) return 'label'
  if (traits.httpQuery || traits.httpQueryParams) return 'query'
  if (traits.httpHeader || traits.httpPrefixHeaders !== undefined) return 'header'
  if (traits.httpResponseCode) return 'status'
  return traits.httpPayload ? 'payload' : 'body'
}
