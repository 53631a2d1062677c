import { type JsonValue, stringifyJson } from '@thingdeck/json'
import type { MergeConflict } from '@thingdeck/shadows'
import { ConflictChooser, keysInWords } from '../../../shared/diff/conflict-chooser.tsx'
import { formatKey } from '../model/rows.ts'

interface ShadowConflictsProps {
  readonly conflicts: readonly MergeConflict[]
  /** Of the shadow now; undefined if it is gone. */
  readonly version: number | undefined
  readonly onChoose: (conflict: MergeConflict, side: 'base' | 'theirs' | 'mine') => void
}

/** Keys of a shadow that somebody else changed differently meanwhile. */
export function ShadowConflicts({ conflicts, version, onChoose }: ShadowConflictsProps) {
  const named = new Map(conflicts.map((conflict) => [nameOf(conflict), conflict]))
  const count = keysInWords(conflicts.length)
  return (
    <ConflictChooser
      conflicts={[...named].map(([key, { base, theirs, mine }]) => ({
        key,
        base: text(base),
        theirs: text(theirs),
        mine: text(mine),
      }))}
      header={
        version === undefined
          ? `The shadow was deleted while you were editing: choose for ${count}`
          : `Version ${version} changed ${count} that you are changing too: choose`
      }
      nothing="no such key"
      onChoose={(key, side) => {
        const conflict = named.get(key)
        if (conflict) onChoose(conflict, side)
      }}
    />
  )
}

function nameOf({ path: [section, ...rest] }: MergeConflict): string {
  return section === 'desired' ? formatKey(rest) : `${String(section)}: ${formatKey(rest)}`
}

const text = (value: JsonValue | undefined) => (value === undefined ? undefined : stringifyJson(value))
