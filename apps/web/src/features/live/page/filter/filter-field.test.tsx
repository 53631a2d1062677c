import { act, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { WindowRequest, WindowView } from '../../protocol/stream.ts'
import { Feed } from '../feed/feed.ts'
import { FilterField } from './filter-field.tsx'

/** The field over a URL that has what was sent to it only once the test says so. */
function open() {
  const onChange = vi.fn()
  const feed = new Feed<Omit<WindowRequest, 'stream' | 'knownRevision'>, WindowView>(
    async () => undefined,
    { from: 'end', count: 0 },
    async () => {},
  )
  let setText: (text: string) => void = () => {}
  function Page() {
    const [text, set] = useState('')
    setText = set
    return <FilterField feed={feed} text={text} subscribed={[]} onChange={onChange} onCancel={() => {}} />
  }
  renderLive(<Page />)
  const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Filter messages' })
  const type = (value: string) => fireEvent.change(field, { target: { value } })
  return { onChange, field, type, arrive: (text: string) => act(() => setText(text)) }
}

test('what was typed counts as soon as the field is left: another view takes the field away', () => {
  const { onChange, field, type } = open()
  type('alarm')
  expect(onChange).not.toHaveBeenCalled()
  fireEvent.blur(field)
  expect(onChange).toHaveBeenCalledExactlyOnceWith('alarm')
})

test('what is typed while the URL is on its way stays, and what others put into the URL is shown', () => {
  const { onChange, field, type, arrive } = open()
  type('al')
  fireEvent.blur(field)
  type('ala')
  fireEvent.blur(field)
  expect(onChange.mock.calls).toEqual([['al'], ['ala']])
  type('alarm')
  arrive('al')
  expect(field.value).toBe('alarm')
  arrive('ala')
  expect(field.value).toBe('alarm')
  arrive('pressure')
  expect(field.value).toBe('pressure')
  arrive('al')
  expect(field.value).toBe('al')
})
