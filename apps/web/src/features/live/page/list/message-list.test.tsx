import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { RowView } from '../../protocol/stream.ts'
import { useWindowFeed } from '../feed/use-window-feed.ts'
import { MessageList } from './message-list.tsx'
import { Reading } from './reading-place.ts'
import type { Picks } from './use-picked.ts'

const message = (sequence: number): RowView => ({
  kind: 'message',
  sequence,
  receivedAtMs: 0,
  topic: 'dt/a',
  sizeBytes: 1,
  qos: 0,
  retain: false,
  dup: false,
  preview: `message ${sequence}.`,
  isText: true,
  subscription: 0,
})
const gap = (sequence: number): RowView => ({
  kind: 'gap',
  sequence,
  gap: { fromMs: 0, toMs: 1_000, reason: 'the network connection was lost' },
})

const noop = () => {}
const READING = new Reading(true)

interface PartProps {
  readonly picks: Picks
  readonly selected: number | undefined
  readonly onSelect: (sequence: number) => void
}

function Part({ picks, selected, onSelect }: PartProps) {
  return (
    <MessageList
      stream="main"
      feed={useWindowFeed('main')}
      marks={[0]}
      isLive
      follow
      onFollow={noop}
      reading={READING}
      untilSequence={undefined}
      target={undefined}
      selected={selected}
      onSelect={onSelect}
      onOpen={noop}
      onPause={noop}
      picks={picks}
      onCopy={noop}
    />
  )
}

/** A list that shows `rows`, and others once `show` is called. */
function open(rows: readonly RowView[], { selected, picked = [] }: { selected?: number; picked?: number[] } = {}) {
  const picks = { picked: new Set(picked), toggle: vi.fn(), beginAt: vi.fn(), extendTo: vi.fn(), forget: vi.fn() }
  const onSelect = vi.fn()
  const later = Promise.withResolvers<readonly RowView[]>()
  renderLive(<Part picks={picks} selected={selected} onSelect={onSelect} />, {
    'live.locate': ({ sequence }: { sequence: number }) => ({ position: sequence, sequence }),
    'live.window': async ({ knownRevision = 0 }: { knownRevision?: number }) => {
      if (knownRevision === 2) return new Promise(() => {}) // no news any more
      const shown = knownRevision === 1 ? await later.promise : rows
      const end = (shown.at(-1)?.sequence ?? -1) + 1
      const from = end - shown.length
      return { revision: knownRevision + 1, first: 0, end, from, rows: shown, counters: {}, isComplete: true }
    },
  })
  return { picks, onSelect, show: later.resolve }
}

test('a click is of the row that was under the pointer when it went down', async () => {
  const { onSelect, show } = open([message(0), message(1)])
  const element = (await screen.findByText('message 1.')).closest('[role="row"]')
  if (!element) throw new Error('no row')
  fireEvent.pointerDown(element)
  show([message(1), message(2)])
  await waitFor(() => expect(element.textContent).toContain('message 2.')) // the same element, another row
  fireEvent.click(element)
  expect(onSelect).toHaveBeenCalledExactlyOnceWith(1)
  fireEvent.click(element) // without a pointer: as it is now
  expect(onSelect).toHaveBeenLastCalledWith(2)
})

test.each([
  ['looking', { selected: 0 }, false, 1],
  ['picking a range', { selected: 0 }, true, 2],
  ['with something picked', { selected: 0, picked: [0] }, false, 2],
])('arrows stop at gaps while reading and pass over them while picking: %s', async (_, state, shiftKey, to) => {
  const { onSelect, picks } = open([message(0), gap(1), message(2)], state)
  await screen.findByText('message 2.')
  fireEvent.keyDown(screen.getByRole('grid', { name: 'Messages' }), { key: 'ArrowDown', shiftKey })
  await waitFor(() => expect(onSelect).toHaveBeenCalledExactlyOnceWith(to))
  if (shiftKey) expect(picks.extendTo).toHaveBeenCalledWith(to)
})

test('a gap is not picked', async () => {
  const { picks } = open([message(0), gap(1), message(2)], { selected: 1 })
  await screen.findByText('message 2.')
  fireEvent.keyDown(screen.getByRole('grid', { name: 'Messages' }), { key: 'x' })
  await Promise.resolve()
  expect(picks.toggle).not.toHaveBeenCalled()
})
