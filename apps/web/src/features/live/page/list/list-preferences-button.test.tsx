import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import { listPreference } from './list-preferences.ts'
import { ListPreferencesButton } from './list-preferences-button.tsx'

test('a path that leads nowhere says what is wrong with it', () => {
  renderLive(<ListPreferencesButton />, {})
  fireEvent.click(screen.getByRole('button', { name: 'Preferences of the list' }))
  // By what stands in an empty field: to look for roles in the whole dialog takes seconds in jsdom.
  const type = (placeholder: string, value: string) =>
    fireEvent.change(screen.getByPlaceholderText(placeholder), { target: { value } })
  type('$.seq', 'seq')
  expect(screen.getByText('A path begins with $, as in $.a or $[0].')).toBeDefined()
  type('$.seq', '$')
  expect(screen.getByText(/^\$ alone is the whole payload/)).toBeDefined()
  type('$.seq', '$.seq')
  type('auto', '$.list[*]')
  expect(screen.getByText(/^\[\*\] leads to several values/)).toBeDefined()
  type('auto', '')
  expect(screen.queryByText(/leads to several|begins with/)).toBeNull()
  expect(listPreference.get()).toMatchObject({ ownTimePath: 'auto', sequencePath: '$.seq' })
})
