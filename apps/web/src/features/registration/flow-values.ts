import type { PlannedThing, RegistrationParts } from '@thingdeck/contract'
import { type CheckedLine, checkLines } from './csv/check-lines.ts'
import { type ColumnUse, columnProblems, guessColumns } from './csv/columns.ts'
import { type CsvTable, type Delimiter, parseCsv } from './csv/parse-csv.ts'

/** Of keys that a browser makes and keeps. */
export const MOST_KEYS = 1_000

/** A file as it was chosen, and what a person said of it. It is kept, so that it is not chosen again after a reload. */
export interface FlowDraft {
  readonly fileName: string
  readonly text: string
  readonly encoding: string
  readonly isGuessed: boolean
  readonly delimiter: Delimiter
  readonly uses: readonly ColumnUse[]
  /** Of things that bring no request: a key each, made here, or no certificate. */
  readonly keys: 'browser' | 'none'
  readonly policy: 'existing' | 'template' | 'none'
  readonly policyName: string
  readonly template: string
  readonly keySetId: string
}

export function newDraft(file: Pick<FlowDraft, 'fileName' | 'text' | 'encoding' | 'isGuessed'>): FlowDraft {
  const { delimiter, header } = parseCsv(file.text)
  return {
    ...file,
    delimiter,
    uses: guessColumns(header?.cells ?? []),
    keys: 'browser',
    policy: 'none',
    policyName: '',
    template: 'device',
    keySetId: crypto.randomUUID(),
  }
}

/** How many keys this browser makes: for each thing that brings no request, if they are wanted. */
export const keysToMake = ({ keys }: Pick<FlowDraft, 'keys'>, things: readonly PlannedThing[]): number =>
  keys === 'browser' ? things.filter((thing) => thing.certificateSigningRequest === undefined).length : 0

/** What the file says, as far as it can be told without AWS. */
export interface ReadFile {
  readonly table: CsvTable
  readonly columnProblems: readonly string[]
  readonly lines: readonly CheckedLine[]
}

export function readTable(table: CsvTable, uses: readonly ColumnUse[]): ReadFile {
  const { header } = table
  const problems = [
    ...(header?.problem === undefined ? [] : [`The first line, which names the columns, is wrong: ${header.problem}`]),
    ...columnProblems(uses),
  ]
  return { table, columnProblems: problems, lines: problems.length > 0 ? [] : checkLines(table, uses) }
}

/** What the things of a file are to be made with, each name once. */
export function partsOf(things: readonly PlannedThing[]): RegistrationParts {
  const names = (of: (thing: PlannedThing) => readonly (string | undefined)[]) => [
    ...new Set(things.flatMap(of).filter((name) => name !== undefined)),
  ]
  return {
    thingTypeNames: names(({ thingTypeName }) => [thingTypeName]),
    thingGroupNames: names(({ thingGroupNames = [] }) => thingGroupNames),
    billingGroupNames: names(({ billingGroupName }) => [billingGroupName]),
  }
}

/** Lines as AWS would find them: whose names are taken, what cannot be had or signed, is wrong with them. */
export function linesWith(
  lines: readonly CheckedLine[],
  uses: readonly ColumnUse[],
  { taken, requests }: { readonly taken: ReadonlySet<string>; readonly requests: ReadonlyMap<string, string> },
  isWrong: (kind: 'thing-type' | 'thing-group' | 'billing-group', name: string) => string | undefined,
): CheckedLine[] {
  const columnOf = (kind: ColumnUse['kind']) => uses.findIndex((use) => use.kind === kind)
  return lines.map((line) => {
    const { thing, row } = line
    if (!thing) return line
    const problems = [...line.problems]
    const add = (kind: ColumnUse['kind'], cell: string, message: string) =>
      problems.push({ column: columnOf(kind), cell, message })
    if (taken.has(thing.thingName)) {
      add('thingName', thing.thingName, 'There is a thing of this name already.')
    }
    const request = requests.get(thing.thingName)
    if (request !== undefined) add('certificateSigningRequest', thing.certificateSigningRequest ?? '', request)
    const parts = [
      ['thing-type', 'thingTypeName', thing.thingTypeName],
      ['billing-group', 'billingGroupName', thing.billingGroupName],
      ...(thing.thingGroupNames ?? []).map((name) => ['thing-group', 'thingGroups', name] as const),
    ] as const
    for (const [kind, column, name] of parts) {
      const message = name === undefined ? undefined : isWrong(kind, name)
      if (name !== undefined && message !== undefined) add(column, name, message)
    }
    return problems.length > 0 ? { row, problems } : line
  })
}

const keyOf = (personId: string): string => `thingdeck.registration-draft.${personId}`

/** Of this browser and person; a browser that has no room keeps none. */
export const draftStore = {
  read(personId: string): FlowDraft | undefined {
    try {
      const text = localStorage.getItem(keyOf(personId))
      return text === null ? undefined : (JSON.parse(text) as FlowDraft) // written below
    } catch {
      return undefined
    }
  },
  /** @returns whether it is kept */
  write(personId: string, draft: FlowDraft | undefined): boolean {
    try {
      if (draft === undefined) localStorage.removeItem(keyOf(personId))
      else localStorage.setItem(keyOf(personId), JSON.stringify(draft))
      return true
    } catch {
      localStorage.removeItem(keyOf(personId))
      return false
    }
  },
}
