import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { ShadowSchema } from '../use-schema.ts'
import { SchemaSection } from './schema-section.tsx'

afterEach(cleanup)

const NO_TYPE: ShadowSchema = {
  isRegistered: true,
  thingTypeName: undefined,
  key: undefined,
  stored: undefined,
  schema: undefined,
}
const show = (schema: ShadowSchema) => render(<SchemaSection schema={schema} forbidden={undefined} />)

test('a thing without a type has no place for a schema, and the page says what helps', () => {
  show(NO_TYPE)
  expect(screen.getByText(/Give the thing a type to attach a JSON Schema/)).toBeTruthy()
})

test.each([undefined, false])(
  'while it is not known whether the thing is registered, or it is not, nothing is said',
  (isRegistered) => {
    const { container } = show({ ...NO_TYPE, isRegistered })
    expect(container.textContent).toBe('')
  },
)

test('with a type there is the section', () => {
  show({ ...NO_TYPE, thingTypeName: 'pump', key: { thingName: 'thingdeck-schema:pump', shadowName: undefined } })
  expect(screen.getByRole('button', { name: 'JSON Schema of the thing type pump: none' })).toBeTruthy()
})
