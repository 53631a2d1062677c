import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { EDITOR_THEME } from './editor-theme.ts'
import { visibleCharacters } from './visible-characters.ts'

/** Unchanged lines beyond these are folded away. */
export const COLLAPSE_UNCHANGED = { margin: 2, minSize: 6 }

/** A text of which one sees what changed: read, selected and copied, not written. */
export const diffExtensions = (label: string): Extension => [
  lineNumbers(),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  visibleCharacters,
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  EDITOR_THEME,
]
