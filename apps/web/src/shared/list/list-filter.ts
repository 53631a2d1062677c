import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import type { Whole } from './list-search.ts'

type Param<F> = keyof F & string
type Operator = '=' | ':' | '^'

/** Something that a list can be filtered by, at most once. */
export interface FilterProperty<Row, F extends object> {
  readonly key: string
  readonly label: string
  readonly valuesLabel: string
  /** The search parameter of each operator, the usual one first: `{ ':': 'has', '=': 'name' }`. */
  readonly params: { readonly [O in Operator]?: Param<F> }
  /** Nothing else is a value. */
  readonly values?: readonly string[]
  /** Offered before any row was seen. */
  readonly suggested?: readonly string[]
  /** Values of a row, to choose from: AWS names no others. */
  readonly seenIn?: (row: Row) => string | readonly string[] | undefined
}

/** Properties whose names come with the rows, as those of attributes; all given have to hold. */
export interface FilterFamily<Row, F extends object> {
  /** Of the key, e.g. `attribute:`. */
  readonly prefix: string
  readonly valuesLabel: (name: string) => string
  /** Group in the list of properties. */
  readonly group: string
  readonly operators: readonly Operator[]
  /** The search parameter, a list of texts. */
  readonly param: Param<F>
  readonly format: (name: string, operator: Operator, value: string) => string
  readonly parse: (text: string) => { readonly name: string; readonly operator: Operator; readonly value: string }
  readonly seenIn: (row: Row) => Readonly<Record<string, string>>
}

interface FilterSpec<Row, F extends object> {
  readonly properties: readonly FilterProperty<Row, F>[]
  readonly families?: readonly FilterFamily<Row, F>[]
  /** What a text without a property means. */
  readonly freeText: {
    readonly operator: Operator
    readonly mean: (text: string) => {
      readonly propertyKey: string
      readonly operator: Operator
      readonly value: string
    }
  }
  /** Parameters of the filter that have a field of their own. */
  readonly others?: readonly Param<F>[]
}

export interface ListFilter<Row, F extends object> {
  /** Every parameter, absent. */
  readonly none: Whole<F>
  /** Tokens can be joined by OR as well, and by groups: they come as `tokenGroups`. */
  readonly isGrouped?: true
  readonly freeText: PropertyFilterProps.FreeTextFiltering
  /** The parameters as the tokens of a property filter. */
  readonly toQuery: (filter: F) => PropertyFilterProps.Query
  /** Tokens as parameters, absent ones too. Of each property the last token counts, of families all. */
  readonly fromQuery: (query: PropertyFilterProps.Query) => Whole<F>
  readonly isSet: (filter: F) => boolean
  /** What can be filtered by, and the values seen so far. What the filter has is offered in any case. */
  readonly choices: (
    rows: readonly Row[],
    filter: F,
    isOffered: (key: string) => boolean,
  ) => {
    readonly properties: PropertyFilterProps.FilteringProperty[]
    readonly options: PropertyFilterProps.FilteringOption[]
  }
}

