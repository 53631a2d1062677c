import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import { useWindowFeed } from '../feed/use-window-feed.ts'
import { SubscriptionBar } from './subscription-bar.tsx'
import { parseSubscriptions, type ShownSubscription } from './subscription-list.ts'

function Part(props: {
  readonly subscriptions: readonly ShownSubscription[]
  readonly onChange: (next: readonly ShownSubscription[]) => void
}) {
  return <SubscriptionBar stream="main" feed={useWindowFeed('main')} suggestions={[]} thingNames={[]} {...props} />
}

function open(count: number) {
  const subscriptions = parseSubscriptions(Array.from({ length: count }, (_, index) => `0:dt/${index}/#`))
  const onChange = vi.fn()
  const statusOf = (index: number) =>
    index === 40 ? { kind: 'refused', code: 0x87, reason: 'not authorized' } : { kind: 'active', qos: 0 }
  let isAnswered = false
  renderLive(<Part subscriptions={subscriptions} onChange={onChange} />, {
    'live.suggestTopics': () => [],
    'live.window': () => {
      if (isAnswered) return new Promise(() => {}) // no news
      isAnswered = true
      return {
        revision: 1,
        subscriptions: subscriptions.map((each, index) => ({
          ...each,
          status: statusOf(index),
          messagesPerSecond: 0,
          received: 0,
          receivedBytes: 0,
        })),
      }
    },
  })
  return { onChange }
}

test('of many subscriptions some have chips, and the others are counted, found and ended behind a button', async () => {
  const { onChange } = open(54)
  const chips = screen.getByRole('list', { name: 'Subscriptions' })
  expect(within(chips).getAllByRole('listitem')).toHaveLength(5)
  fireEvent.click(await screen.findByRole('button', { name: '+49 more, 1 refused' }))
  const list = await screen.findByRole('list', { name: 'More subscriptions' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(49)
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find a subscription' }), { target: { value: 'DT/4' } })
  expect(screen.getByText('10 of 49')).toBeTruthy() // 40 … 49; 4 has a chip
  fireEvent.click(screen.getByRole('button', { name: 'Unsubscribe from dt/42/#' }))
  const [next] = onChange.mock.calls[0] ?? []
  expect(next).toHaveLength(53)
})

test('a chip keeps the room for its count before anything came', () => {
  open(1)
  expect(screen.getByRole('listitem').querySelector('.td-chip-count')?.textContent).toBe('')
})

test('few have all their chips', () => {
  open(6)
  expect(screen.getAllByRole('listitem')).toHaveLength(6)
  expect(screen.queryByRole('button', { name: /more/ })).toBeNull()
})
