import { type Extension, type Range, RangeSet } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** A piece of a text that has one colour. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly kind: string
}

/**
 * Colours for a language that has no grammar of CodeMirror's: by what reads the whole text, which must be short. Classes
 * by the kinds of its pieces; see `treeColours`.
 */
export function pieceColours(
  piecesOf: (text: string) => readonly Piece[],
  classes: Readonly<Record<string, string>>,
): Extension {
  const marks = new Map(Object.entries(classes).map(([kind, name]) => [kind, Decoration.mark({ class: name })]))
  const coloursOf = (view: EditorView): DecorationSet =>
    RangeSet.of(
      piecesOf(view.state.doc.toString()).flatMap(({ from, to, kind }): Range<Decoration>[] => {
        const mark = marks.get(kind)
        return mark && from < to ? [mark.range(from, to)] : []
      }),
      true,
    )
  return ViewPlugin.define(
    (view) => ({
      decorations: coloursOf(view),
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = coloursOf(update.view)
      },
    }),
    { decorations: ({ decorations }) => decorations },
  )
}
