/** Something that the palette can do: lead to a page (`href`), or act (`run`). */
export interface Command {
  /** Once among all that are shown together. */
  readonly id: string
  /** What it is one of, in the plural: the palette heads it so. */
  readonly group: string
  readonly title: string
  /** Other words that people call it by: it is found by them, too. */
  readonly alsoNamed?: string
  /** Beside the title, weaker. */
  readonly hint?: string
  readonly keys?: string
  readonly href?: string
  readonly run?: () => void
}

/** What was found for a text so far. */
export interface FoundCommands {
  readonly commands: readonly Command[]
  /** More may come. */
  readonly isSearching?: boolean
  /** Why something may be missing. */
  readonly note?: string | undefined
}

/** Where commands come from that have to be looked for. */
export interface CommandSource {
  /** What it finds, e.g. `Things`: the group of its commands. */
  readonly group: string
  /** A hook; asked for every text, an empty one too. Texts come at the pace of typing: who asks a server waits a bit. */
  readonly useCommands: (text: string) => FoundCommands
}

/** What was open and what can be done here come first, then what features find, then where one can go and what one can do. */
const RANKS: Readonly<Record<string, number>> = { Recent: 0, 'On this page': 0, Pages: 2, Actions: 3 }
const rankOf = (group: string) => RANKS[group] ?? 1

/** The groups of these commands in the order in which they are shown. Of the same rank, the one that came first is first. */
export const groupsOf = (commands: readonly Command[]): readonly string[] =>
  [...new Set(commands.map(({ group }) => group))].sort((one, other) => rankOf(one) - rankOf(other))

/**
 * The commands that have every word of the text in their title or their other names, in any order and case, those whose
 * title begins with it first. Groups keep their order, and so do commands of the same rank.
 */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  const rank = ({ group, title }: Command) => {
    const begins = title.toLowerCase().startsWith(wanted) ? 0 : 1
    return rankOf(group) * 2 + begins
  }
  return commands
    .filter(({ title, alsoNamed = '' }) => {
      const named = `${title} ${alsoNamed}`.toLowerCase()
      return words.every((word) => named.includes(word))
    })
    .sort((one, other) => rank(one) - rank(other))
}
