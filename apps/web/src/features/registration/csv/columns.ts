import { brokenAtOnce } from '../../../shared/form/text-limits.ts'
import { ATTRIBUTE_NAME_LIMITS } from '../../../shared/things/registry-limits.ts'

/** What a column of the file is for. */
export type ColumnUse =
  | { readonly kind: 'thingName' }
  | { readonly kind: 'thingTypeName' }
  | { readonly kind: 'thingGroups' }
  | { readonly kind: 'billingGroupName' }
  | { readonly kind: 'certificateSigningRequest' }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'ignored' }

export type ColumnKind = ColumnUse['kind']

/** Only one column can be for each of these. */
const SINGLE_KINDS: readonly ColumnKind[] = [
  'thingName',
  'thingTypeName',
  'billingGroupName',
  'certificateSigningRequest',
]

const GUESSES: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(thing)?names?$|^thing$|^(device|client)(name|id)?$/, 'thingName'],
  [/^(thing|device)?types?(name)?$/, 'thingTypeName'],
  [/^billing(group)?(name)?$/, 'billingGroupName'],
  [/^(thing)?groups?(names?)?$/, 'thingGroups'],
  [/^csr(pem)?$|^certificate(signing)?request$/, 'certificateSigningRequest'],
]

/** `attributes.site`, `attribute:site`, `attr site`. */
const ATTRIBUTE = /^attr(?:ibute)?s?\s*[.:_ -]\s*(.+)$/i

/**
 * What columns seem to be for, by their headers: each use once, and what is none of them is an attribute of that name, as
 * far as AWS takes such a name.
 */
export function guessColumns(headers: readonly string[]): ColumnUse[] {
  const taken = new Set<ColumnKind>()
  return headers.map((header): ColumnUse => {
    const text = header.trim()
    const [, named] = ATTRIBUTE.exec(text) ?? []
    if (named !== undefined) return { kind: 'attribute', name: named.trim() }
    const word = text.toLowerCase().replace(/[\s_.-]/g, '')
    const kind = GUESSES.find(([pattern]) => pattern.test(word))?.[1]
    if (kind !== undefined && kind !== 'attribute' && !(SINGLE_KINDS.includes(kind) && taken.has(kind))) {
      taken.add(kind)
      return { kind }
    }
    const canBeName = text !== '' && brokenAtOnce(ATTRIBUTE_NAME_LIMITS, text) === undefined
    return canBeName ? { kind: 'attribute', name: text } : { kind: 'ignored' }
  })
}

/** What is wrong with the columns together; empty: nothing. */
export function columnProblems(uses: readonly ColumnUse[]): string[] {
  const problems: string[] = []
  const named = uses.filter(({ kind }) => kind === 'thingName').length
  if (named === 0) problems.push('Say which column has the names of the things.')
  for (const kind of SINGLE_KINDS) {
    const count = uses.filter((use) => use.kind === kind).length
    if (count > 1) problems.push(`${count} columns are for the same: ${KIND_WORDS[kind]}.`)
  }
  const names = uses.flatMap((use) => (use.kind === 'attribute' ? [use.name] : []))
  for (const name of new Set(names)) {
    if (name === '') problems.push('Give each attribute a name.')
    else if (brokenAtOnce(ATTRIBUTE_NAME_LIMITS, name) !== undefined) {
      problems.push(`${name} is no name of an attribute: up to 128 of letters, digits and _ . , @ / : # -`)
    } else if (names.filter((other) => other === name).length > 1) {
      problems.push(`Two columns are for the same attribute: ${name}.`)
    }
  }
  return problems
}

export const KIND_WORDS: Readonly<Record<ColumnKind, string>> = {
  thingName: 'name of the thing',
  thingTypeName: 'thing type',
  thingGroups: 'thing groups',
  billingGroupName: 'billing group',
  certificateSigningRequest: 'certificate signing request (CSR)',
  attribute: 'attribute',
  ignored: 'not used',
}
