import { fromPlain, stringifyJson, type TextEdit } from '@thingdeck/json'
import type { Place } from '../place.ts'
import type { PolicyLook, StatementLook } from './policy-look.ts'

/** One statement as a fix writes it. */
export interface NewStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

/** Another text in the place of one. */
export const replaceText = ({ node }: Place, text: string): TextEdit => ({
  from: node.from,
  to: node.to,
  insert: JSON.stringify(text),
})

/** Takes an item out of a list, with one of its commas; undefined where it is the only one, or there is no list. */
export function removeItem(list: Place | undefined, item: Place): TextEdit | undefined {
  const items = list?.node.items
  const at = items?.indexOf(item.node) ?? -1
  if (!items || items.length < 2 || at < 0) return undefined
  const [before, after] = [items[at - 1], items[at + 1]]
  if (before) return { from: before.to, to: item.node.to, insert: '' }
  return { from: item.node.from, to: after?.from ?? item.node.to, insert: '' }
}

/** Puts texts behind what an element has, which becomes a list where it was one text. */
export function appendTexts(text: string, { node }: Place, added: readonly string[]): TextEdit {
  const written = added.map((each) => JSON.stringify(each))
  const last = node.items?.at(-1)
  if (last) return { from: last.to, to: last.to, insert: written.map((each) => separator(text, node) + each).join('') }
  return { from: node.from, to: node.to, insert: `[${[text.slice(node.from, node.to), ...written].join(', ')}]` }
}

/** Puts a statement behind the others. */
export function appendStatement({ text, placed: { list } }: PolicyLook, statement: NewStatement): TextEdit[] {
  const { node } = list
  const last = node.items?.at(-1)
  const inOneLine = !text.slice(node.from, node.to).includes('\n')
  const indent = indentOf(text, last?.from ?? node.from)
  const written = stringifyJson(fromPlain(statement), inOneLine ? {} : { indent: 2 }).replaceAll('\n', `\n${indent}`)
  if (last) return [{ from: last.to, to: last.to, insert: separator(text, node) + written }]
  return [
    { from: node.from, to: node.from, insert: '[' },
    { from: node.to, to: node.to, insert: `, ${written}]` },
  ]
}

/** Makes a statement hold only where the connection has a thing. */
export function requireAttachedThing({ text }: PolicyLook, statement: StatementLook): TextEdit[] {
  const { conditionElement, place } = statement
  if (conditionElement) {
    const { node } = conditionElement
    const first = node.members?.[0]
    const bool = node.members?.find(({ key }) => key === 'Bool')?.value
    const [into, beginning] = bool ? [bool, ''] : [node, '"Bool": { ']
    const rest = (bool ? bool.members?.[0] : first) ? ', ' : ' '
    const insert = ` ${beginning}"iot:Connection.Thing.IsAttached": "true"${bool ? '' : ' }'}${rest}`
    return [{ from: into.from + 1, to: into.from + 1 + leadingBlanks(text, into.from + 1), insert }]
  }
  const last = place.node.members?.at(-1)?.value
  if (!last) return []
  const before = place.node.members?.[0]?.from ?? last.from
  const gap = text.slice(place.node.from + 1, before)
  const insert = `,${gap === '' ? ' ' : gap}"Condition": { "Bool": { "iot:Connection.Thing.IsAttached": "true" } }`
  return [{ from: last.to, to: last.to, insert }]
}

/** Blanks of the same line, which the inserted text brings itself. */
const leadingBlanks = (text: string, at: number): number => /^ */.exec(text.slice(at))?.[0].length ?? 0

/** A comma, and the white space that stands between the items of a list. */
function separator(text: string, { from, items = [] }: Place['node']): string {
  const [first, second] = items
  if (first && second) return `,${text.slice(text.indexOf(',', first.to) + 1, second.from)}`
  const gap = text.slice(from + 1, first?.from)
  return `,${gap.includes('\n') ? gap : ' '}`
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}
