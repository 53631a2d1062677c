import { syntaxTree } from '@codemirror/language'
import { type Extension, type Range, RangeSet } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

type Marks = ReadonlyMap<string, Decoration>

class Colours {
  readonly marks: Marks
  decorations: DecorationSet

  constructor(view: EditorView, marks: Marks) {
    this.marks = marks
    this.decorations = coloursOf(view, marks)
  }

  update(update: ViewUpdate): void {
    const parsedOn = syntaxTree(update.startState) !== syntaxTree(update.state)
    if (update.docChanged || update.viewportChanged || parsedOn) {
      this.decorations = coloursOf(update.view, this.marks)
    }
  }
}

function coloursOf(view: EditorView, marks: Marks): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        const mark = marks.get(node.name)
        // Where something is missing, the parser puts a node of its kind that holds no text.
        if (mark && node.from < node.to) ranges.push(mark.range(node.from, node.to))
      },
    })
  }
  // Two parts of the document may be visible, and a node in both of them then comes twice.
  return RangeSet.of(ranges, true)
}

/**
 * Colours for what is on screen, by the node names of a grammar: `{ String: 'cm-string' }`. Classes and not colours, so
 * that light and dark share one editor; the theme has the colours of `cm-key`, `cm-string`, `cm-number`, `cm-word`.
 */
export function treeColours(classes: Readonly<Record<string, string>>): Extension {
  const marks: Marks = new Map(
    Object.entries(classes).map(([name, className]) => [name, Decoration.mark({ class: className })]),
  )
  return ViewPlugin.define((view) => new Colours(view, marks), { decorations: ({ decorations }) => decorations })
}