/** A property filter whose tokens are the search parameters of the page: a list says what there is, nothing about how. */
export function createFilter<Row, F extends object>(spec: FilterSpec<Row, F>): ListFilter<Row, F> {
  const { properties, families = [], freeText, others = [] } = spec
  const ofTokens = [...properties.flatMap(paramsOf), ...families.map(({ param }) => param)]
  const textsOf = (filter: F, { param }: FilterFamily<Row, F>) => [filter[param] ?? []].flat().map(String)
  // `fromEntries` forgets names and types: each name is a parameter of F, each value a text or texts as its schema has them.
  const whole = (given: ReadonlyMap<string, unknown>, params: readonly string[]) =>
    Object.fromEntries(params.map((param) => [param, given.get(param)])) as unknown as Whole<F>

  return {
    none: whole(new Map(), [...ofTokens, ...others]),
    freeText: { operators: [freeText.operator], defaultOperator: freeText.operator },
    isSet: (filter) => [...ofTokens, ...others].some((param) => filter[param] !== undefined),
    toQuery(filter) {
      const tokens = [
        ...properties.flatMap(({ key, params }) =>
          operatorsOf(params).flatMap((operator) => {
            const param: Param<F> | undefined = params[operator]
            const value = param && filter[param]
            return value === undefined ? [] : [{ propertyKey: key, operator, value: String(value) }]
          }),
        ),
        ...families.flatMap((family) =>
          textsOf(filter, family).map((text) => {
            const { name, operator, value } = family.parse(text)
            return { propertyKey: family.prefix + name, operator, value }
          }),
        ),
      ]
      return { tokens, operation: 'and' }
    },
    fromQuery({ tokens }) {
      const given = new Map<string, string | readonly string[]>()
      for (const token of tokens) {
        const text = String(token.value).trim()
        const { propertyKey = '', operator, value } = token.propertyKey === undefined ? freeText.mean(text) : token
        const property = properties.find(({ key }) => key === propertyKey)
        if (property) setProperty(given, property, operator, String(value).trim())
        const family = families.find(({ prefix }) => propertyKey.startsWith(prefix))
        if (!family) continue
        const name = propertyKey.slice(family.prefix.length)
        const added = family.format(name, family.operators.find((each) => each === operator) ?? '=', text)
        given.set(family.param, [...new Set([given.get(family.param) ?? [], added].flat())])
      }
      return whole(given, ofTokens)
    },
    choices(rows, filter, isOffered) {
      const options = new Map<string, PropertyFilterProps.FilteringOption>()
      const offer = (propertyKey: string, value: string) =>
        options.set(`${propertyKey}\n${value}`, { propertyKey, value })
      const offered = properties.filter(
        (property) => isOffered(property.key) || paramsOf(property).some((param) => filter[param] !== undefined),
      )
      for (const { key, values = [], suggested = [] } of offered) {
        for (const value of [...values, ...suggested]) offer(key, value)
      }
      for (const row of rows) {
        for (const { key, seenIn } of offered) for (const value of [seenIn?.(row) ?? []].flat()) offer(key, value)
        for (const { prefix, seenIn } of families) {
          for (const [name, value] of Object.entries(seenIn(row))) offer(prefix + name, value)
        }
      }
      return {
        properties: [
          ...offered.map(propertyFor),
          ...families.flatMap((family) => {
            const seen = rows.flatMap((row) => Object.keys(family.seenIn(row)))
            const names = new Set([...seen, ...textsOf(filter, family).map((text) => family.parse(text).name)])
            return [...names].sort().map((name) => familyPropertyFor(family, name))
          }),
        ],
        options: [...options.values()],
      }
    },
  }
}

function setProperty<Row, F extends object>(
  given: Map<string, string | readonly string[]>,
  { params, values }: FilterProperty<Row, F>,
  operator: string,
  value: string,
): void {
  const known = operatorsOf(params).find((each) => each === operator) ?? operatorsOf(params)[0]
  const param = known && params[known]
  if (param === undefined || value === '') return
  for (const each of Object.values(params)) given.delete(String(each))
  if (values === undefined || values.includes(value)) given.set(param, value)
}

// Of an object that is typed by its keys, `Object.keys` only says that they are texts.
const operatorsOf = (params: object) => Object.keys(params) as Operator[]

const paramsOf = <Row, F extends object>({ params }: FilterProperty<Row, F>): Param<F>[] =>
  operatorsOf(params).flatMap((operator) => params[operator] ?? [])

function propertyFor<Row, F extends object>({ key, label, valuesLabel, params }: FilterProperty<Row, F>) {
  const operators = operatorsOf(params)
  return {
    key,
    propertyLabel: label,
    groupValuesLabel: valuesLabel,
    operators,
    ...(operators[0] !== undefined && { defaultOperator: operators[0] }),
  }
}

const familyPropertyFor = <Row, F extends object>(family: FilterFamily<Row, F>, name: string) => ({
  key: family.prefix + name,
  propertyLabel: name,
  groupValuesLabel: family.valuesLabel(name),
  group: family.group,
  operators: [...family.operators],
})
