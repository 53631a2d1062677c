import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { Compartment, EditorState, Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { readDraft } from '../model/draft.ts'
import { jsonColours } from './json-colours.ts'

export interface JsonEditorProps {
  /** Accessible name. */
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
  readonly readOnly: boolean
}

const THEME = EditorView.theme({
  '&': { color: 'var(--td-text)', backgroundColor: 'var(--td-surface)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' }, // the host shows it, around the gutter too
  '.cm-scroller': { fontFamily: 'var(--td-mono)', lineHeight: '18px', maxHeight: '480px', overflow: 'auto' },
  '.cm-content, .cm-gutter': { minHeight: '180px' },
  '.cm-gutters': {
    backgroundColor: 'var(--td-surface-raised)',
    color: 'var(--td-text-weak)',
    borderRight: '1px solid var(--td-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--td-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--td-text-strong)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--td-selection)' },
  '.cm-json-key': { color: 'var(--td-json-key)' },
  '.cm-json-string': { color: 'var(--td-json-string)' },
  '.cm-json-number': { color: 'var(--td-json-number)' },
  '.cm-json-word': { color: 'var(--td-json-word)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--td-surface-raised)',
    border: '1px solid var(--td-line)',
    color: 'var(--td-text)',
  },
})

const checkAsYouType = linter(
  ({ state }): Diagnostic[] => {
    const read = readDraft(state.doc.toString())
    if (read.ok) return []
    const from = Math.min(read.problem.offset ?? 0, state.doc.length)
    return [{ from, to: Math.min(from + 1, state.doc.length), severity: 'error', message: read.problem.message }]
  },
  { delay: 150 },
)

/**
 * The JSON editor. It lives in a shadow tree, where CodeMirror puts its styles into constructed sheets: in the document
 * itself it would add `<style>` elements, which the content security policy forbids.
 */
export default function JsonEditor({ label, text, onChange, readOnly }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(onChange)
  const access = useRef(new Compartment())
  useEffect(() => {
    latest.current = onChange
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is dispatched below
  useEffect(() => {
    if (!host.current) return
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          json(),
          checkAsYouType,
          jsonColours,
          THEME,
          access.current.of(accessOf(label, readOnly)),
          EditorView.updateListener.of((update) => {
            const isTyped = update.transactions.some((each) => each.annotation(Transaction.remote) !== true)
            if (update.docChanged && isTyped) latest.current(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessOf(label, readOnly)) })
  }, [label, readOnly])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === text) return
    editor.dispatch({
      changes: smallestChange(editor.state.doc.toString(), text),
      annotations: Transaction.remote.of(true),
    })
  }, [text])

  return <div ref={host} className="td-editor" />
}

function accessOf(label: string, readOnly: boolean) {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': String(readOnly) }),
  ]
}

/** Only what differs between beginning and end, so that the cursor stays where it is. */
function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1
  let end = 0
  const most = Math.min(before.length, after.length) - from
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}
