import { syntaxTree } from '@codemirror/language'
import type { Range } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** By the node names of the JSON grammar. Classes and not colours, so that light and dark share one editor. */
const MARKS = new Map([
  ['PropertyName', Decoration.mark({ class: 'cm-json-key' })],
  ['String', Decoration.mark({ class: 'cm-json-string' })],
  ['Number', Decoration.mark({ class: 'cm-json-number' })],
  ['True', Decoration.mark({ class: 'cm-json-word' })],
  ['False', Decoration.mark({ class: 'cm-json-word' })],
  ['Null', Decoration.mark({ class: 'cm-json-word' })],
])

class Colours {
  decorations: DecorationSet

  constructor(view: EditorView) {
    this.decorations = coloursOf(view)
  }

  update(update: ViewUpdate): void {
    const parsedOn = syntaxTree(update.startState) !== syntaxTree(update.state)
    if (update.docChanged || update.viewportChanged || parsedOn) this.decorations = coloursOf(update.view)
  }
}

function coloursOf(view: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        const mark = MARKS.get(node.name)
        if (mark) ranges.push(mark.range(node.from, node.to))
      },
    })
  }
  return Decoration.set(ranges)
}

/** Colours for JSON, of what is on screen. */
export const jsonColours = ViewPlugin.fromClass(Colours, { decorations: ({ decorations }) => decorations })
