import type { Role } from '@thingdeck/contract'
import { whyNot as whyNotFor } from '../session/session.tsx'

interface ActionWords {
  /** Once among the actions of one place. */
  readonly id: string
  /** The verb with its object, 'Deactivate certificate'. */
  readonly text: string
  /** Other words that people call it by: the palette finds it by them, too. */
  readonly alsoNamed?: string
  /** The least role that may; without one, everybody who is signed in. */
  readonly needs?: Role
  /** Why it cannot be done now, e.g. 'Select a certificate first.' What the role forbids is said before. */
  readonly whyNot?: string | undefined
  readonly isPrimary?: boolean
  /** It is under way. */
  readonly isBusy?: boolean
}

/** Something that a person can do, by going to an address or at once. Shown disabled with the reason where it cannot be. */
export type Action = ActionWords & ({ readonly href: string } | { readonly onAction: () => void })

/** Why the person may not, or cannot now; undefined where nothing is in the way. */
export const whyNotNow = ({ needs, whyNot }: Pick<Action, 'needs' | 'whyNot'>, role: Role): string | undefined =>
  (needs && whyNotFor(role, needs)) ?? whyNot
