import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { ChangeSet, Compartment, EditorState, Transaction } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { BASE_THEME, openEditor } from '../../../shared/ui/code-mirror.ts'
import { readSectionText, type TextProblem } from '../model/section-text.ts'
import { jsonColours } from './json-colours.ts'
import { smallestChange } from './smallest-change.ts'

export interface JsonEditorProps {
  /** Accessible name. */
  readonly label: string
  readonly text: string
  /** Told after the keystroke has been painted, and before anything else is put into the text. */
  readonly onChange: (text: string) => void
  readonly readOnly: boolean
  /** What is wrong with a text; without it, what is wrong with a section of a shadow. */
  readonly check?: ((text: string) => readonly TextProblem[]) | undefined
}

const THEME = EditorView.theme({
  '&.cm-focused': { outline: 'none' }, // the host shows it, around the gutter too
  '.cm-scroller': { maxHeight: '420px' },
  '.cm-content, .cm-gutter': { minHeight: '120px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--td-hover)' },
  '.cm-content': { caretColor: 'var(--td-text-strong)' },
  '.cm-line::selection, .cm-line ::selection': { backgroundColor: 'var(--td-selection)' },
  '.cm-json-key': { color: 'var(--td-json-key)' },
  '.cm-json-string': { color: 'var(--td-json-string)' },
  '.cm-json-number': { color: 'var(--td-json-number)' },
  '.cm-json-word': { color: 'var(--td-json-word)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--td-surface-raised)',
    border: '1px solid var(--td-line)',
    color: 'var(--td-text)',
  },
})

const checkAsYouType = (check: (text: string) => readonly TextProblem[]) =>
  linter(
    ({ state }): Diagnostic[] =>
      check(state.doc.toString()).map(({ from, to, severity, message }) => ({ from, to, severity, message })),
    { delay: 150 },
  )

const checkSection = (text: string) => readSectionText(text).problems

export default function JsonEditor({ label, text, onChange, readOnly, check = checkSection }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(onChange)
  const access = useRef(new Compartment())
  const checks = useRef(new Compartment())
  const cancelTell = useRef<() => void>(undefined)
  /** What was last told or shown, and what was typed since. */
  const known = useRef(text)
  const typed = useRef<ChangeSet>(undefined)
  useEffect(() => {
    latest.current = onChange
  })

  const tell = () => {
    cancelTell.current?.()
    cancelTell.current = undefined
    typed.current = undefined
    const now = view.current?.state.doc.toString()
    if (now === undefined || now === known.current) return
    known.current = now
    latest.current(now)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is dispatched below
  useEffect(() => {
    if (!host.current) return
    const editor = openEditor(host.current, {
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        // No drawSelection: its cursor is a CSS animation begun anew by every key, 3 ms of style on a page of this size.
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
        json(),
        checks.current.of(checkAsYouType(check)),
        jsonColours,
        THEME,
        BASE_THEME,
        access.current.of(accessOf(label, readOnly)),
        EditorView.domEventHandlers({ blur: tell }), // a button that is pressed next finds everything told
        EditorView.updateListener.of((update) => {
          const isTyped = update.transactions.some((each) => each.annotation(Transaction.remote) !== true)
          if (!update.docChanged || !isTyped) return
          typed.current = typed.current?.compose(update.changes) ?? update.changes
          cancelTell.current ??= afterPaint(tell)
        }),
      ],
    })
    view.current = editor
    addEventListener('pagehide', tell, { capture: true }) // before whoever stores what is told
    return () => {
      removeEventListener('pagehide', tell, { capture: true })
      tell()
      view.current = null
      editor.destroy()
    }
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessOf(label, readOnly)) })
  }, [label, readOnly])

  useEffect(() => {
    view.current?.dispatch({ effects: checks.current.reconfigure(checkAsYouType(check)) })
  }, [check])

  // In the layout phase: between the new text and the editor no keystroke may be told, it would take the new text back.
  useLayoutEffect(() => {
    const editor = view.current
    if (!editor || text === known.current) return
    const arrived = ChangeSet.of(smallestChange(known.current, text), known.current.length)
    const mine = typed.current
    known.current = text
    typed.current = mine?.map(arrived, true)
    editor.dispatch({ changes: mine ? arrived.map(mine) : arrived, annotations: Transaction.remote.of(true) })
  }, [text])

  return (
    <div className="td-editor">
      <div ref={host} />
      {!readOnly && (
        <span className="td-editor-hint" aria-hidden="true">
          Esc, then Tab leaves
        </span>
      )}
    </div>
  )
}

/** A page in the background paints nothing: then it is soon all the same. */
const HIDDEN_MS = 100

/** Runs `then` once the browser has painted what is there now; answers a function that cancels. */
function afterPaint(then: () => void): () => void {
  let timer = setTimeout(then, HIDDEN_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(then, 0)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

function accessOf(label: string, readOnly: boolean) {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-readonly': String(readOnly),
      // Whoever has no pointer must be told how to get out (WCAG 2.2, 2.1.2).
      ...(readOnly ? {} : { 'aria-description': 'Tab indents. Escape, then Tab leaves the editor.' }),
    }),
  ]
}
