import { MOST_ATTRIBUTES, MOST_GROUPS_OF_A_THING, type PlannedThing } from '@thingdeck/contract'
import { formatCounted } from '../../../shared/format.ts'
import type { ColumnUse } from './columns.ts'
import type { CsvRow, CsvTable } from './parse-csv.ts'

/** What is wrong with a line, and with which of its cells. */
export interface LineProblem {
  /** From 0; absent: the line as a whole. */
  readonly column?: number
  readonly cell?: string
  readonly message: string
}

/** A line of the file: a thing that can be made, or what is wrong with it. */
export interface CheckedLine {
  readonly row: CsvRow
  readonly thing?: PlannedThing
  readonly problems: readonly LineProblem[]
}

const NAME = /^[a-zA-Z0-9:_-]+$/
const VALUE = /^[a-zA-Z0-9_.,@/:#=[\]-]*$/
const NAME_RULE = 'letters, digits and : _ -'
const MOST_CSR = 4_096

/** Checks each line by AWS's rules, as far as the file alone can tell. */
export function checkLines({ header, rows }: CsvTable, uses: readonly ColumnUse[]): CheckedLine[] {
  const firstLines = new Map<string, number>()
  const nameColumn = uses.findIndex(({ kind }) => kind === 'thingName')
  return rows.map((row) => {
    const whole = problemOfRow(row, header)
    if (whole !== undefined) return { row, problems: [{ message: whole }] }
    const { thing, problems } = thingIn(row, uses)
    const firstLine = firstLines.get(thing.thingName)
    if (thing.thingName !== '') {
      if (firstLine === undefined) firstLines.set(thing.thingName, row.line)
      else {
        const message = `The same name stands in line ${firstLine}.`
        problems.push({ column: nameColumn, cell: thing.thingName, message })
      }
    }
    return problems.length > 0 ? { row, problems } : { row, thing, problems }
  })
}

/** What is wrong with a line whatever is in its cells. */
function problemOfRow({ cells, problem }: CsvRow, header: CsvRow | undefined): string | undefined {
  const wanted = header?.cells ?? []
  if (problem !== undefined) return problem
  if (cells.length !== wanted.length)
    return `The line has ${formatCounted(cells.length, 'cell')}, and the header ${wanted.length}.`
  // As files have it that were put together of several.
  const isHeader = cells.every((cell, column) => cell.trim() === wanted[column]?.trim())
  return isHeader ? 'The line is the header once more.' : undefined
}

function thingIn(row: CsvRow, uses: readonly ColumnUse[]): { thing: PlannedThing; problems: LineProblem[] } {
  const problems: LineProblem[] = []
  const attributes: Record<string, string> = {}
  let thing: PlannedThing = { thingName: '' }
  for (const [column, use] of uses.entries()) {
    const cell = (row.cells[column] ?? '').trim()
    const wrong = (message: string) => void problems.push({ column, cell, message })
    if (use.kind === 'thingName') {
      if (cell === '') wrong('The name of the thing is missing.')
      else checkName(cell, 'a thing', wrong)
      thing = { ...thing, thingName: cell }
    } else if (cell === '' || use.kind === 'ignored') {
      // What is left out is not set.
    } else if (use.kind === 'attribute') {
      if (cell.length > 800) wrong(`A value has up to 800 characters; this one has ${cell.length}.`)
      else if (!VALUE.test(cell))
        wrong(`${strange(cell, VALUE)} cannot be in an attribute: AWS takes letters, digits and _ . , @ / : # = [ ] -`)
      attributes[use.name] = cell
    } else if (use.kind === 'thingGroups') {
      const groups = [...new Set([...(thing.thingGroupNames ?? []), ...groupsIn(cell)])]
      for (const group of groupsIn(cell)) checkName(group, 'a group', wrong)
      if (groups.length > MOST_GROUPS_OF_A_THING)
        wrong(`A thing is in up to ${MOST_GROUPS_OF_A_THING} groups; this one would be in ${groups.length}.`)
      thing = { ...thing, thingGroupNames: groups }
    } else if (use.kind === 'certificateSigningRequest') {
      const request = requestIn(cell)
      if (request === undefined) wrong('This is no certificate signing request in PEM (PKCS #10).')
      else thing = { ...thing, certificateSigningRequest: request }
    } else {
      checkName(cell, use.kind === 'thingTypeName' ? 'a thing type' : 'a billing group', wrong)
      thing = { ...thing, [use.kind]: cell }
    }
  }
  const count = Object.keys(attributes).length
  const most = thing.thingTypeName === undefined ? MOST_ATTRIBUTES.withoutType : MOST_ATTRIBUTES.withType
  if (count > most) {
    const why = thing.thingTypeName === undefined ? ' without a thing type' : ''
    problems.push({ message: `A thing${why} has up to ${most} attributes; this one would have ${count}.` })
  }
  if (count > 0) thing = { ...thing, attributes }
  return { thing, problems }
}

function checkName(name: string, what: string, wrong: (message: string) => void): void {
  if (name.length > 128) wrong(`The name of ${what} has up to 128 characters; this one has ${name.length}.`)
  else if (!NAME.test(name)) wrong(`${strange(name, NAME)} cannot be in the name of ${what}: AWS takes ${NAME_RULE}`)
}

/** The first character that does not fit, so that it can be seen. */
function strange(text: string, pattern: RegExp): string {
  const [character = ''] = [...text].filter((each) => !pattern.test(each))
  if (character === ' ') return 'A blank'
  if (character === '\u00a0') return 'A no-break space (U+00A0)'
  if (/[\r\n]/.test(character)) return 'An end of line (the quotation mark before it is closed in a later line)'
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  if (/\p{Cc}/u.test(character)) return `A control character (U+${code})`
  if (/[\p{Cf}\p{Z}\p{M}]/u.test(character)) return `A character that cannot be seen (U+${code})`
  return `The character ${character}`
}

/** Several groups of a cell are apart by `;`, `|`, `,` or blanks: none of them can be in a name. */
const groupsIn = (cell: string): string[] => cell.split(/[;|,\s]+/).filter((name) => name !== '')

/** A request as AWS takes it; spreadsheets lose ends of lines, or write them as `\n`. */
function requestIn(cell: string): string | undefined {
  const [, base64 = ''] =
    /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/.exec(
      cell.replaceAll('\\n', '\n').replaceAll('\\r', ''),
    ) ?? []
  const body = base64.replace(/\s/g, '')
  // A DER sequence, with its length in the long form: `0x30 0x8…`.
  if (!/^MI[A-Za-z0-9+/]{60,}={0,2}$/.test(body) || body.length % 4 !== 0 || body.length > MOST_CSR) return undefined
  const lines = body.match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`
}
