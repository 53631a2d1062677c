import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { parseJson } from '@thingdeck/json'
import { readShadow } from '@thingdeck/shadows'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stateRows } from '../model/rows.ts'
import { StateTable } from './state-table.tsx'

// Without a layout there is no height, and no row in view.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(420)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const OVERRIDE = '\u202e'

function open(state: object) {
  const rows = stateRows(readShadow(parseJson(JSON.stringify({ version: 1, state }))), undefined, undefined)
  render(<StateTable rows={rows} schema={undefined} onSet={() => {}} />)
}

test('a value and a key that reorder what is around them are shown with what cannot be seen', () => {
  open({ desired: { [`mode${OVERRIDE}x`]: `on${OVERRIDE}ffo` }, reported: { [`mode${OVERRIDE}x`]: 'a\u200bb' } })
  const row = screen.getByRole('rowheader')
  expect(row.textContent).toContain('mode\\u202Ex')
  expect(row.closest('tr')?.textContent).toContain('"on\\u202Effo"')
  expect(row.closest('tr')?.textContent).toContain('"a\\u200Bb"')
  expect(document.body.innerHTML).not.toMatch(/[\u202e\u200b]/)
  fireEvent.click(screen.getByRole('button', { name: /^Edit \S*mode\\u202Ex/ }))
  expect(screen.getByRole('textbox', { name: /^Desired value of \S*mode\\u202Ex/ })).toBeTruthy()
})

test('a long key may break between its words', () => {
  open({ reported: { telemetryIntervalSeconds: 5 } })
  expect(screen.getByRole('rowheader').innerHTML).toBe('telemetry<wbr>Interval<wbr>Seconds')
})
