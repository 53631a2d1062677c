import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Transaction } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import type { TextEdit } from '@thingdeck/json'
import { useEffect, useLayoutEffect, useReducer, useRef } from 'react'
import { CONTENT_HEIGHT } from './editor-height.ts'
import { EDITOR_THEME } from './editor-theme.ts'
import { useEditorView } from './open-editor.ts'
import { smallestChange } from './smallest-change.ts'
import type { TextCheck } from './text-problem.ts'
import { visibleCharacters } from './visible-characters.ts'
import './editor.css'

export interface TextEditorProps {
  /** Accessible name. */
  readonly label: string
  readonly text: string
  /**
   * Told after the keystroke has been painted, and before anything else is put into the text. Of the `onChange`s of all
   * renders it is the one that came with the text that was typed upon: who merges what others write knows by it what
   * the typed text was made from.
   */
  readonly onChange: (text: string) => void
  readonly readOnly?: boolean
  /** What is wrong with a text, marked where it is; asked for while somebody types. */
  readonly check?: TextCheck | undefined
  /** A part to go to: selected, scrolled into view and focused whenever this is another object than before. */
  readonly reveal?: { readonly from: number; readonly to: number } | undefined
}

/**
 * How long after Escape Tab leaves the editor, unless another key comes between. CodeMirror's own two seconds are too few
 * for whoever is slow with a keyboard (WCAG 2.2.1).
 */
const LEAVES_BY_TAB_MS = 600_000

/** As high as what is in it, within bounds: as `editorHeight` says before it is there. */
const GROWING = EditorView.theme({
  '.cm-scroller': { maxHeight: `${CONTENT_HEIGHT.most}px` },
  '.cm-content, .cm-gutter': { minHeight: `${CONTENT_HEIGHT.least}px` },
})

/** Ctrl+Enter belongs to the page: it sends what is written. */
const KEYS = defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')

const checkAsYouType = (check: TextCheck) =>
  linter(
    ({ state: { doc } }): Diagnostic[] => {
      const checked = doc.toString()
      return check(checked).map(({ from, to, severity, message, fixes = [] }) => {
        const end = Math.min(Math.max(from, to), doc.length)
        const actions = fixes.map(({ words: name, edits }) => ({
          name,
          apply: (view: EditorView) => mend(view, checked, edits),
        }))
        return { from: Math.min(from, end), to: end, severity, message, actions }
      })
    },
    { delay: 150 },
  )

/** Edits of a text that is not there any more would hit something else. */
function mend(view: EditorView, checked: string, edits: readonly TextEdit[]): void {
  if (view.state.readOnly || view.state.doc.toString() !== checked) return
  view.dispatch({ changes: [...edits], userEvent: 'input.fix' })
  view.focus()
}

const NO_CHECK: TextCheck = () => []

interface LoadedEditorProps extends TextEditorProps {
  readonly language: Extension
}

/** The editor itself, behind `createEditor`. What is typed is the page's; what the page changes is put into it. */
export function TextEditor(props: LoadedEditorProps) {
  const { label, text, onChange, readOnly = false, check = NO_CHECK, reveal, language } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const access = useRef(new Compartment())
  const checks = useRef(new Compartment())
  const cancelTell = useRef<() => void>(undefined)
  /** What was last told or shown, and whom to tell what is typed upon it. */
  const known = useRef({ text, onChange })
  /** The last text of the page's that was dealt with. */
  const met = useRef(text)
  const [, drawAgain] = useReducer((count: number) => count + 1, 0)

  const tell = useRef(() => {})
  // Before the editor's own effect, which takes it away: what was typed last is told first.
  useEffect(() => {
    const tellNow = () => tell.current()
    addEventListener('pagehide', tellNow, { capture: true }) // before whoever stores what is told
    return () => {
      removeEventListener('pagehide', tellNow, { capture: true })
      tellNow()
    }
  }, [])
  useEditorView({ host, view }, () => ({
    doc: text,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      // No drawSelection: its cursor is a CSS animation begun anew by every key, 3 ms of style on a page of this size.
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      visibleCharacters,
      highlightSelectionMatches(),
      search({ top: true }),
      keymap.of([...KEYS, ...historyKeymap, ...searchKeymap, indentWithTab]),
      language,
      checks.current.of(checkAsYouType(check)),
      GROWING,
      EDITOR_THEME,
      access.current.of(accessOf(label, readOnly)),
      EditorView.domEventHandlers({
        blur: () => tell.current(), // a button pressed next finds everything told
        keyup: ({ key }, view) => {
          if (key === 'Escape') view.setTabFocusMode(LEAVES_BY_TAB_MS)
        },
      }),
      EditorView.updateListener.of((update) => {
        const isTyped = update.transactions.some((each) => each.annotation(Transaction.remote) !== true)
        if (!update.docChanged || !isTyped) return
        cancelTell.current ??= afterPaint(() => tell.current())
      }),
    ],
  }))

  tell.current = () => {
    cancelTell.current?.()
    cancelTell.current = undefined
    drawAgain() // with whatever comes of it: a text that arrived meanwhile has waited for this
    const now = view.current?.state.doc.toString()
    if (now === undefined || now === known.current.text) return
    known.current.text = now
    known.current.onChange(now)
  }

  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessOf(label, readOnly)) })
  }, [label, readOnly])

  useEffect(() => {
    view.current?.dispatch({ effects: checks.current.reconfigure(checkAsYouType(check)) })
  }, [check])

  useEffect(() => {
    const editor = view.current
    if (!editor || !reveal) return
    const { length } = editor.state.doc
    const selection = { anchor: Math.min(reveal.from, length), head: Math.min(reveal.to, length) }
    editor.dispatch({ selection, scrollIntoView: true })
    editor.focus()
  }, [reveal])

  // In the layout phase: between the new text and the editor no keystroke may be told, it would take the new text back.
  useLayoutEffect(() => {
    const editor = view.current
    const { current: shown } = known
    if (!editor) return
    if (text === shown.text) met.current = text
    // A page may be drawn once more, for a deferred value, with what it had before it was told: that is nothing new.
    else if (text === met.current) return
    else {
      // What is typed and not told yet comes first: letters cannot be merged, and whoever is told can merge what they
      // mean.
      if (cancelTell.current) return
      met.current = text
      const changes = smallestChange(shown.text, text)
      shown.text = text
      editor.dispatch({ changes, annotations: Transaction.remote.of(true) })
    }
    shown.onChange = onChange
  })

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
      tabindex: '0', // what scrolls must be reachable by keyboard where nothing can be typed, too
      // Whoever has no pointer must be told how to get out (WCAG 2.2, 2.1.2).
      ...(readOnly ? {} : { 'aria-description': 'Tab indents. Escape, then Tab leaves the editor.' }),
    }),
  ]
}
