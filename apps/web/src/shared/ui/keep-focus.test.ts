import { fireEvent, waitFor } from '@testing-library/react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { CONTENT_ID } from '../focus-lost.ts'
import { keepFocus } from './keep-focus.ts'

/** Draws a page, with the focus on the element with the id `focused`, moved there by keyboard. */
function pageOf(html: string) {
  const page = document.body.appendChild(document.createElement('div'))
  page.innerHTML = `<div id="${CONTENT_ID}" tabindex="-1">${html}</div>`
  const end = new AbortController()
  onTestFinished(() => {
    end.abort()
    page.remove()
    vi.restoreAllMocks()
  })
  // jsdom draws nothing, and says of a document that lost its focus that nobody looks at it.
  Element.prototype.checkVisibility ??= () => true
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  keepFocus(end.signal)
  const at = (id: string) => {
    const element = document.getElementById(id)
    if (!element) throw new Error(`Nothing has the id ${id}.`)
    return element
  }
  fireEvent.keyDown(document.body, { key: 'Tab' })
  at('focused').focus()
  return at
}

const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))))

test.each([
  [
    'the row after it',
    '<ul><li><button>A</button></li><li id="goes"><button id="focused">B</button></li><li><button id="next">C</button></li></ul>',
    'next',
  ],
  [
    'the row before it, where it was the last',
    '<ul><li><button id="next">A</button></li><li id="goes"><button id="focused">B</button></li></ul>',
    'next',
  ],
  [
    'the field above, where nothing is left in the list',
    '<div><label>Column <input id="next"></label></div><div><ul><li id="goes"><button id="focused">B</button></li></ul></div>',
    'next',
  ],
  [
    'what is there to be pressed, and not what is disabled',
    '<p id="goes"><a href="/" id="focused">A</a></p><button disabled>B</button><span tabindex="-1">C</span><button id="next">D</button>',
    'next',
  ],
  [
    'the page, where nothing of it can be pressed',
    '<p id="goes"><button id="focused">A</button></p><p>B</p>',
    CONTENT_ID,
  ],
])('of what goes the keyboard goes on at %s', async (_, html, next) => {
  const at = pageOf(html)
  at('goes').remove()
  await waitFor(() => expect(document.activeElement?.id).toBe(next))
})

test('what comes in its place is where the keyboard goes on, and is no stop of Tab after it was left', async () => {
  const at = pageOf(
    '<button>A</button><div id="goes"><button id="focused">Start</button></div><button id="b">B</button>',
  )
  const progress = document.createElement('div')
  progress.innerHTML = '<button>Cancel</button>'
  at('goes').replaceWith(progress)
  await waitFor(() => expect(document.activeElement).toBe(progress))
  fireEvent.blur(progress) // of the window: the focus stays
  expect(progress.hasAttribute('tabindex')).toBe(true)
  at('b').focus()
  expect(progress.hasAttribute('tabindex')).toBe(false)
})

test('of what was laid over the page the keyboard goes on at the page', async () => {
  pageOf('<button id="focused">A</button>')
  const over = document.body.appendChild(document.createElement('div'))
  const button = over.appendChild(document.createElement('button'))
  button.focus()
  over.remove()
  await waitFor(() => expect(document.activeElement?.id).toBe(CONTENT_ID))
})

test('a key that is still held presses nothing where the keyboard goes on', async () => {
  const at = pageOf('<p id="goes"><button id="focused">Remove</button></p><button id="next">Delete everything</button>')
  at('goes').remove()
  await waitFor(() => expect(document.activeElement).toBe(at('next')))
  const isPressed = (repeat: boolean) => fireEvent.keyDown(at('next'), { key: 'Enter', repeat })
  expect([isPressed(true), isPressed(false), isPressed(true)]).toEqual([false, true, true])
})

test('who knows better where the keyboard goes on moves it first, also after a while in which something else has it', async () => {
  const at = pageOf('<p id="goes"><button id="focused">A</button></p><button>B</button><button id="c">C</button>')
  at('goes').remove()
  at('c').focus()
  await drawn()
  expect(document.activeElement).toBe(at('c'))
})

test.each([
  ['a pointer is used', () => fireEvent.pointerDown(document.body)],
  ['a wheel is turned', () => fireEvent.wheel(document.body)],
  ['nobody is in the page', () => vi.spyOn(document, 'hasFocus').mockReturnValue(false)],
  ['nothing had the focus any more', () => (document.activeElement as HTMLElement).blur()],
])('nothing takes the focus where %s', async (_, before) => {
  const at = pageOf('<p id="goes"><button id="focused">A</button></p><button>B</button>')
  before()
  await drawn()
  at('goes').remove()
  await drawn()
  expect(document.activeElement).toBe(document.body)
})
