import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import { AddSubscription } from './add-subscription.tsx'

function open() {
  const onAdd = vi.fn()
  renderLive(
    <AddSubscription stream="main" subscriptions={[{ filter: 'dt/#', qos: 0 }]} thingNames={[]} onAdd={onAdd} />,
    { 'live.suggestTopics': () => [] },
  )
  const field = screen.getByRole('combobox', { name: 'Topic filter' })
  const type = (value: string) => fireEvent.change(field, { target: { value } })
  return { onAdd, type, subscribe: screen.getByRole('button', { name: 'Subscribe' }) }
}

test('says in words why a filter cannot be, while it is typed', () => {
  const { type, subscribe } = open()
  type('dt/a#')
  expect(screen.getByText('+ and # must fill a whole level.')).toBeTruthy()
  expect(subscribe.hasAttribute('disabled')).toBe(true)
  type('cmd/#')
  expect(subscribe.hasAttribute('disabled')).toBe(false)
})

test('# does not reach what begins with $: the page says so and offers it', () => {
  const { onAdd, type } = open()
  type('#')
  expect(screen.getByText(/does not reach topics that begin with \$/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Subscribe to $aws/events/# too' }))
  expect(onAdd).toHaveBeenCalledWith({ filter: '$aws/events/#', qos: 0 })
})

test('subscribes, and is empty for the next', () => {
  const { onAdd, type, subscribe } = open()
  type('cmd/+/set')
  fireEvent.click(subscribe)
  expect(onAdd).toHaveBeenCalledWith({ filter: 'cmd/+/set', qos: 0 })
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Topic filter' }).value).toBe('')
})

test('Enter subscribes to what was typed, at once', () => {
  const { onAdd, type } = open()
  const field = screen.getByRole('combobox', { name: 'Topic filter' })
  fireEvent.focus(field)
  type('cmd/+/set')
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })
  expect(onAdd).toHaveBeenCalledExactlyOnceWith({ filter: 'cmd/+/set', qos: 0 })
})

test('blanks around a filter are said, and taken away with a click', () => {
  const { onAdd, type, subscribe } = open()
  type(' x/a ')
  expect(screen.getByText(/begins and ends with a blank, which is part of the topic/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Use “x/a”' }))
  fireEvent.click(subscribe)
  expect(onAdd).toHaveBeenCalledWith({ filter: 'x/a', qos: 0 })
})
