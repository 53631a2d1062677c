import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import { useFeedValue } from '../feed/use-feed.ts'
import { useWindowFeed } from '../feed/use-window-feed.ts'
import { ClearButton } from './clear-button.tsx'

function Part({ onClear }: { readonly onClear: () => void }) {
  const feed = useWindowFeed('main')
  const kept = useFeedValue(feed, (view) => view?.counters.kept)
  return (
    <>
      <p>{kept === undefined ? 'waiting' : 'here'}</p>
      <ClearButton stream="main" feed={feed} onClear={onClear} />
    </>
  )
}

/** A stream that keeps so many messages. */
async function open(kept: number) {
  const onClear = vi.fn()
  let isAnswered = false
  const page = renderLive(<Part onClear={onClear} />, {
    'live.window': () => {
      if (isAnswered) return new Promise(() => {}) // no news
      isAnswered = true
      return { revision: 1, counters: { received: kept, kept, agedOut: 0, gaps: 0, keptBytes: 0 } }
    },
    'live.export': () => ({ blob: new Blob(['x']), fileName: 'kept.jsonl.gz', messages: kept }),
  })
  await screen.findByText('here')
  return { ...page, onClear }
}

test('what is little is cleared at once', async () => {
  const { onClear } = await open(99)
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
  expect(onClear).toHaveBeenCalledOnce()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a key never clears unasked', async () => {
  const { onClear } = await open(1)
  fireEvent.keyDown(document.body, { key: 'C', shiftKey: true })
  expect((await screen.findByRole('dialog')).textContent).toContain('1 message goes')
  expect(onClear).not.toHaveBeenCalled()
})

test.each([
  ['button', () => fireEvent.click(screen.getByRole('button', { name: 'Clear' }))],
  ['key', () => fireEvent.keyDown(document.body, { key: 'C', shiftKey: true })],
])('by %s: what is much goes only after a question that says how much it is', async (_, clear) => {
  const { onClear } = await open(123_456)
  clear()
  expect((await screen.findByRole('dialog')).textContent).toContain('123,456 messages go')
  expect(onClear).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button', { name: 'Clear everything' }))
  expect(onClear).toHaveBeenCalledOnce()
})

test('the question offers to save everything first, and says that it was saved', async () => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => {}
  const { onClear, argumentOf } = await open(5_000)
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Save as a recording first' }))
  await waitFor(() => expect(screen.getByText(/^Saved\./)).toBeTruthy())
  expect(argumentOf('live.export')).toMatchObject({ stream: 'main', scope: { kind: 'kept' }, format: 'recording' })
  expect(onClear).not.toHaveBeenCalled()
})
