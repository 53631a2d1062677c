import fc from 'fast-check'
import type { Expression, Query, Select, SelectItem, Statement } from '../src/syntax.ts'

/** Places are not what is compared. */
const place = { from: 0, to: 0 }

const name = fc.constantFrom('a', 'b', 'temperature', 'value', 'set', 'exists', 'topic', '_x1', 'cast')
/** Any word may stand behind a point and behind AS. */
const anyName = fc.oneof(name, fc.constantFrom('select', 'end', 'IN', 'null'))
/** Without both kinds of quotes: no such string can be written. */
const text = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((it) => !it.includes("'") || !it.includes('"'))

const { expression, query } = fc.letrec<{ expression: Expression; query: Query }>((tie) => {
  const select = fc.oneof(
    tie('expression').map((value): Select => ({ kind: 'value', value })),
    fc
      .array(
        fc
          .record({
            value: tie('expression'),
            alias: fc.option(fc.array(anyName, { minLength: 1, maxLength: 3 }), { nil: undefined }),
            mayBeSpread: fc.boolean(),
          })
          .map(({ value, alias, mayBeSpread }): SelectItem => {
            const isSpread = mayBeSpread && ['field', 'member', 'variable', 'call'].includes(value.kind)
            return { value, alias: isSpread ? undefined : alias, isSpread, ...place }
          }),
        { minLength: 1, maxLength: 3 },
      )
      .map((items): Select => ({ kind: 'items', items })),
  )
  const args = fc.array(tie('expression'), { maxLength: 3 })
  return {
    query: fc.record({
      kind: fc.constant('query' as const),
      select,
      source: tie('expression').filter(({ kind }) => kind !== 'unary' && kind !== 'binary'),
      alias: fc.option(name, { nil: undefined }),
      where: fc.option(tie('expression'), { nil: undefined }),
      from: fc.constant(0),
      to: fc.constant(0),
    }),
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant<Expression>({ kind: 'whole', ...place }),
      fc
        .constantFrom('0', '12', '1.50', '1E3', '2.5e-7')
        .map((number): Expression => ({ kind: 'number', text: number, ...place })),
      text.map((it): Expression => ({ kind: 'string', text: it, ...place })),
      fc.constantFrom(true, false, null).map((value): Expression => ({ kind: 'constant', value, ...place })),
      name.map((it): Expression => ({ kind: 'field', name: it, ...place })),
      name.map((it): Expression => ({ kind: 'variable', name: it, ...place })),
      fc
        .record({ object: tie('expression'), name: anyName })
        .map((it): Expression => ({ kind: 'member', ...it, ...place })),
      fc
        .record({ name: fc.constantFrom('abs', 'get', 'topic'), args })
        .map((it): Expression => ({ kind: 'call', ...it, ...place })),
      fc
        .record({ value: tie('expression'), type: fc.constantFrom('int', 'string') })
        .map((it): Expression => ({ kind: 'cast', ...it, ...place })),
      fc
        .record({
          value: tie('expression'),
          branches: fc.array(fc.record({ when: tie('expression'), result: tie('expression') }), {
            minLength: 1,
            maxLength: 2,
          }),
          otherwise: fc.option(tie('expression'), { nil: undefined }),
        })
        .map((it): Expression => ({ kind: 'case', ...it, ...place })),
      fc
        .record({ operator: fc.constantFrom('-' as const, 'NOT' as const), operand: tie('expression') })
        .map((it): Expression => ({ kind: 'unary', ...it, ...place })),
      fc
        .record({
          operator: fc.constantFrom('OR', 'AND', '=', '<>', '<', '<=', '>', '>=', 'IN', '+', '-', '*', '/', '%'),
          left: tie('expression'),
          right: tie('expression'),
        })
        .map((it): Expression => ({ kind: 'binary', ...it, ...place })),
      tie('query').map((it): Expression => ({ kind: 'exists', query: it, ...place })),
      tie('query'),
      fc.array(fc.record({ key: text, value: tie('expression') }), { maxLength: 2 }).map(
        (members): Expression => ({
          kind: 'object',
          members: members.map((member) => ({ ...member, ...place })),
          ...place,
        }),
      ),
      fc.array(tie('expression'), { maxLength: 3 }).map((items): Expression => ({ kind: 'array', items, ...place })),
    ),
  }
})

export { expression as arbitraryExpression }

/** Whatever the grammar has, whether or not it means something. */
export const arbitraryStatement: fc.Arbitrary<Statement> = fc.record({
  variables: fc.array(
    fc.record({ name, value: expression }).map((it) => ({ ...it, ...place })),
    { maxLength: 2 },
  ),
  select: query.map(({ select }) => select),
  source: fc.option(
    fc.constantFrom('a/b', '+/x/#', '$aws/things/+/shadow/update').map((topicFilter) => ({ topicFilter, ...place })),
    { nil: undefined },
  ),
  where: fc.option(expression, { nil: undefined }),
})

/** The same tree, whatever place it was read from. */
export function withoutPlaces<Tree>(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(withoutPlaces) as Tree
  if (typeof tree !== 'object' || tree === null) return tree
  // Of a tree of syntax, only the places are numbers called so.
  return Object.fromEntries(
    Object.entries(tree).map(([key, member]) => [
      key,
      (key === 'from' || key === 'to') && typeof member === 'number' ? 0 : withoutPlaces(member),
    ]),
  ) as Tree
}
