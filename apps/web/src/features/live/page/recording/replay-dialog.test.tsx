import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { ReplayOptions, ReplayPlan } from '../../protocol/record.ts'
import { ReplayDialog } from './replay-dialog.tsx'

const plan = ({ topicPrefix }: ReplayOptions): ReplayPlan => ({
  id: `plan of ${topicPrefix}`,
  source: { name: 'live messages of dt/#', fromMs: 1, toMs: 65_001 },
  messages: 1_204,
  bytes: 240_800,
  durationMs: 65_000,
  peakPerSecond: 130,
  topics: [{ topic: 'dt/a', target: `${topicPrefix}dt/a`, messages: 1_204 }],
  left: [{ topic: '$aws/x', reason: 'It is reserved.', messages: 3 }],
})

test('says how many messages go where before any goes, and then sends just that', async () => {
  const onClose = vi.fn()
  const { argumentOf } = renderLive(<ReplayDialog stream="main" isFiltered picked={new Set()} onClose={onClose} />, {
    'live.planReplay': plan,
    'live.replay': () => undefined,
  })
  expect(await screen.findByText('1,204 messages (235.2 KB) to 1 topic in 1 min')).toBeTruthy()
  expect(screen.getByText('replay/dt/a')).toBeTruthy()
  expect(screen.getByText(/130 a second, more than the 100/)).toBeTruthy()
  expect(screen.getByText(/It is reserved/)).toBeTruthy()

  fireEvent.change(screen.getByRole('textbox', { name: 'Topic prefix' }), { target: { value: '' } })
  expect(await screen.findByText(/They go to the very topics that they came from/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Publish 1,204 messages' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(argumentOf('live.planReplay')).toMatchObject({ stream: 'main', scope: { kind: 'shown' }, speed: 1 })
  expect(argumentOf('live.replay')).toMatchObject({ plan: 'plan of ' })
})
