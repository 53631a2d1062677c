import { SQL_LIMITS } from './limits.ts'
import type { Expression, Select, SelectItem } from './syntax.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Reads SELECT and what stands behind it, up to FROM or what else ends it. */
export function readSelect(
  cursor: TokenCursor,
  readExpression: () => Expression,
  readItemExpression: () => Expression,
): Select {
  cursor.requireWord('SELECT')
  if (isValueKeyword(cursor)) {
    cursor.advance()
    const value = readExpression()
    if (cursor.isWord('AS')) {
      throw cursor.error('SYNTAX', cursor.token, 'SELECT VALUE gives one bare value: it takes no AS')
    }
    if (cursor.isSymbol(',')) {
      throw cursor.error('SYNTAX', cursor.token, 'SELECT VALUE gives one bare value: it takes no list')
    }
    return { kind: 'value', value }
  }
  const items: SelectItem[] = []
  do items.push(readItem(cursor, readItemExpression))
  while (cursor.takeSymbol(',') && !isFromClause(cursor))
  return { kind: 'items', items }
}

/**
 * A comma may stand before FROM. Source: AWS IoT developer guide, tutorial "Storing device data in a DynamoDB table".
 */
function isFromClause(cursor: TokenCursor): boolean {
  return cursor.isWord('FROM') && cursor.peek(1).kind === 'string'
}

function readItem(cursor: TokenCursor, readExpression: () => Expression): SelectItem {
  const value = readExpression()
  if (cursor.isSymbol('.')) return readSpread(cursor, value)
  const alias = cursor.takeWord('AS') ? readAlias(cursor) : undefined
  return { value, alias, isSpread: false, from: value.from, to: cursor.end }
}

/** `.*` behind a path. Source: statements that AWS runs, such as that of awslabs/garnet-framework; the guide has none. */
function readSpread(cursor: TokenCursor, value: Expression): SelectItem {
  const { from } = cursor.advance()
  cursor.advance()
  if (!SPREADABLE.has(value.kind)) {
    throw cursor.error('SYNTAX', { from, to: cursor.end }, '.* stands behind the path of an object')
  }
  if (cursor.isWord('AS')) {
    throw cursor.error('SYNTAX', cursor.token, '.* gives each member by its own name, and takes no AS')
  }
  return { value, alias: undefined, isSpread: true, from: value.from, to: cursor.end }
}

const SPREADABLE: ReadonlySet<Expression['kind']> = new Set(['field', 'member', 'variable', 'call'])

function readAlias(cursor: TokenCursor): readonly string[] {
  const names: string[] = []
  do {
    // FROM behind AS is the clause, not a name, where a topic filter follows.
    if (isFromClause(cursor)) {
      cursor.expect({ kind: 'alias' })
      throw cursor.unexpected()
    }
    if (cursor.token.kind === 'string') {
      cursor.expect({ kind: 'alias' })
      throw cursor.unexpected(" (it stands without quotes; any key is in { 'key': value })")
    }
    if (names.length === SQL_LIMITS.nesting) {
      throw cursor.error('LIMIT', cursor.token, `An alias has at most ${SQL_LIMITS.nesting} names`)
    }
    names.push(cursor.require('word', { kind: 'alias' }).text)
  } while (cursor.takeSymbol('.'))
  return names
}

/** `VALUE` right behind SELECT, unless it is a field that is called so. */
function isValueKeyword(cursor: TokenCursor): boolean {
  if (!cursor.isWord('VALUE')) {
    cursor.expect({ kind: 'keyword', text: 'VALUE' })
    return false
  }
  const next = cursor.peek(1)
  if (next.kind === 'end') return false
  if (next.kind === 'word') return !['FROM', 'AS', 'WHERE', 'AND', 'OR', 'IN'].includes(next.text.toUpperCase())
  if (next.kind !== 'symbol') return true
  if (next.text === '-') return !isNamed(cursor)
  if (next.text !== '*') return ['(', '{', '['].includes(next.text)
  // The message, or a product: a product has a factor behind it.
  const after = cursor.peek(2)
  return after.kind === 'end' || (after.kind === 'word' && cursor.isReserved(2)) || ['.', ')', ','].includes(after.text)
}

/** Whether the first item behind SELECT has an alias, or others behind it: then it is no bare value. */
function isNamed(cursor: TokenCursor): boolean {
  for (let ahead = 0, depth = 0; ; ahead += 1) {
    const token = cursor.peek(ahead)
    if (token.kind === 'end') return false
    if (token.kind === 'symbol' && '([{'.includes(token.text)) depth += 1
    if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth -= 1
    if (depth < 0 || (depth === 0 && cursor.isWord('FROM', ahead))) return false
    if (depth === 0 && (cursor.isWord('AS', ahead) || cursor.isSymbol(',', ahead))) return true
  }
}
