import { expect, test } from 'vitest'
import { CAST_TYPES } from '../cast.ts'
import type { RuleFunction } from '../rule-function.ts'
import { FUNCTIONS } from './index.ts'
import { FUNCTION_GROUPS, FUNCTION_REFERENCES, type FunctionReference } from './reference.ts'

/** How many arguments the parameters allow: `(a, b[, c])` is from 2 to 3. */
function arityOf(parameters: string): readonly [min: number, max: number] {
  const optional = parameters.match(/\[[^\]]*\]/g)?.join('') ?? ''
  const required = parameters.replace(/\[[^\]]*\]/g, '').slice(1, -1)
  const names = (text: string) => text.split(',').filter((name) => /\w/.test(name)).length
  if (parameters.includes('…')) return [0, Number.POSITIVE_INFINITY]
  return [names(required), names(required) + names(optional)]
}

const withoutCast = FUNCTION_REFERENCES.filter(({ name }) => name !== 'cast')

function functionsOf({ name, parameters }: FunctionReference): readonly RuleFunction[] {
  const [min, max] = arityOf(parameters)
  return FUNCTIONS.filter((each) => each.name === name.toLowerCase() && each.minArgs >= min && each.maxArgs <= max)
}

test.each(withoutCast)('$name$parameters takes just these arguments', (reference) => {
  const forms = functionsOf(reference)
  const [min, max] = arityOf(reference.parameters)
  expect(Math.min(...forms.map(({ minArgs }) => minArgs))).toBe(min)
  expect(Math.max(...forms.map(({ maxArgs }) => maxArgs))).toBe(max)
})

test('each function is in the reference', () => {
  const described = new Set(withoutCast.flatMap(functionsOf))
  expect(FUNCTIONS.filter((each) => !described.has(each)).map(({ name }) => name)).toEqual([])
})

function sinceOf(reference: FunctionReference): string {
  if (reference.name === 'cast') return ''
  return functionsOf(reference).some(({ since }) => since === '2016-03-23') ? '2016-03-23' : ''
}

function table(group: string): string {
  const rows = FUNCTION_REFERENCES.filter((each) => each.group === group).map((each) => {
    const signature = `\`${each.name}${each.parameters}\``
    return `| ${signature} | ${each.result} | ${sinceOf(each)} | ${each.summary} |`
  })
  return [`## ${group}`, '', '| function | result | since | |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const INTRODUCTION = `# Functions of the rules language

Every function of AWS IoT SQL, as \`packages/rules-sql\` has it in the embedded server and in the console. \`npm test -- -u\`
writes this page from the table that the editor's completion has.

**Arguments.** Where a number is wanted, Int, Decimal and numeric Strings are taken (\`'12.5'\`, \`'1E-3'\`; not \`'+5'\`, \`'.5'\`,
\`' 5'\`); where a text is wanted, numbers, Booleans, Arrays and Objects are written as text. An argument of another type,
too few and too many arguments give Undefined, as in AWS. Whole numbers are had by rounding down, indexes of \`substring\` by
cutting off. "since" is the SQL version that a rule must have; \`cast\` to Decimal, Bool and Boolean needs 2016-03-23 too.

**Bounds.** A text has at most 1,048,576 characters. Long texts, hashes and searches count as steps of the run, of which a
message has 250,000: a rule that needs more ends with that message, and says so.`

const REGULAR_EXPRESSIONS = `## How regular expressions are searched for

They have the syntax and the meaning of java.util.regex (JDK 11), and no text makes them slow: all ways through a pattern are
followed side by side, so that the time is at most the length of the text times that of the pattern. Among what is there:
classes with unions and intersections (\`[a-z&&[^aeiou]]\`), \`\\p{…}\` of categories, scripts and POSIX names, \`\\Q…\\E\`, lazy
quantifiers, named groups, flags \`(?idmsux)\`, lookahead and lookbehind, possessive quantifiers of single characters.

What cannot be had this way is refused when a rule is made with it, and ends the rule where it comes with a message:
back references (\`\\1\`, \`\\k<name>\`), atomic groups \`(?>a|ab)\` and possessive quantifiers of more than a character, \`\\G\`,
\`\\X\`, \`\\N{…}\`, \`(?U)\`, Unicode blocks (\`\\p{InGreek}\`), more than 1,000 repetitions, patterns of more than 10,000
characters. A replacement cannot name a group that stands in a lookaround. An empty match does not stand within a
character of two UTF-16 units, as it does in Java. A pattern that Java refuses as well gives Undefined.`

const TIMES = `## Patterns of times

\`parse_time\` takes the letters of Joda-Time's DateTimeFormat: \`G C Y x w e E y D M d a K h H k m s S z Z\`. \`time_to_epoch\`
takes these of java.time's DateTimeFormatter: \`G u y D M L d E a H k K h m s S A n N VV z O X x Z\`, and \`[…]\` for what may be
missing; it reads a date of year, month and day, or year and day of the year, and takes midnight and UTC where time and zone
are missing. Names are English. Fields of java.time beyond these are refused. Zones are named as \`Europe/Berlin\`, \`UTC\`,
\`+01:00\`, \`UTC+01:00\`; short names as \`CET\` and \`PDT\` are those of Java, but \`BST\` is read as London's and \`IST\` as India's.`

const UNCERTAIN = `## Where the guide is silent

| what | here |
| --- | --- |
| \`bitnot\` | two's complement without end: \`bitnot(13)\` is -14; the guide's example is 2 |
| \`concat\` of two or more values that are neither Array nor String | Undefined |
| \`decode\` of bytes that are no UTF-8 | Null |
| \`indexof\` of what is not found | -1 |
| characters | UTF-16 units, as in Java: \`length('😀')\` is 2 |
| \`regexp_substr\` without a match | Undefined |
| \`round\` | halves go away from zero, as in the examples; the table says "down" |
| \`topic\` of a level that is not there | Undefined |
| \`transform\` where both have a member | the one of the Object; an item that is no Object makes all Undefined |
| \`trim\` | all characters up to U+0020; \`ltrim\` and \`rtrim\` take spaces and tabs, as the guide says |
| a role's ARN, a scheme, a mode | constants of the rule; others are refused |`

test('docs/reference/rules-sql-functions.md is this table (vitest -u writes it)', async () => {
  const types = Array.from(CAST_TYPES, ([word, type]) => `\`${word}\` (${type})`).join(', ')
  const document = [
    INTRODUCTION,
    ...FUNCTION_GROUPS.map(table),
    `\`cast\` takes these words for a type: ${types}.`,
    REGULAR_EXPRESSIONS,
    TIMES,
    UNCERTAIN,
  ].join('\n\n')
  await expect(`${document}\n`).toMatchFileSnapshot('../../../../docs/reference/rules-sql-functions.md')
})
