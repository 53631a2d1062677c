import { type Extension, Prec } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  Direction,
  EditorView,
  highlightSpecialChars,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { RTL_RUN, UNSEEN, visibleParts } from '../text/visible-text.ts'

/**
 * What cannot be seen is written as its escape, and what runs from right to left stays in its place, as everywhere (see
 * `VisibleText`); here the text itself stays what it is.
 */
export const visibleCharacters: Extension = [
  highlightSpecialChars({
    // A joiner or a variation selector does something behind a letter of another script, or behind an emoji.
    specialChars: new RegExp(
      `(?![\\t\\u200c\\u200d\\ufe0e\\ufe0f])(?:${UNSEEN})|(?<=[ -~])[\\u200c\\u200d\\ufe0e\\ufe0f]`,
      'gu',
    ),
    render: (code) => escapeElement(String.fromCodePoint(code)),
  }),
  rightToLeftIsolates(),
  EditorView.baseTheme({
    '.cm-escaped': {
      borderRadius: '3px',
      background: 'var(--td-warning-surface)',
      color: 'var(--td-warning)',
      fontSize: '0.9em',
    },
    '.cm-rtl': { unicodeBidi: 'isolate' },
  }),
]

function escapeElement(character: string): HTMLElement {
  const element = document.createElement('span')
  const [part] = visibleParts(character)
  element.className = 'cm-escaped'
  element.textContent = part?.text ?? ''
  if (part?.kind === 'escaped') element.title = part.name
  return element
}

function rightToLeftIsolates(): Extension {
  const decorator = new MatchDecorator({
    regexp: new RegExp(RTL_RUN, 'gu'),
    decoration: Decoration.mark({ class: 'cm-rtl', attributes: { dir: 'rtl' }, bidiIsolate: Direction.RTL }),
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet

      constructor(view: EditorView) {
        this.decorations = decorator.createDeco(view)
      }

      update(update: ViewUpdate) {
        this.decorations = decorator.updateDeco(update, this.decorations)
      }
    },
    {
      provide: (plugin) => {
        const isolates = (view: EditorView) => view.plugin(plugin)?.decorations ?? Decoration.none
        return [EditorView.outerDecorations.of(isolates), Prec.lowest(EditorView.bidiIsolatedRanges.of(isolates))]
      },
    },
  )
}
