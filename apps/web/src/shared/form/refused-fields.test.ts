import { expect, test } from 'vitest'
import { ApiError } from '../http.ts'
import { refusedFields } from './refused-fields.ts'

const NAMES = ['thingName', 'thingTypeName', 'policyDocument'] as const
const refusal = (message: string, code = 'InvalidRequestException') => new ApiError({ code, message, status: 400 })

test.each([
  [
    "1 validation error detected: Value 'a b' at 'thingName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]+",
    { thingName: 'It must satisfy regular expression pattern: [a-zA-Z0-9:_-]+' },
  ],
  [
    "2 validation errors detected: Value '' at 'thingName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'x y' at 'thingTypeName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    {
      thingName: 'It must have length greater than or equal to 1',
      thingTypeName: 'It must satisfy regular expression pattern: [a-z]+',
    },
  ],
  [
    "1 validation error detected: Value null at 'attributePayload.attributes' failed to satisfy constraint: Member must not be null",
    {},
  ],
  ['body/thingName must NOT have more than 128 characters', { thingName: 'It must NOT have more than 128 characters' }],
  ['Rate exceeded', {}],
])('%s', (message, expected) => {
  expect(Object.fromEntries(refusedFields(refusal(message), NAMES))).toEqual(expected)
})

test('a code may say which field is meant', () => {
  const error = refusal('Thing pump-7 already exists in account with different tags', 'ResourceAlreadyExistsException')
  expect(refusedFields(error, NAMES, { ResourceAlreadyExistsException: 'thingName' }).get('thingName')).toBe(
    error.message,
  )
})

test('a failure of another kind names no field', () => {
  expect(refusedFields(new Error("at 'thingName' failed to satisfy constraint: x"), NAMES).size).toBe(0)
})
