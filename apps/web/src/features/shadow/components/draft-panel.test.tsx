import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { parseJson } from '@thingdeck/json'
import { readShadow } from '@thingdeck/shadows'
import { afterEach, expect, test, vi } from 'vitest'
import { startDraft, typeInDraft } from '../model/editor-draft.ts'
import { type EditorState, liveState, NEW_EDITOR } from '../model/editor-state.ts'
import { SeenDocument } from '../model/seen-document.ts'
import { DraftPanel } from './draft-panel.tsx'

afterEach(cleanup)

function drafted(version: number, held: string, typed: string): EditorState {
  const text = `{"version": ${version}, "state": {"desired": ${held}}}`
  const read = () => readShadow(parseJson(text))
  const document = new SeenDocument({ version, seenAtMs: 0, source: 'get', sizeBytes: text.length, read })
  const state: EditorState = { ...NEW_EDITOR, live: { kind: 'shadow', document } }
  const live = liveState(state)
  return { ...state, draft: typeInDraft(startDraft(live), 'desired', typed, live) }
}

function panel(state: EditorState, onSave = () => {}) {
  return (
    <DraftPanel
      state={state}
      forbidden={undefined}
      schema={undefined}
      onSave={onSave}
      onUndo={() => {}}
      onDiscard={() => {}}
    />
  )
}

const shown = (name: string) => screen.getByRole('region', { name }).querySelector('pre')?.textContent

test('an open preview follows each keystroke and each version', () => {
  const { rerender } = render(panel(drafted(4, '{"a": 1}', '{"a": 2}')))
  fireEvent.click(screen.getByRole('button', { name: /Preview: 1 key of desired/ }))
  expect(JSON.parse(shown('Request') ?? '')).toEqual({ state: { desired: { a: 2 } }, version: 4 })
  rerender(panel(drafted(4, '{"a": 1}', '{"a": 23}')))
  expect(JSON.parse(shown('Request') ?? '')).toEqual({ state: { desired: { a: 23 } }, version: 4 })
  rerender(panel(drafted(5, '{"a": 1, "b": 1}', '{"a": 23, "b": 1}')))
  expect(JSON.parse(shown('Request') ?? '')).toEqual({ state: { desired: { a: 23 } }, version: 5 })
  expect(JSON.parse(shown('Resulting document') ?? '')).toEqual({ desired: { a: 23, b: 1 } })
  expect(JSON.parse(shown('Resulting delta') ?? '')).toEqual({ a: 23, b: 1 })
})

test('the button follows the text, not the preview', () => {
  const onSave = vi.fn()
  const { rerender } = render(panel(drafted(4, '{"a": 1}', '{"a": 2}'), onSave))
  const update = () => screen.getByRole('button', { name: /^Update desired/ })
  fireEvent.click(update())
  expect(onSave).toHaveBeenCalledTimes(1)
  rerender(panel(drafted(4, '{"a": 1}', '{"a": '), onSave))
  fireEvent.click(update())
  expect(onSave).toHaveBeenCalledTimes(1)
  expect(screen.getByRole('status').textContent).toMatch(/desired: /)
})
