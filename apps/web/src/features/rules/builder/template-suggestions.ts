import { completeSql, isObject, membersOf } from '@thingdeck/rules-sql'
import type { KnownMessages } from './known-messages.ts'

/** What a field with templates may become by one choice. */
export interface TemplateSuggestion {
  /** The whole text with it. */
  readonly value: string
  /** What is put in. */
  readonly label: string
  readonly words?: string
}

/** What is mostly written. */
const FREQUENT: readonly (readonly [template: string, words: string])[] = [
  ['${topic()}', 'The topic of the message'],
  ['${topic(2)}', 'The second level of its topic'],
  ['${clientid()}', 'The client that published it'],
  ['${timestamp()}', 'When the rule ran, in milliseconds since 1970'],
  ['${newuuid()}', 'Another one each time'],
]

const MOST_FIELDS = 12

/** How a text with templates may go on: within `${` what the SQL has there, otherwise a whole template. */
export function templateSuggestions(value: string, known: KnownMessages): readonly TemplateSuggestion[] {
  const open = openTemplate(value)
  if (open === undefined) {
    return [...fieldTemplates(known), ...FREQUENT].map(([template, words]) => ({
      value: value + template,
      label: template,
      words,
    }))
  }
  const { sqlVersion, sample } = known
  const begin = 'SELECT '
  const expression = begin + value.slice(open)
  const { from, options } = completeSql(expression, expression.length, { sqlVersion, sample })
  const before = value.slice(0, open) + expression.slice(begin.length, from)
  return options
    .filter(({ kind }) => kind === 'field' || kind === 'function' || kind === 'variable')
    .map(({ label, kind, detail, info }) => {
      const isFunction = kind === 'function'
      const insert = isFunction ? `${label}(${detail === '()' ? ')}' : ''}` : `${label}}`
      const words = isFunction ? [detail, info].filter(Boolean).join(' ') : detail
      return { value: before + insert, label, ...(words && { words }) }
    })
}

/** From where a template goes on that is not closed yet; undefined: none is open. */
function openTemplate(value: string): number | undefined {
  const open = value.lastIndexOf('${')
  if (open === -1) return undefined
  return value.indexOf('}', open) === -1 ? open + 2 : undefined
}

function fieldTemplates({ sample }: KnownMessages): readonly (readonly [string, string])[] {
  if (!isObject(sample)) return []
  return Array.from(membersOf(sample))
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .slice(0, MOST_FIELDS)
    .map(([name]) => [`\${${name}}`, 'A member of the message'])
}
