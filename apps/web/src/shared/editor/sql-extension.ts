import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
  startCompletion,
} from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import { type EditorView, hoverTooltip, keymap } from '@codemirror/view'
import {
  completeSql,
  FUNCTION_REFERENCES,
  highlightSql,
  type Completion as SqlCompletion,
  type CompletionContext as SqlContext,
} from '@thingdeck/rules-sql'
import { pieceColours } from './piece-colours.ts'
import { KEYWORD_HELP } from './sql-words.ts'

/**
 * The SQL of rules: colours, completion, and what a word means where the pointer rests on it.
 * @param context asked for at each completion: what is known of topics and fields comes later than the editor
 */
export function sqlExtension(context: () => SqlContext): Extension {
  return [
    pieceColours(highlightSql, {
      keyword: 'cm-word',
      function: 'cm-key',
      variable: 'cm-key',
      string: 'cm-string',
      number: 'cm-number',
    }),
    EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{', "'"] } }]),
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    autocompletion({ override: [(at) => completionsAt(at, context())], icons: false }),
    hoverTooltip((view, offset) => {
      const piece = highlightSql(view.state.doc.toString()).find(({ from, to }) => from <= offset && offset <= to)
      if (!piece) return null
      const word = view.state.sliceDoc(piece.from, piece.to)
      const meaning = piece.kind === 'function' ? functionMeaning(word) : KEYWORD_HELP.get(word.toUpperCase())
      if (meaning === undefined || (piece.kind !== 'function' && piece.kind !== 'keyword')) return null
      const { from: pos, to: end } = piece
      return { pos, end, above: true, create: () => ({ dom: meaningElement(meaning) }) }
    }),
  ]
}

const functionMeaning = (word: string): readonly string[] | undefined => {
  const forms = FUNCTION_REFERENCES.filter(({ name }) => name.toLowerCase() === word.toLowerCase())
  if (forms.length === 0) return undefined
  return forms.flatMap(({ name, parameters, result, summary }) => [`${name}${parameters} → ${result}`, summary])
}

/** What comes first where several fit: fields that were seen, before functions and what else the language has. */
const ORDER: Readonly<Record<SqlCompletion['kind'], number>> = {
  'topic filter': 30,
  field: 30,
  variable: 20,
  keyword: 10,
  type: 10,
  operator: 5,
  function: 0,
}

function completionsAt({ state, pos, explicit }: CompletionContext, context: SqlContext): CompletionResult | null {
  const text = state.doc.toString()
  const { from, options } = completeSql(text, pos, context)
  const isTopic = options.some(({ kind }) => kind === 'topic filter')
  // Where nothing is written yet, a list that opens by itself would stand in the way; topics and members are awaited.
  const before = text.slice(0, pos)
  const isAwaited = isTopic || /\.$/.test(before) || /(?:^|\s)(?:SELECT|WHERE|AND|OR|FROM)\s$/i.test(before)
  if (options.length === 0 || (!explicit && from === pos && !isAwaited)) return null
  // The quote that was closed by itself is replaced with the choice.
  const behind = isTopic && text[pos] === "'" ? 1 : 0
  return {
    from,
    filter: !isTopic,
    options: options.map((option) => toCompletion(option, behind)),
  }
}

function toCompletion({ label, kind, detail, info }: SqlCompletion, behind: number): Completion {
  const insert = kind === 'function' ? `${label}()` : label
  const takesNothing = kind === 'function' && detail === '()'
  return {
    label,
    type: kind,
    boost: ORDER[kind],
    ...(detail !== undefined && { detail: kind === 'function' ? detail : ` ${detail}` }),
    ...(info !== undefined && { info }),
    ...(kind === 'keyword' && KEYWORD_HELP.has(label) && { info: KEYWORD_HELP.get(label)?.join(' ') ?? '' }),
    apply: (view: EditorView, completion: Completion, from: number, to: number) => {
      const anchor = from + insert.length - (kind === 'function' && !takesNothing ? 1 : 0)
      view.dispatch({
        changes: { from, to: to + behind, insert },
        selection: { anchor },
        annotations: pickedCompletion.of(completion),
        userEvent: 'input.complete',
      })
      if (kind === 'function' && !takesNothing) startCompletion(view)
    },
  }
}

/** @param lines the first is what it is called */
function meaningElement([title = '', ...lines]: readonly string[]): HTMLElement {
  const element = document.createElement('div')
  const name = document.createElement('strong')
  name.textContent = title
  element.append(name, ...lines.flatMap((line) => [document.createElement('br'), line]))
  return element
}
