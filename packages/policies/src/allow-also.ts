import { applyTextEdits, type JsonTree, parseJsonTree, type TextEdit } from '@thingdeck/json'

/** What a document is to allow, too. */
export interface AlsoAllowed {
  readonly action: string
  /** An ARN, which may have wildcards and variables. */
  readonly resource: string
}

/**
 * The document with one permission more and all else as it was written: the resource joins the statement that is named,
 * or else a statement of its own comes behind the others.
 * @param statementIndex from 0: an Allow statement that covers the action, and has `Resource`
 * @throws {JsonParseError} if `text` is not JSON
 */
export function allowAlso(text: string, added: AlsoAllowed, statementIndex?: number): string {
  return applyTextEdits(text, editsOf(text, parseJsonTree(text), added, statementIndex))
}

function editsOf(text: string, root: JsonTree, { action, resource }: AlsoAllowed, index?: number): TextEdit[] {
  const statements = memberOf(root, 'Statement')
  if (!statements) return []
  const statement =
    index === undefined ? undefined : (statements.items?.[index] ?? (index === 0 ? statements : undefined))
  const resources = statement && memberOf(statement, 'Resource')
  if (resources) return [insertInto(text, resources, JSON.stringify(resource))]
  return [
    insertInto(text, statements, JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }, null, 2)),
  ]
}

const memberOf = ({ members = [] }: JsonTree, name: string): JsonTree | undefined =>
  members.find(({ key }) => key === name)?.value

/** Puts a value behind the last of a list; one value alone becomes a list of two. */
function insertInto(text: string, node: JsonTree, value: string): TextEdit {
  const last = node.items?.at(-1)
  if (last) {
    const indent = indentOf(text, last.from)
    const separator = indent === undefined ? ', ' : `,\n${indent}`
    return { from: last.to, to: last.to, insert: `${separator}${indented(value, indent ?? '')}` }
  }
  const before = node.items ? '' : `${text.slice(node.from, node.to)}, `
  return { from: node.from, to: node.to, insert: `[${before}${indented(value, indentOf(text, node.from) ?? '')}]` }
}

/** The white space before a value that begins its line. */
function indentOf(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return text.lastIndexOf('\n', at - 1) >= 0 && /^\s*$/.test(line) ? line : undefined
}

const indented = (value: string, indent: string): string => value.replaceAll('\n', `\n${indent}`)
