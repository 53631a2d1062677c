import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { WindowRequest, WindowView } from '../../protocol/stream.ts'
import { Feed } from '../feed/feed.ts'
import { FilterField } from './filter-field.tsx'

test('what was typed counts as soon as the field is left: another view takes the field away', () => {
  const onChange = vi.fn()
  const feed = new Feed<Omit<WindowRequest, 'stream' | 'knownRevision'>, WindowView>(
    async () => undefined,
    { from: 'end', count: 0 },
    async () => {},
  )
  renderLive(<FilterField feed={feed} text="" subscribed={[]} onChange={onChange} onCancel={() => {}} />)
  const field = screen.getByRole('searchbox', { name: 'Filter messages' })
  fireEvent.change(field, { target: { value: 'alarm' } })
  expect(onChange).not.toHaveBeenCalled()
  fireEvent.blur(field)
  expect(onChange).toHaveBeenCalledExactlyOnceWith('alarm')
})
