import type { PackageThings, PackageVersionAction } from '@thingdeck/contract'

type Outcome = PackageThings['outcome']

/** Why it is not said how many things run something; short, for a cell. */
const UNCOUNTED: Readonly<Record<Exclude<Outcome, 'counted'>, string>> = {
  'not-indexed': 'not indexed',
  building: 'the index is being built',
  'not-allowed': 'the console may not ask',
  'not-served': 'not known here',
}

export const uncountedInWords = (outcome: Exclude<Outcome, 'counted'>): string => UNCOUNTED[outcome]

/** Why a version cannot become the default one; undefined: it can. AWS IoT developer guide, "Package version lifecycle". */
export function whyNotDefault(status: string, isDefault: boolean): string | undefined {
  if (isDefault) return 'It is the default version.'
  return status === 'DRAFT' ? 'A draft cannot be the default version: publish it first.' : undefined
}

export const whyNotRollOut = (status: string): string | undefined =>
  status === 'DRAFT' ? 'A draft is installed nowhere: publish it first.' : undefined

/** Why a version cannot be published, or deprecated; undefined: it can. */
export function whyNotAct(action: PackageVersionAction, status: string): string | undefined {
  if (action === 'PUBLISH') return status === 'PUBLISHED' ? 'It is published.' : undefined
  if (status === 'DEPRECATED') return 'It is deprecated.'
  return status === 'PUBLISHED' ? undefined : 'Only what was published can be deprecated; a draft can be deleted.'
}

/** What of a version may still be changed in its state. AWS IoT developer guide, "Package version lifecycle". */
const EDITABLE = {
  DRAFT: { attributes: true, artifact: true, recipe: true },
  PUBLISHED: { attributes: false, artifact: false, recipe: true },
  DEPRECATED: { attributes: false, artifact: false, recipe: false },
} as const

export interface Editable {
  readonly attributes: boolean
  readonly artifact: boolean
  readonly recipe: boolean
}

/** Of a state that AWS has added since, AWS judges. */
export const editableIn = (status: string): Editable =>
  status === 'PUBLISHED' || status === 'DEPRECATED' ? EDITABLE[status] : EDITABLE.DRAFT

export const CONSEQUENCES: Readonly<Record<PackageVersionAction, readonly string[]>> = {
  PUBLISH: [
    'Jobs can bring it to devices, and it can become the default version of its package.',
    'Its attributes and its artifact are fixed from then on; description, recipe and tags can still be changed.',
    'It never becomes a draft again.',
  ],
  DEPRECATE: [
    'Nothing changes on devices that run it, and jobs that name it go on.',
    'It says to people that it should be installed no more; AWS still lets jobs bring it, and it may stay the default version.',
    'It can be published again. Its recipe cannot be changed meanwhile.',
  ],
}
