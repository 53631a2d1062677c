import { cleanup, fireEvent, render } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { createShortcuts, keyCaps, ShortcutProvider, useShortcut } from './shortcuts.tsx'

afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})

function setUp() {
  let nowMs = 0
  const shortcuts = createShortcuts(() => nowMs)
  const stop = shortcuts.listen(document)
  return {
    shortcuts,
    stop,
    wait: (ms: number) => {
      nowMs += ms
    },
    press: (...keys: string[]) => {
      for (const key of keys) fireEvent.keyDown(document.body, { key })
    },
  }
}

test('keys in a row, within a second', () => {
  const { shortcuts, press, wait, stop } = setUp()
  const run = vi.fn()
  shortcuts.add({ keys: 'g t', does: 'Go', run })
  press('g', 't')
  expect(run).toHaveBeenCalledTimes(1)
  press('g')
  wait(1_500)
  press('t')
  press('x', 't')
  expect(run).toHaveBeenCalledTimes(1)
  stop()
})

test('keys belong to whoever is writing, and to the browser with its own modifiers', () => {
  const { shortcuts, stop } = setUp()
  const run = vi.fn()
  shortcuts.add({ keys: '/', does: 'Filter', run })
  const field = document.body.appendChild(document.createElement('input'))
  fireEvent.keyDown(field, { key: '/' })
  fireEvent.keyDown(document.body, { key: '/', ctrlKey: true })
  expect(run).not.toHaveBeenCalled()
  const box = document.body.appendChild(document.createElement('input'))
  box.type = 'checkbox'
  fireEvent.keyDown(box, { key: '/' })
  expect(run).toHaveBeenCalledTimes(1)
  stop()
})

test('while a dialog is open keys that write do nothing in the page below it', () => {
  const { shortcuts, press, stop } = setUp()
  const run = vi.fn()
  const search = vi.fn()
  shortcuts.add({ keys: 'g t', does: 'Go', run })
  shortcuts.add({ keys: 'Mod k', does: 'Search', run: search })
  const dialog = document.body.appendChild(document.createElement('div'))
  dialog.role = 'dialog'
  const button = dialog.appendChild(document.createElement('button'))
  const rectangles = vi.spyOn(dialog, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList) // jsdom draws nothing
  for (const key of ['g', 't']) fireEvent.keyDown(button, { key })
  press('g', 't')
  expect(run).not.toHaveBeenCalled()
  fireEvent.keyDown(button, { key: 'k', ctrlKey: true })
  expect(search).toHaveBeenCalledTimes(1)
  rectangles.mockRestore() // closed: Cloudscape leaves it in the page
  press('g', 't')
  expect(run).toHaveBeenCalledTimes(1)
  stop()
})

test('of two for the same keys the later counts, until it goes', () => {
  const { shortcuts, press, stop } = setUp()
  const page = vi.fn()
  const frame = vi.fn()
  shortcuts.add({ keys: '/', does: 'Search everything', run: frame })
  const remove = shortcuts.add({ keys: '/', does: 'Filter the list', run: page })
  expect(shortcuts.list().map(({ does }) => does)).toEqual(['Filter the list'])
  press('/')
  remove()
  press('/')
  expect([page.mock.calls.length, frame.mock.calls.length]).toEqual([1, 1])
  stop()
})

test('Mod keys count while writing too, and only they do', () => {
  const { shortcuts, stop } = setUp()
  const run = vi.fn()
  shortcuts.add({ keys: 'Mod k', does: 'Search', run })
  const field = document.body.appendChild(document.createElement('input'))
  fireEvent.keyDown(field, { key: 'k' })
  fireEvent.keyDown(field, { key: 'k', ctrlKey: true, shiftKey: true })
  expect(run).not.toHaveBeenCalled()
  fireEvent.keyDown(field, { key: 'k', ctrlKey: true })
  expect(run).toHaveBeenCalledTimes(1)
  expect(keyCaps('Mod k')).toEqual(['Ctrl', 'K'])
  expect(keyCaps('g t')).toEqual(['g', 't'])
  stop()
})

test('a key can be pressed as soon as what it belongs to is in the page', () => {
  const run = vi.fn()
  function Page() {
    useShortcut('x', 'Do it', run)
    return null
  }
  function Whole() {
    useLayoutEffect(() => void fireEvent.keyDown(document.body, { key: 'x' }), [])
    return (
      <ShortcutProvider>
        <Page />
      </ShortcutProvider>
    )
  }
  render(<Whole />)
  expect(run).toHaveBeenCalledTimes(1)
})
