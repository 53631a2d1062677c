/** Where something stands: 0-based offsets in UTF-16 code units; `to` is behind it. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** A whole rule. */
export interface Statement {
  readonly variables: readonly Assignment[]
  readonly select: Select
  /** Undefined for a rule that only basic ingest leads to. */
  readonly source: TopicSource | undefined
  readonly where: Expression | undefined
}

/** `@name = value` of SET. */
export interface Assignment extends Place {
  readonly name: string
  readonly value: Expression
}

export interface TopicSource extends Place {
  readonly topicFilter: string
}

export type Select =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'items'; readonly items: readonly SelectItem[] }

export interface SelectItem extends Place {
  readonly value: Expression
  /** `AS a.b` is two names; undefined where there is no AS. */
  readonly alias: readonly string[] | undefined
  /** `a.b.*`: the members of the value are the result's. */
  readonly isSpread: boolean
}

export type BinaryOperator = 'OR' | 'AND' | ComparisonOperator | ArithmeticOperator
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'IN'
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'

export type Expression =
  /** A number is kept as it is written. */
  | (Place & { readonly kind: 'number'; readonly text: string })
  | (Place & { readonly kind: 'string'; readonly text: string })
  | (Place & { readonly kind: 'constant'; readonly value: boolean | null })
  /** `*`: the message; within a nested query its element. */
  | (Place & { readonly kind: 'whole' })
  | (Place & { readonly kind: 'field'; readonly name: string })
  | (Place & { readonly kind: 'variable'; readonly name: string })
  | (Place & { readonly kind: 'member'; readonly object: Expression; readonly name: string })
  /** The name is in lower case, as the table of functions has it. */
  | (Place & { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] })
  /** The word for the type is in lower case. */
  | (Place & { readonly kind: 'cast'; readonly value: Expression; readonly type: string })
  | (Place & {
      readonly kind: 'case'
      readonly value: Expression
      readonly branches: readonly CaseBranch[]
      readonly otherwise: Expression | undefined
    })
  | (Place & { readonly kind: 'unary'; readonly operator: '-' | 'NOT'; readonly operand: Expression })
  | (Place & {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    })
  | (Place & { readonly kind: 'exists'; readonly query: Query })
  | Query
  | (Place & { readonly kind: 'object'; readonly members: readonly ObjectMember[] })
  | (Place & { readonly kind: 'array'; readonly items: readonly Expression[] })

export interface CaseBranch {
  readonly when: Expression
  readonly result: Expression
}

export interface ObjectMember extends Place {
  readonly key: string
  readonly value: Expression
}

/** A nested query: `(SELECT … FROM source AS alias WHERE …)`. */
export interface Query extends Place {
  readonly kind: 'query'
  readonly select: Select
  readonly source: Expression
  readonly alias: string | undefined
  readonly where: Expression | undefined
}

/** From the loosest to the tightest; operators of one level are left-associative. Not documented by AWS: ANSI's. */
export const BINARY_LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['OR'],
  ['AND'],
  ['=', '<>', '<', '<=', '>', '>=', 'IN'],
  ['+', '-'],
  ['*', '/', '%'],
]

/** Comparisons, which do not chain. NOT binds just looser than they do, and tighter than AND. */
export const COMPARISON_LEVEL = 2

/** Words that cannot be names of fields where an expression begins. Any word is a name behind `.` and AS. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'AS',
  'AND',
  'OR',
  'NOT',
  'IN',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'TRUE',
  'FALSE',
  'NULL',
])

/** The expressions of a statement that are within no other. */
export function rootsOf({ variables, select, where }: Statement): readonly Expression[] {
  return [...variables.map(({ value }) => value), ...expressionsOf(select), ...(where === undefined ? [] : [where])]
}

/** Whatever is directly within an expression. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object]
    case 'call':
      return expression.args
    case 'cast':
      return [expression.value]
    case 'case':
      return [
        expression.value,
        ...expression.branches.flatMap(({ when, result }) => [when, result]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ]
    case 'unary':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'exists':
      return [expression.query]
    case 'query':
      return [expression.source, ...expressionsOf(expression.select), ...(expression.where ? [expression.where] : [])]
    case 'object':
      return expression.members.map(({ value }) => value)
    case 'array':
      return expression.items
    default:
      return []
  }
}

/** The expressions behind SELECT. */
export function expressionsOf(select: Select): readonly Expression[] {
  return select.kind === 'value' ? [select.value] : select.items.map(({ value }) => value)
}
