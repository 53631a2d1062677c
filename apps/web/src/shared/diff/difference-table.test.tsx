import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { DifferenceTable } from './difference-table.tsx'

afterEach(cleanup)

const DIFFERENCES = [
  { key: 'mode', before: '"auto"', after: '"off"' },
  { key: 'gone', before: '1', after: undefined },
  { key: 'new', before: undefined, after: '2' },
]

test('each key is a row: what was there, and what is there now', () => {
  render(<DifferenceTable label="Version 2 against 1" before="version 1" after="version 2" differences={DIFFERENCES} />)
  expect(screen.getByRole('table', { name: 'Version 2 against 1' })).toBeTruthy()
  const names = screen.getAllByRole('row').map((row) => [...row.children].map(({ textContent }) => textContent))
  expect(names).toEqual([
    ['Key', 'version 1', 'version 2'],
    ['mode', '"auto"', '"off"'],
    ['gone', '1', 'removed'],
    ['new', '–', '2'],
  ])
})

test('where nobody knows what was there, it does not say that there was nothing', () => {
  render(<DifferenceTable label="Changes" differences={DIFFERENCES} isBeforeUnknown />)
  expect(screen.getByRole('row', { name: 'new not known 2' })).toBeTruthy()
})

test('two keys that look alike are told apart', () => {
  render(<DifferenceTable label="Alike" differences={[{ key: 'mo\u200bde', before: undefined, after: '"\u202e1"' }]} />)
  expect(screen.getByRole('row', { name: 'mo\\u200Bde – "\\u202E1"' })).toBeTruthy()
})
