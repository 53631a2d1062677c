import { fireEvent, screen } from '@testing-library/react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { StoredRecording } from '../../protocol/record.ts'
import { InterruptedRecordings } from './interrupted-recordings.tsx'

const recording = (id: string): StoredRecording => ({ id, startedAtMs: 0, endedAtMs: 1_000, messages: 3, sizeBytes: 9 })

test('what another tab left meanwhile is offered when one comes back, and what is for later stays away', async () => {
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
  let stored: readonly StoredRecording[] = []
  renderLive(<InterruptedRecordings onOpened={() => {}} />, { 'live.interruptedRecordings': () => stored })
  const visibility = vi.spyOn(document, 'visibilityState', 'get')
  const become = (state: DocumentVisibilityState) => {
    visibility.mockReturnValue(state)
    fireEvent(document, new Event('visibilitychange'))
  }
  become('hidden')
  stored = [recording('a')]
  become('visible')
  await screen.findByText('A recording was interrupted')
  fireEvent.click(screen.getByRole('button', { name: 'Later' }))
  expect(screen.queryByText('A recording was interrupted')).toBeNull()
  stored = [recording('a'), recording('b')]
  become('visible')
  await screen.findByText('A recording was interrupted') // the other one alone
})
