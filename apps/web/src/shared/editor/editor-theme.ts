import { EditorView } from '@codemirror/view'
import { LINE_HEIGHT } from './editor-height.ts'

/**
 * What every editor of the console looks like; colours are inherited from the page around it, so light and dark are
 * one.
 */
export const EDITOR_THEME = EditorView.theme({
  '&': { color: 'var(--td-text)', backgroundColor: 'var(--td-surface)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' }, // the host shows it, around the gutter too
  '.cm-scroller': { fontFamily: 'var(--td-mono)', lineHeight: `${LINE_HEIGHT}px`, overflow: 'auto' },
  '.cm-gutters': {
    backgroundColor: 'var(--td-surface-raised)',
    color: 'var(--td-text-weak)',
    borderRight: '1px solid var(--td-line)',
  },
  '.cm-content': { caretColor: 'var(--td-text-strong)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--td-hover)' },
  '.cm-line::selection, .cm-line ::selection': { backgroundColor: 'var(--td-selection)' },
  '.cm-key': { color: 'var(--td-code-key)' },
  '.cm-string': { color: 'var(--td-code-string)' },
  '.cm-number': { color: 'var(--td-code-number)' },
  '.cm-word': { color: 'var(--td-code-word)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--td-surface-raised)',
    border: '1px solid var(--td-line)',
    color: 'var(--td-text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--td-mono)', maxHeight: '240px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--td-selection)',
    color: 'var(--td-text-strong)',
  },
  '.cm-completionInfo, .cm-tooltip-hover': { maxWidth: '420px', padding: '4px 8px' },
  '.cm-diagnostic': { maxWidth: '560px' },
  '.cm-diagnosticAction': {
    backgroundColor: 'transparent',
    border: '1px solid currentColor',
    color: 'var(--td-accent)',
    marginBlock: '2px',
  },
  // As narrow as CodeMirror's own, which would win otherwise.
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--td-diff-added)' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--td-diff-removed)' },
  '&.cm-merge-a .cm-changedText': { background: 'var(--td-diff-removed-text)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--td-diff-removed)' },
  '&.cm-merge-b .cm-changedText': { background: 'var(--td-diff-added-text)' },
  '.cm-deletedChunk .cm-deletedText': { background: 'var(--td-diff-removed-text)' },
  '.cm-collapsedLines': { background: 'var(--td-surface)', color: 'var(--td-text-weak)' },
  // CodeMirror's own, U+299A, is in few fonts: others show an empty box.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
})
