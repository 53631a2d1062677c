import { nearestName } from '@thingdeck/json'
import { FUNCTION_REFERENCES } from '@thingdeck/rules-sql'
import type { TextFix } from './text-problem.ts'

/** What an error or a warning of the SQL is about; a sentence of `diagnoseSql` with its place. */
interface Found {
  readonly message: string
  readonly from: number
  readonly to: number
}

/** What other languages write, and what it is here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '!=': '<>',
  '!': 'NOT ',
  '&&': 'AND',
  '||': 'OR',
  ';': '',
  '`': '',
}

const KEYWORDS = ['SELECT', 'FROM', 'WHERE', 'SET', 'AS', 'AND', 'OR', 'NOT', 'IN']

const FUNCTION_NAMES: ReadonlySet<string> = new Set(FUNCTION_REFERENCES.map(({ name }) => name))

/** What would mend it, where that is known: each mends by itself, and is surely what was meant. */
export function sqlFixes(text: string, { message, from, to }: Found): readonly TextFix[] {
  const found = text.slice(from, to)
  const replace = (insert: string, at = from, until = to): readonly TextFix[] => [
    {
      words: insert === '' ? `Leave out ${text.slice(at, until)}` : `Write ${insert.trim()}`,
      edits: [{ from: at, to: until, insert }],
    },
  ]
  const elsewhere = Object.hasOwn(ELSEWHERE, found) ? ELSEWHERE[found] : undefined
  if (elsewhere !== undefined && message.includes('is not part of the language')) return replace(elsewhere)
  if (found === '=' && text[from - 1] === '=') return replace('=', from - 1)
  if (message.includes('stands in single quotes')) return replace(`'${found.slice(1, -1)}'`)
  if (message.startsWith('Expected a topic filter')) {
    const [bare = ''] = /^[^\s'",;]+/.exec(text.slice(from)) ?? []
    return bare === '' || KEYWORDS.includes(bare.toUpperCase()) ? [] : replace(`'${bare}'`, from, from + bare.length)
  }
  if (message.includes('A string is not closed')) return [{ words: 'Close it here', edits: [closing(text, from)] }]
  if (message.includes('There is no function')) return functionFix(text, from)
  if (message.startsWith('What is computed needs a name')) {
    return [{ words: 'Name it value', edits: [{ from: to, to, insert: ' AS value' }] }]
  }
  const [, asField] = /a field of this name is (get\(.+\))$/.exec(message) ?? []
  if (asField !== undefined) return replace(asField)
  if (message.startsWith('Expected') && /^[A-Za-z]+$/.test(found)) {
    const meant = nearestName(
      found.toUpperCase(),
      KEYWORDS.filter((keyword) => message.includes(keyword)),
    )
    return meant === undefined ? [] : replace(meant)
  }
  return []
}

/** At the end of the line, where whoever forgot a quote mostly meant it. */
function closing(text: string, from: number) {
  const lineEnd = text.indexOf('\n', from)
  const end = lineEnd === -1 ? text.length : lineEnd
  const at = from + text.slice(from, end).trimEnd().length
  return { from: at, to: at, insert: text[from] ?? "'" }
}

function functionFix(text: string, from: number): readonly TextFix[] {
  const [name = ''] = /^\w+/.exec(text.slice(from)) ?? []
  const meant = nearestName(name, FUNCTION_NAMES)
  return meant === undefined
    ? []
    : [{ words: `Write ${meant}()`, edits: [{ from, to: from + name.length, insert: meant }] }]
}
