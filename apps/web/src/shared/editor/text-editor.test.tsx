import { EditorView } from '@codemirror/view'
import { act, cleanup, render, screen } from '@testing-library/react'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { jsonExtension } from './json-extension.ts'
import { jsonProblems } from './json-problems.ts'
import { TextEditor } from './text-editor.tsx'

afterEach(cleanup)

/** The editor as a page has it, with what its plugins threw. */
function open(text = '') {
  const faults: unknown[] = []
  const told: string[] = []
  /** The text that was shown to whoever typed what was told. */
  const upon: string[] = []
  const { container, rerender, unmount } = render(editorOf(text))
  function editorOf(shown: string, readOnly = false) {
    return (
      <TextEditor
        label="Document"
        text={shown}
        onChange={(next) => {
          told.push(next)
          upon.push(shown)
        }}
        readOnly={readOnly}
        check={jsonProblems}
        language={[jsonExtension, EditorView.exceptionSink.of((fault) => faults.push(fault))]}
      />
    )
  }
  const content = container.querySelector('.td-editor > div')?.shadowRoot?.querySelector<HTMLElement>('.cm-content')
  const view = content && EditorView.findFromDOM(content)
  if (!content || !view) throw new Error('The editor did not open.')
  return {
    view,
    content,
    faults,
    told,
    upon,
    show: (shown: string, readOnly = false) => rerender(editorOf(shown, readOnly)),
    unmount,
  }
}

/** How people and their clipboards write what is nearly JSON. */
const scraps = fc.oneof(
  fc.constantFrom(
    "{'k':1}",
    '{“k”:2}',
    '{"k":',
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\u12',
    'tru',
    'null',
    '-',
    '1e',
    '\r\n',
    '\t',
  ),
  fc.json({ maxDepth: 2 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const edits = fc.array(
  fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(8), insert: scraps }),
  { maxLength: 12 },
)

test.each([[["{'k':1}", '{"k":1}']], [['{“k”:2}', '{"k":2}']], [['{,}', '{"a":,}', '{"a":1}']]])(
  'what was pasted and corrected, %j, keeps its colours',
  (texts) => {
    const { view, content, faults } = open()
    for (const text of texts) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    expect(faults).toEqual([])
    expect([...content.querySelectorAll('.cm-key')].map(({ textContent }) => textContent)).toHaveLength(1)
    expect(content.querySelectorAll('.cm-number')).toHaveLength(1)
  },
)

test('what cannot be seen is written as its escape, and stays what it is in the text', () => {
  const { view, content, faults } = open('{"a\u202e\u200b":"\u0007",\t"מפתח":"قيمة"}')
  expect([...content.querySelectorAll('.cm-escaped')].map(({ textContent }) => textContent)).toEqual([
    '\\u202E',
    '\\u200B',
    '\\u0007',
  ])
  expect([...content.querySelectorAll('.cm-rtl')].map(({ textContent }) => textContent)).toEqual(['מפתח', 'قيمة'])
  expect(view.state.doc.toString()).toBe('{"a\u202e\u200b":"\u0007",\t"מפתח":"قيمة"}')
  expect(faults).toEqual([])
})

test('no sequence of edits breaks the editor', () => {
  const { view, faults } = open()
  fc.assert(
    fc.property(edits, (sequence) => {
      for (const { from, length, insert } of sequence) {
        const { doc } = view.state
        const start = Math.floor(from * doc.length)
        view.dispatch({ changes: { from: start, to: Math.min(doc.length, start + length), insert } })
        for (const { from: at, to } of jsonProblems(view.state.doc.toString())) {
          expect(at).toBeLessThanOrEqual(to)
          expect(to).toBeLessThanOrEqual(view.state.doc.length)
        }
      }
      view.dispatch({ changes: { from: 0, to: view.state.doc.length } })
      expect(faults).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('a text from outside is put in where it differs; nothing of it is told back', () => {
  const { view, told, show } = open('{"a": 1, "b": 2}')
  view.dispatch({ selection: { anchor: 15 } })
  show('{"a": 100, "b": 2}')
  expect(view.state.doc.toString()).toBe('{"a": 100, "b": 2}')
  expect(view.state.selection.main.head).toBe(17)
  expect(told).toEqual([])
})

test('a text that arrives before what was typed is told waits, and the teller knows what was typed upon', () => {
  const { view, content, told, upon, show } = open('{"a":1}')
  view.dispatch({ changes: { from: 0, to: 7, insert: '5' } })
  show('{"a":2,"b":1}')
  expect(view.state.doc.toString()).toBe('5')
  act(() => void content.dispatchEvent(new FocusEvent('blur')))
  expect([told, upon]).toEqual([['5'], ['{"a":1}']])
  expect(view.state.doc.toString()).toBe('{"a":2,"b":1}') // what the page makes of it, whatever that is
})

test('what was typed and taken back at once does not keep out what arrived meanwhile', () => {
  const { view, content, told, show } = open('{}')
  view.dispatch({ changes: { from: 1, insert: 'x' } })
  show('{"a":1}')
  view.dispatch({ changes: { from: 1, to: 2 } })
  act(() => void content.dispatchEvent(new FocusEvent('blur')))
  expect(told).toEqual([])
  expect(view.state.doc.toString()).toBe('{"a":1}')
})

test('a page that is drawn once more with what it had before it was told takes nothing back', () => {
  const { view, content, told, show } = open('a')
  for (const letter of ['b', 'c']) {
    const { length } = view.state.doc
    view.dispatch({ changes: { from: length, insert: letter }, selection: { anchor: length + 1 } })
    act(() => void content.dispatchEvent(new FocusEvent('blur')))
    show('a') // as React has it while a deferred value is behind
  }
  expect(told).toEqual(['ab', 'abc'])
  show('abc')
  expect([view.state.doc.toString(), view.state.selection.main.head]).toEqual(['abc', 3])
  show('a') // a page that takes it back says so by another text than before
  expect(view.state.doc.toString()).toBe('a')
})

test('what was typed last is told when the editor goes', () => {
  const { view, told, unmount } = open('{}')
  view.dispatch({ changes: { from: 1, insert: '"a":1' } })
  unmount()
  expect(told).toEqual(['{"a":1}'])
})

test('it says how the keyboard leaves it, and that it is only to be read', () => {
  const { content, show } = open('{}')
  expect(content.getAttribute('aria-label')).toBe('Document')
  expect(content.getAttribute('aria-description')).toBe('Tab indents. Escape, then Tab leaves the editor.')
  expect(screen.getByText('Esc, then Tab leaves')).toBeTruthy()
  show('{}', true)
  expect(content.getAttribute('aria-readonly')).toBe('true')
  expect(screen.queryByText('Esc, then Tab leaves')).toBeNull()
})
