import { unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import { expect, onTestFinished, test } from 'vitest'
import { EDITOR_THEME } from './editor-theme.ts'

const COLOURS = {
  '--td-diff-added': 'rgb(0, 1, 0)',
  '--td-diff-added-text': 'rgb(0, 2, 0)',
  '--td-diff-removed': 'rgb(1, 0, 0)',
  '--td-diff-removed-text': 'rgb(2, 0, 0)',
} as const

test.each([
  ['.cm-changedLine', '--td-diff-added'],
  ['.cm-changedText', '--td-diff-added-text'],
  ['.cm-deletedChunk', '--td-diff-removed'],
  ['.cm-deletedChunk .cm-deletedText', '--td-diff-removed-text'],
] as const)("the colour of %s in a difference is %s, not CodeMirror's own", (selector, colour) => {
  for (const [name, value] of Object.entries(COLOURS)) document.body.style.setProperty(name, value)
  const view = new EditorView({
    parent: document.body,
    doc: 'one two\nthree',
    extensions: [unifiedMergeView({ original: 'one 2\nthree' }), EDITOR_THEME],
  })
  onTestFinished(() => view.destroy())
  const element = view.dom.querySelector(selector)
  if (!element) throw new Error(`There is no ${selector}.`)
  expect(getComputedStyle(element)).toMatchObject({ backgroundColor: COLOURS[colour], backgroundImage: 'none' })
})
