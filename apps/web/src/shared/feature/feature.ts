import type { Command, CommandSource } from './command.ts'
import type { Page } from './page.ts'
import type { PartOffers } from './parts.ts'

/** Sections of the side navigation from the top down. `top` and `bottom` stand without a heading. */
export const SECTIONS = ['top', 'Operate', 'Fleet', 'Secure', 'Route', 'Observe', 'bottom'] as const
export type Section = (typeof SECTIONS)[number]

/** A page that one goes to from anywhere: side navigation, palette and keys agree on it. */
export interface NavigationEntry {
  readonly section: Section
  /** Where in its section: lower is higher up. No two have the same. */
  readonly place: number
  readonly title: string
  /** A page of the feature itself. Pages below it (`/things/…` of `/things`) are under the same entry. */
  readonly href: string
  /** `g` and a letter; there are fewer letters than pages, and who has none is gone to by the palette. */
  readonly keys?: string
  /** What the keys do, in words: `Go to things`. */
  readonly does: string
}

/**
 * All that the console needs to know of a feature. It stands in the feature's `feature.ts` and in the one list of
 * app/features.ts; router, navigation, keys and palette are made from it. It is loaded with the console, so code that
 * only a page needs is imported by the page's `load`.
 */
export interface Feature {
  /** For sentences: the folder's name. */
  readonly name: string
  readonly pages: readonly Page[]
  readonly navigation?: readonly NavigationEntry[]
  /** Commands that are always there. The palette finds them by the words of their titles. */
  readonly commands?: readonly Command[]
  /** Commands that are looked for. */
  readonly search?: CommandSource
  /** What it shows on pages of other features. */
  readonly parts?: PartOffers
}
